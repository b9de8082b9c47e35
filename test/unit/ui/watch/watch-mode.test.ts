import { setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import type { WatchConfig } from '../../../../src/domain/watch/config.js';
import { formatWatchFile } from '../../../../src/domain/watch/watch-file.js';
import type { Shape } from '../../../../src/domain/watch/edit-shape.js';
import { EventStore } from '../../../../src/platform/event-store.js';
import { WatchCommandEvent } from '../../../../src/ui/events.js';
import type { WatchCommand } from '../../../../src/ui/watch/watch-commands.js';
import { closeApp, openApp, press, type AppOnPage } from '../../../support/app-on-page.js';
import { until } from '../../../support/promises.js';
import { buttonIn } from '../../../support/teach-view.js';

/** Long enough for a module that is fetched on demand. */
const LOADED_MS = 10_000;
/** The right half of the picture. */
const RIGHT: Shape = [
  [0.5, 0],
  [1, 0],
  [1, 1],
  [0.5, 1],
];

describe('The Watch mode in the app', () => {
  let on: AppOnPage;

  async function enter(): Promise<void> {
    on = await openApp('view=watch');
    await on.execute({ kind: 'open', request: { kind: 'camera' } });
    await until(() => on.has('sightline-zone-layer'), 'the mode is there', LOADED_MS);
  }

  const panel = (): Element => on.find('sightline-watch');
  const layer = (): Element => on.find('sightline-zone-layer');
  const shown = (): string => panel().shadowRoot?.textContent.replace(/\s+/g, ' ') ?? '';
  const drawn = (): string[] =>
    [...(layer().shadowRoot?.querySelectorAll('text') ?? [])].map(({ textContent }) => textContent);
  const config = (): WatchConfig => on.session.watch.config;
  const handles = (): HTMLElement[] => [
    ...(layer().shadowRoot?.querySelectorAll<HTMLElement>('.handle') ?? []),
  ];

  async function execute(...commands: WatchCommand[]): Promise<void> {
    for (const command of commands) {
      panel().dispatchEvent(new WatchCommandEvent(command));
      await on.settled();
      await on.settled();
    }
  }

  async function tap(name: string): Promise<void> {
    buttonIn(panel(), name).click();
    await on.settled();
    await on.settled();
  }

  /** One frame with a person whose feet are at this part of the picture's width. */
  async function walk(part: number): Promise<void> {
    const { width, height } = on.session.picture.size;
    on.session.detections = [
      { bbox: [part * width - 20, 0.3 * height, 40, 0.4 * height], class: 'person', score: 0.9 },
    ];
    on.session.emit();
    on.app.requestUpdate();
    await on.settled();
  }

  /** A pointer on the layer, at parts of the picture. */
  function point(type: string, [x, y]: readonly [number, number], target?: Element): void {
    const surface = layer().shadowRoot?.querySelector('.surface');
    const transform = on.app.detector.pictureTransform;
    const { left, top } = layer().getBoundingClientRect();
    const { width, height } = on.session.picture.size;
    if (!surface || !transform) throw new Error('nothing to draw on');
    (target ?? surface).dispatchEvent(
      new PointerEvent(type, {
        bubbles: true,
        composed: true,
        isPrimary: true,
        button: 0,
        pointerId: 1,
        clientX: left + x * width * transform.scaleX + transform.offsetX,
        clientY: top + y * height * transform.scaleY + transform.offsetY,
      }),
    );
  }

  before(() => setViewport({ width: 390, height: 844 }));
  after(() => setViewport({ width: 800, height: 600 }));
  afterEach(async () => {
    closeApp();
    await EventStore.destroy();
  });

  it('opens from the address and by its key, and leaves the picture half of a phone', async () => {
    await enter();
    expect(shown()).to.contain('Draw a zone');
    const picture = on.find('sightline-detector').getBoundingClientRect();
    expect(picture.height).to.be.greaterThan(0.45 * innerHeight);
    await tap('Leave watching');
    expect(on.has('sightline-watch')).to.equal(false);
    press('w');
    await on.settled();
    expect(on.has('sightline-watch')).to.equal(true);
  });

  it('counts in a zone and over a line, on the picture and in the panel', async () => {
    await enter();
    await execute(
      { kind: 'add', what: 'zone' },
      { kind: 'shape', shape: RIGHT },
      { kind: 'change', changes: { name: 'Till', inertia: 1 } },
      { kind: 'back' },
      { kind: 'add', what: 'line' },
      {
        kind: 'shape',
        shape: [
          [0.5, 0],
          [0.5, 1],
        ],
      },
      { kind: 'back' },
    );
    for (const part of [0.2, 0.8]) await walk(part);
    expect(drawn()).to.deep.equal(['Till · 1 inside', 'Line 1 · 1 in · 0 out']);
    expect(shown()).to.match(/Till ?person · 1 came in/);
    await walk(0.2);
    expect(drawn()).to.deep.equal(['Till · 0 inside', 'Line 1 · 1 in · 1 out']);
    await tap('What happened');
    const list = (): string => on.find('sightline-events-page').shadowRoot?.textContent ?? '';
    await until(() => list().includes('person 1 went out at Line 1'), 'it is listed');
    expect(list()).to.contain('person 1 left Till');
    await execute({ kind: 'back' }, { kind: 'reset' });
    expect(drawn()).to.deep.equal(['Till · 0 inside', 'Line 1 · 0 in · 0 out']);
  });

  it('tells when it is asked to, with a message', async () => {
    await enter();
    await execute(
      { kind: 'add', what: 'zone' },
      { kind: 'shape', shape: RIGHT },
      { kind: 'change', changes: { name: 'Till', inertia: 1 } },
    );
    const page = on.find('sightline-alerts');
    const box = [...(page.shadowRoot?.querySelectorAll<HTMLInputElement>('.check input') ?? [])][0];
    box?.click();
    await on.settled();
    expect(config().rules.find(({ enabled }) => enabled)?.when.kind).to.equal('zone-entered');
    await walk(0.8);
    expect(on.toasts()).to.deep.equal(['Till: person is inside']);
  });

  it('draws by a drag, moves corners by pointer and by keys, and all of it by its middle', async () => {
    await enter();
    await execute({ kind: 'add', what: 'zone' });
    const corner = (index: number) =>
      config().zones[0]?.polygon[index]?.map((value) => Math.round(100 * value));
    // From the middle of where it is at first: it is new, so any drag draws it.
    point('pointerdown', [0.5, 0.6]);
    point('pointermove', [0.1, 0.1]);
    point('pointerup', [0.1, 0.1]);
    await on.settled();
    expect([corner(0), corner(2)]).to.deep.equal([
      [50, 60],
      [10, 10],
    ]);
    const [first] = handles();
    point('pointerdown', [0.5, 0.6], first);
    point('pointermove', [0.6, 0.65]);
    point('pointerup', [0.6, 0.65]);
    await on.settled();
    expect(corner(0)).to.deep.equal([60, 65]);
    point('pointerdown', [0.35, 0.4]);
    point('pointermove', [0.45, 0.5]);
    point('pointerup', [0.45, 0.5]);
    await on.settled();
    expect(corner(0)).to.deep.equal([70, 75]);
    const handle = handles()[0];
    if (handle === undefined) throw new Error('no handle');
    press('ArrowRight', {}, handle);
    await on.settled();
    expect(corner(0)).to.deep.equal([72, 75]);
    press('Delete', {}, handle);
    await on.settled();
    expect(config().zones[0]?.polygon).to.have.length(3);
  });

  it('says what is wrong with a shape and keeps the one before', async () => {
    await enter();
    await execute({ kind: 'add', what: 'zone' }, { kind: 'shape', shape: RIGHT });
    const crossed = [RIGHT[0], RIGHT[2], RIGHT[1], RIGHT[3]] as Shape;
    await execute({ kind: 'shape', shape: crossed });
    expect(on.find('sightline-place-page').shadowRoot?.textContent).to.contain('edges cross');
    expect(config().zones[0]?.polygon).to.deep.equal(RIGHT);
  });

  it('sets up a door in one tap, writes it into a file and takes it from one', async () => {
    await enter();
    await tap('Count people at a door');
    expect(config().lines.map(({ name }) => name)).to.deep.equal(['Door']);
    expect(config().rules.find(({ enabled }) => enabled)?.when).to.include({ seconds: 30 });
    const door = config();
    const written = formatWatchFile({
      config: door,
      settings: { score: 0.4, classes: ['person'], detail: 'off' },
    });
    await tap('Undo');
    expect(config().zones).to.deep.equal([]);
    const open = async (text: string): Promise<void> => {
      await execute({ kind: 'open-config', file: new File([text], 'door.json') });
      await on.settled();
    };
    await open(written);
    await until(() => config().zones.length === 1, 'it is taken over');
    expect(JSON.stringify(config())).to.equal(JSON.stringify(door));
    expect(new URLSearchParams(location.search).get('classes')).to.equal('person');
    await open(written.replace('"version": 2', '"version": 3'));
    await until(() => shown().includes('come from a newer Sightline'), 'it says why');
    await open('{"format":"sightline-watch","version":2,"zones":[{}],"lines":[],"rules":[]}');
    await until(() => shown().includes('could not be read'), 'it says why');
    expect(JSON.stringify(config())).to.equal(JSON.stringify(door));
  });

  it('leads to a thing in words, and says when it is out of sight', async () => {
    await enter();
    await walk(0.9);
    await tap('Find something');
    const words = (): string =>
      on.find('sightline-finder-page').shadowRoot?.querySelector('.finding')?.textContent.trim() ??
      '';
    await execute({ kind: 'find', label: 'person' });
    await until(() => words() === 'No person in sight yet. Turn slowly.', 'it searches');
    await walk(0.9);
    await until(() => words() === 'person to the right', 'it leads there');
    await walk(0.5);
    await until(() => words() === 'person straight ahead', 'it leads there');
    const status = (): Element | null | undefined =>
      on.find('sightline-finder-page').shadowRoot?.querySelector('[role=status]');
    // Either the voice of the page says it, or the one of the screen reader.
    expect(status()?.getAttribute('aria-live')).to.equal('off');
    await execute({ kind: 'guides', guides: new Set(['tone']) });
    expect(status()?.getAttribute('aria-live')).to.equal('assertive');
    // Who leaves the mode by its key is led no longer.
    press('w');
    await on.settled();
    press('w');
    await on.settled();
    expect(on.has('sightline-finder-page')).to.equal(false);
    expect(shown()).to.contain('Draw a zone');
  });

  it('keeps what was drawn for each source, and gives back what was deleted', async () => {
    await enter();
    await execute({ kind: 'add', what: 'zone' }, { kind: 'back' });
    await on.execute({ kind: 'open', request: { kind: 'demo' } });
    await on.settled();
    await until(() => config().zones.length === 0, 'the demo has no zones');
    await on.execute({ kind: 'open', request: { kind: 'camera' } });
    await until(() => config().zones.length === 1, 'the zone is back');
    expect(config().zones.map(({ name }) => name)).to.deep.equal(['Zone 1']);
    await execute({ kind: 'edit', id: config().zones[0]?.id ?? '' }, { kind: 'remove' });
    expect(config().zones).to.have.length(0);
    await tap('Undo');
    expect(config().zones).to.have.length(1);
  });

  it('goes on outside of the mode, where nothing can be changed', async () => {
    await enter();
    await execute({ kind: 'add', what: 'zone' });
    expect(handles()).to.have.length(4);
    await execute({ kind: 'leave' });
    expect(drawn()).to.deep.equal(['Zone 1 · 0 inside']);
    expect(handles()).to.have.length(0);
  });
});
