import { expect } from 'chai';
import type { BBox } from '../../../../src/domain/geometry.js';
import type { TrackedDetection } from '../../../../src/domain/tracking/track.js';
import { BoxEditEvent } from '../../../../src/ui/events.js';
import '../../../../src/ui/teach/sightline-target-layer.js';
import type { TeachCommand } from '../../../../src/ui/teach/teach-commands.js';
import {
  inShadow,
  mountDetector,
  unmountAll,
  type MountedDetector,
} from '../../../support/detector.js';
import { until } from '../../../support/promises.js';
import { buttonIn, commandsOf } from '../../../support/teach-view.js';

describe('<sightline-target-layer>', () => {
  let mounted: MountedDetector;
  let layer: HTMLElementTagNameMap['sightline-target-layer'];
  let commands: TeachCommand[];

  /** The picture is 400 × 300 pixels in a view of 400 × 400, so it begins 50 below the top. */
  async function open(mirror = 'off'): Promise<void> {
    mounted = await mountDetector({ mirror });
    layer = document.createElement('sightline-target-layer');
    layer.detector = mounted.element;
    mounted.element.append(layer);
    await mounted.element.open({ kind: 'camera' });
    await mounted.element.updateComplete;
    await layer.updateComplete;
    commands = commandsOf(layer);
  }

  afterEach(unmountAll);

  function show(...found: readonly (Partial<TrackedDetection> & { bbox: BBox })[]): void {
    const { session } = mounted;
    session.detections = found.map((one) => ({ class: 'cup', score: 0.9, ...one }));
    session.emit();
  }

  const buttons = (): HTMLButtonElement[] => [
    ...(layer.shadowRoot?.querySelectorAll('button') ?? []),
  ];

  function place(element: Element): readonly number[] {
    const at = element.getBoundingClientRect();
    const origin = mounted.element.getBoundingClientRect();
    return [at.left - origin.left, at.top - origin.top, at.width, at.height].map(Math.round);
  }

  it('has a button exactly over every object', async () => {
    await open();
    show({ bbox: [100, 60, 80, 90] }, { bbox: [300, 200, 60, 60] });
    expect(buttons().map(place)).to.deep.equal([
      [100, 110, 80, 90],
      [300, 250, 60, 60],
    ]);
    expect(buttons()[0]?.ariaLabel).to.equal('cup: what is this?');
  });

  it('follows them, and lets go of what has gone', async () => {
    await open();
    show({ bbox: [100, 60, 80, 90] }, { bbox: [300, 200, 60, 60] });
    const [first] = buttons();
    show({ bbox: [110, 60, 80, 90] });
    expect(buttons()).to.deep.equal([first]);
    expect(buttons().map(place)).to.deep.equal([[110, 110, 80, 90]]);
  });

  it('lies right on a mirrored picture', async () => {
    await open('on');
    show({ bbox: [100, 60, 80, 90] });
    expect(buttons().map(place)).to.deep.equal([[220, 110, 80, 90]]);
  });

  it('keeps the one that has the focus for a while', async () => {
    await open();
    show({ bbox: [100, 60, 80, 90] });
    buttons()[0]?.focus();
    show();
    expect(buttons()).to.have.length(1);
  });

  it('puts small things above large ones', async () => {
    await open();
    show({ bbox: [150, 100, 50, 50] }, { bbox: [0, 0, 400, 300] });
    const [small, large] = buttons();
    expect(Number(small?.style.zIndex)).to.be.greaterThan(Number(large?.style.zIndex));
  });

  it('tells which is chosen, and what the detector calls it', async () => {
    await open();
    show(
      { bbox: [10, 10, 60, 60] },
      {
        bbox: [200, 100, 60, 60],
        class: 'Grandpa’s cup',
        taught: { base: 'cup', label: 'Grandpa’s cup', confidence: 0.9, headId: 'a' },
      },
    );
    buttons()[1]?.click();
    expect(commands).to.deep.equal([{ kind: 'choose-track', trackId: 2, base: 'cup' }]);
  });

  it('says that something is unknown', async () => {
    await open();
    show({
      bbox: [0, 0, 50, 50],
      taught: { base: 'cup', label: '', confidence: 0.4, headId: 'a' },
    });
    expect(buttons()[0]?.ariaLabel).to.equal('unknown cup: what is this?');
  });

  it('passes on a box that is drawn, and one that is taken', async () => {
    await open();
    layer.drawing = true;
    layer.proposals = [{ bbox: [10, 20, 30, 40], score: 0.3 }];
    await layer.updateComplete;
    const editor = inShadow(layer, 'sightline-box-editor');
    await until(() => editor.matches(':focus-within'), 'it has the keyboard');
    editor.dispatchEvent(new BoxEditEvent([1, 2, 30, 40], 'moving'));
    editor.dispatchEvent(new BoxEditEvent([1, 2, 30, 44], 'drawn'));
    expect(commands).to.deep.equal([
      { kind: 'set-box', bbox: [1, 2, 30, 40] },
      { kind: 'set-box', bbox: [1, 2, 30, 44] },
      { kind: 'use-box' },
    ]);
    buttonIn(editor, 'Suggested box 1 of 1').click();
    expect(commands.slice(3)).to.deep.equal([
      { kind: 'set-box', bbox: [10, 20, 30, 40] },
      { kind: 'use-box' },
    ]);
  });
});
