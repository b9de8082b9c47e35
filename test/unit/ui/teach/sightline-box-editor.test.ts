import { expect } from 'chai';
import type { BBox } from '../../../../src/domain/geometry.js';
import { viewTransform } from '../../../../src/domain/view-transform.js';
import type { BoxEditEvent } from '../../../../src/ui/events.js';
import '../../../../src/ui/teach/sightline-box-editor.js';
import { inShadow } from '../../../support/detector.js';

const PICTURE = { width: 400, height: 300 };
const VIEW = { width: 400, height: 400 };

describe('<sightline-box-editor>', () => {
  let editor: HTMLElementTagNameMap['sightline-box-editor'];
  let frame: HTMLElement;
  let edits: { readonly bbox: readonly number[]; readonly step: string }[];

  /** The picture begins 50 points below the top of its view. */
  async function open(box?: BBox, mirrored = false): Promise<void> {
    frame = document.createElement('div');
    Object.assign(frame.style, { position: 'relative', width: '400px', height: '400px' });
    editor = document.createElement('sightline-box-editor');
    editor.size = PICTURE;
    editor.transform = viewTransform(PICTURE, VIEW, 'contain', mirrored);
    editor.box = box;
    edits = [];
    editor.addEventListener('box-edit', ({ bbox, step }: BoxEditEvent) => {
      edits.push({ bbox: bbox.map(Math.round), step });
      editor.box = bbox;
    });
    frame.append(editor);
    document.body.append(frame);
    await editor.updateComplete;
    inShadow(editor, '.surface').setPointerCapture = () => undefined;
  }

  afterEach(() => {
    frame.remove();
  });

  /** @param on What lies below the pointer. */
  function pointer(type: string, [x, y]: readonly [number, number], on = '.surface'): void {
    const { left, top } = editor.getBoundingClientRect();
    inShadow(editor, on).dispatchEvent(
      new PointerEvent(type, {
        clientX: left + x,
        clientY: top + y,
        isPrimary: true,
        bubbles: true,
        button: type === 'pointermove' ? -1 : 0,
      }),
    );
  }

  function drag(path: readonly (readonly [number, number])[], on?: string): void {
    const [from = [0, 0], ...rest] = path;
    pointer('pointerdown', from, on);
    for (const point of rest) pointer('pointermove', point);
    pointer('pointerup', path.at(-1) ?? from);
  }

  const handles = (): HTMLElement[] => [
    ...(editor.shadowRoot?.querySelectorAll<HTMLElement>('.handle') ?? []),
  ];

  it('draws a box, in pixels of the picture', async () => {
    await open();
    drag([
      [200, 150],
      [203, 152],
      [120, 90],
      [100, 0],
    ]);
    pointer('pointermove', [10, 10]);
    expect(edits).to.deep.equal([
      { bbox: [120, 40, 80, 60], step: 'moving' },
      // The part above the picture is cut off.
      { bbox: [100, 0, 100, 100], step: 'moving' },
      { bbox: [100, 0, 100, 100], step: 'drawn' },
    ]);
  });

  it('has handles for thumbs at the corners, also of a small box at the rim', async () => {
    for (const box of [
      [100, 75, 200, 150],
      [0, 0, 12, 10],
      [390, 290, 10, 10],
    ] as const) {
      await open(box);
      const frames = handles().map((handle) => handle.getBoundingClientRect());
      const view = editor.getBoundingClientRect();
      expect(frames).to.have.length(4);
      for (const { left, right, top, bottom, width, height } of frames) {
        expect(Math.min(width, height)).to.be.at.least(44);
        expect(Math.min(left - view.left, top - view.top)).to.be.at.least(0);
        expect(Math.max(right - view.right, bottom - view.bottom)).to.be.at.most(0);
      }
      // No two of them lie on each other.
      for (const [index, one] of frames.entries()) {
        for (const other of frames.slice(index + 1)) {
          const apart = Math.max(Math.abs(one.left - other.left), Math.abs(one.top - other.top));
          expect(apart).to.be.at.least(40);
        }
      }
      frame.remove();
    }
  });

  it('pulls a corner and moves the whole, and a finger that trembles changes nothing', async () => {
    await open([100, 75, 200, 150]);
    const end = '.handle[data-corner="2"]';
    drag(
      [
        [305, 280],
        [308, 282],
      ],
      end,
    );
    expect(edits).to.deep.equal([]);
    drag(
      [
        [305, 280],
        [325, 300],
      ],
      end,
    );
    expect(edits.at(-1)?.bbox).to.deep.equal([100, 75, 220, 170]);
    drag(
      [
        [150, 150],
        [50, 150],
        [0, 150],
      ],
      '.box',
    );
    expect(edits.at(-1)).to.deep.equal({ bbox: [0, 75, 220, 170], step: 'moving' });
  });

  it('pulls the corner that is under the finger on a mirrored picture', async () => {
    await open([100, 75, 200, 150], true);
    // Lower right in the picture is lower left on the screen.
    const frames = handles().map((handle) => handle.getBoundingClientRect().left);
    expect(frames[2]).to.be.lessThan(frames[3] ?? 0);
    drag(
      [
        [100, 275],
        [80, 275],
      ],
      '.handle[data-corner="2"]',
    );
    expect(edits.at(-1)?.bbox).to.deep.equal([100, 75, 220, 150]);
  });

  it('takes a proposed box by a tap, and makes one where none is', async () => {
    await open();
    editor.proposals = [
      { bbox: [150, 120, 50, 50], score: 0.6 },
      { bbox: [100, 100, 200, 150], score: 0.2 },
    ];
    await editor.updateComplete;
    drag([[160, 180]]);
    expect(edits).to.deep.equal([{ bbox: [150, 120, 50, 50], step: 'taken' }]);
    await editor.updateComplete;
    // Another tap means the next best.
    drag([[160, 180]], '.box');
    expect(edits.at(-1)).to.deep.equal({ bbox: [100, 100, 200, 150], step: 'taken' });
    editor.box = undefined;
    await editor.updateComplete;
    drag([[50, 350]]);
    expect(edits.at(-1)).to.deep.equal({ bbox: [0, 225, 100, 75], step: 'drawn' });
  });

  it('needs no pointer at all', async () => {
    await open();
    editor.focus();
    await editor.updateComplete;
    const press = (key: string, shiftKey = false): void => {
      const target = editor.shadowRoot?.activeElement;
      const event = { key, shiftKey, cancelable: true, bubbles: true };
      target?.dispatchEvent(new KeyboardEvent('keydown', event));
    };
    press('ArrowLeft');
    await editor.updateComplete;
    await editor.updateComplete;
    const box = inShadow(editor, '.box');
    expect(editor.shadowRoot?.activeElement).to.equal(box);
    expect(box.ariaLabel).to.equal('Box: 25% from the left, 25% from the top, 50% wide, 50% high');
    press('ArrowLeft');
    press('ArrowDown', true);
    press('Enter');
    expect(edits).to.deep.equal([
      { bbox: [100, 75, 200, 150], step: 'moving' },
      { bbox: [90, 75, 200, 150], step: 'moving' },
      { bbox: [90, 75, 200, 160], step: 'moving' },
      { bbox: [90, 75, 200, 160], step: 'taken' },
    ]);
  });
});
