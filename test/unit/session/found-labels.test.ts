import { expect } from 'chai';
import type { TaughtClass } from '../../../src/domain/detector-head/taught-class.js';
import { DEFAULT_PRIVACY } from '../../../src/domain/privacy/options.js';
import type { TrackedDetection } from '../../../src/domain/tracking/track.js';
import { EMPTY_WATCH } from '../../../src/domain/watch/config.js';
import type { WatchEvent } from '../../../src/domain/watch/events.js';
import { photograph } from '../../support/engine-fixtures.js';
import { until } from '../../support/promises.js';
import { turning, type Scene } from '../../support/stage-source.js';
import { destroyTeaching, TaughtSession } from '../../support/taught-session.js';
import { rule, zone } from '../../support/watching.js';

const CAT_COLUMN = 17;
/** With weights of 0 it finds what the class finds that it begins as. */
const MOGGY: TaughtClass = {
  id: 'moggy',
  label: 'moggy',
  model: 'coco-ssd',
  column: { base: CAT_COLUMN, weights: new Float32Array(16_353) },
  verifier: { weights: new Float32Array(91), bias: 50 },
  threshold: 0.5,
  created: 0,
};
const COVER = [0x39, 0x42, 0x4e];

describe('A label that is found by itself', function () {
  this.timeout(240_000);
  let chelsea: Scene;
  let blue: Scene;
  let test: TaughtSession;

  before(async () => {
    const cat = await photograph('chelsea');
    chelsea = turning(cat);
    blue = turning(cat, 'rgb(70, 110, 255)');
    await destroyTeaching();
  });

  beforeEach(async () => {
    test = new TaughtSession(chelsea);
    test.session.lent = { heads: [], finds: [MOGGY] };
    await test.start();
    await until(() => found('moggy') !== undefined, 'it is found', 20_000);
  });

  afterEach(async () => {
    await test.dispose();
    await destroyTeaching();
  });

  function found(label: string): TrackedDetection | undefined {
    return test.results.at(-1)?.detections.find((each) => each.class === label);
  }

  it('is tracked, filtered, counted in zones, told of and covered like any other', async () => {
    const trackId = await test.track('moggy');
    const { session } = test;
    const begin = test.results.length;
    await until(() => test.results.length > begin + 3, 'it goes on', 20_000);
    expect(found('moggy')?.trackId).to.equal(trackId);
    // One object has one name.
    expect(found('cat')).to.equal(undefined);
    session.options = { ...session.options, categoryDenylist: ['moggy'] };
    await until(() => found('moggy') === undefined, 'it is denied', 20_000);
    session.options = { ...session.options, categoryDenylist: [], categoryAllowlist: ['moggy'] };
    await until(() => found('moggy') !== undefined, 'it is allowed', 20_000);
    expect(test.results.at(-1)?.detections.map((each) => each.class)).to.deep.equal(['moggy']);

    const events: WatchEvent[] = [];
    session.watch.onEvents((some) => events.push(...some));
    const everywhere = zone({
      polygon: [
        [0, 0],
        [1, 0],
        [1, 1],
        [0, 1],
      ],
      objects: ['moggy'],
    });
    const rules = [
      rule({ kind: 'zone-count', zone: 'z', comparison: 'at-least', count: 1, seconds: 0 }),
    ];
    session.watch.config = { ...EMPTY_WATCH, zones: [everywhere], rules };
    await until(() => events.some(({ kind }) => kind === 'rule-fired'), 'it is told of', 20_000);
    const entered = events.find((event) => event.kind === 'zone-entered');
    expect(entered).to.include({ label: 'moggy', trackId: found('moggy')?.trackId });
    expect(session.watch.counts.zones.get('z')?.occupancyByLabel.get('moggy')).to.equal(1);

    session.pictures.privacy = { ...DEFAULT_PRIVACY, style: 'cover', labels: ['moggy'] };
    await until(() => session.pictures.privacyState === 'on', 'it is covered', 20_000);
    const [x = 0, y = 0, width = 0, height = 0] = found('moggy')?.bbox ?? [];
    const still = await session.pictures.still();
    if (still === undefined) throw new Error('there is a picture');
    const context = new OffscreenCanvas(640, 480).getContext('2d');
    context?.drawImage(await createImageBitmap(still), 0, 0);
    const pixel = context?.getImageData(x + width / 2, y + height / 2, 1, 1).data ?? [];
    // JPEG.
    COVER.forEach((channel, at) => expect(pixel[at]).to.be.closeTo(channel, 4));
  });

  it('is what recogniser heads tell apart', async () => {
    await test.record('moggy', 'Chelsea', 4);
    test.show(blue);
    await test.record('moggy', 'Blue', 4);
    await test.teach.train();
    for (const [scene, name] of [
      [blue, 'Blue'],
      [chelsea, 'Chelsea'],
    ] as const) {
      test.show(scene);
      await until(() => found(name) !== undefined, `${name} goes by its name`, 20_000);
      expect(found(name)?.taught).to.include({ base: 'moggy', label: name });
    }
  });
});
