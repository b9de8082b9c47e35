import { expect } from 'chai';
import type { Detection } from '../../../src/domain/detection.js';
import { WATCH_EVENTS } from '../../../src/domain/watch/events.js';
import { mountDetector, unmountAll, type MountedDetector } from '../../support/detector.js';
import { zone } from '../../support/watching.js';

const RIGHT_HALF = { ...zone(), name: 'Till' };
const DOOR = { id: 'door', start: [0.5, 0] as const, end: [0.5, 1] as const };

/** A person whose feet are at this part of the picture's width. */
function person({ session }: MountedDetector, part: number): Detection {
  const { width, height } = session.picture.size;
  return { bbox: [part * width - 10, height / 4, 20, height / 2], class: 'person', score: 0.9 };
}

/** An element with a zone, a line and a rule, and everything that the document hears of it. */
async function watched(): Promise<MountedDetector & { readonly told: Event[] }> {
  const mounted = await mountDetector({ source: 'demo' });
  const told: Event[] = [];
  for (const kind of WATCH_EVENTS)
    mounted.element.addEventListener(kind, (event) => told.push(event));
  Object.assign(mounted.element, {
    zones: [RIGHT_HALF],
    lines: [DOOR],
    rules: [{ when: { kind: 'zone-entered', zone: 'z' } }],
  });
  await mounted.element.updateComplete;
  return { ...mounted, told };
}

function show(mounted: MountedDetector, ...parts: number[]): void {
  for (const part of parts) {
    mounted.session.detections = [person(mounted, part)];
    mounted.session.emit();
  }
}

describe('<sightline-detector> that watches', () => {
  afterEach(unmountAll);

  it('tells who comes and goes, enters and leaves, and crosses, and what rules make of it', async () => {
    const mounted = await watched();
    show(mounted, 0.2, 0.8, 0.2);
    expect(mounted.told.map(({ type }) => type)).to.deep.equal([
      'track-started',
      'zone-entered',
      'line-crossed',
      'rule-fired',
      'zone-left',
      'line-crossed',
    ]);
    const [, , crossed, fired, left] = mounted.told;
    expect(crossed).to.include({ direction: 'in', bubbles: true, composed: true });
    expect(crossed).to.have.deep.property('line', { id: 'door', name: '' });
    expect(fired).to.have.deep.property('place', { id: 'z', name: 'Till' });
    expect(left).to.include({ label: 'person', trackId: 1, dwell: 0 });
  });

  it('has counts, which can begin again', async () => {
    const mounted = await watched();
    show(mounted, 0.2, 0.8);
    const { counts } = mounted.element;
    expect(counts.zones.get('z')).to.include({ occupancy: 1, entries: 1 });
    expect(counts.lines.get('door')).to.include({ inCount: 1, outCount: 0 });
    mounted.element.resetCounts();
    expect(mounted.element.counts.zones.get('z')).to.include({ occupancy: 1, entries: 0 });
    expect(mounted.element.counts.lines.get('door')).to.include({ inCount: 0 });
  });

  it('leaves out what is no zone, and says so', async () => {
    const mounted = await watched();
    mounted.element.zones = [RIGHT_HALF, { polygon: [[0.5, 0.5]] }];
    await mounted.element.updateComplete;
    expect(mounted.element.watchProblems.join()).to.contain('zones[1].polygon');
    show(mounted, 0.8);
    expect(mounted.element.counts.zones.size).to.equal(1);
  });

  it('ends all stays when the source goes', async () => {
    const mounted = await watched();
    show(mounted, 0.8);
    mounted.told.length = 0;
    mounted.session.watch.end();
    expect(mounted.told.map(({ type }) => type)).to.deep.equal(['zone-left', 'track-ended']);
  });
});
