import { expect } from 'chai';
import type { Detection } from '../../../src/domain/detection.js';
import {
  compareContenders,
  type BenchArm,
  type BenchContender,
  type BenchProgress,
} from '../../../src/session/bench.js';
import { rejected } from '../../support/promises.js';

const CAT: Detection = { bbox: [10, 10, 40, 40], class: 'cat', score: 0.9 };

/** Something that takes time and finds what it is told to; `log` has the order of the looks. */
class Timed implements BenchContender {
  readonly title: string;
  closed = 0;
  readonly id: string;
  readonly #milliseconds: number;
  readonly #log: string[];
  readonly #found: readonly Detection[];

  constructor(
    id: string,
    milliseconds: number,
    log: string[],
    found: readonly Detection[] = [CAT],
  ) {
    this.id = id;
    this.title = id.toUpperCase();
    this.#milliseconds = milliseconds;
    this.#log = log;
    this.#found = found;
  }

  open(): Promise<BenchArm> {
    return Promise.resolve({
      adapter: 'test',
      precision: 'float32',
      detect: async () => {
        this.#log.push(this.id);
        const end = performance.now() + this.#milliseconds;
        while (performance.now() < end) await Promise.resolve();
        return this.#found;
      },
      close: () => {
        this.closed++;
        return Promise.resolve();
      },
    });
  }
}

function frames(): HTMLCanvasElement[] {
  return [0, 1].map(() => {
    const canvas = document.createElement('canvas');
    canvas.width = 100;
    canvas.height = 80;
    return canvas;
  });
}

describe('compareContenders', () => {
  let log: string[];
  let controller: AbortController;
  let progress: BenchProgress[];

  beforeEach(() => {
    log = [];
    controller = new AbortController();
    progress = [];
  });

  const compare = (contenders: readonly BenchContender[], rounds = 6) =>
    compareContenders(contenders, frames(), {
      rounds,
      signal: controller.signal,
      onProgress: (now) => progress.push(now),
    });

  it('gives the ratio to the first, in rounds of mirrored order', async () => {
    const contenders = [new Timed('slow', 8, log), new Timed('fast', 2, log)];
    const { baseline, entries } = await compare(contenders);
    expect(baseline).to.equal('slow');
    expect(log.slice(0, 4)).to.deep.equal(['slow', 'fast', 'fast', 'slow']);
    const [slow, fast] = entries;
    if (slow?.kind !== 'measured' || fast?.kind !== 'measured') throw new Error('not measured');
    expect(slow.ratio).to.equal(undefined);
    expect(fast.ratio?.value).to.be.within(0.15, 0.5);
    expect(fast.milliseconds).to.have.length(6);
    expect(fast.differences).to.be.empty;
    expect(contenders.map(({ closed }) => closed)).to.deep.equal([1, 1]);
  });

  it('tells progress that never falls and ends at 1', async () => {
    await compare([new Timed('a', 1, log), new Timed('b', 1, log)], 2);
    const fractions = progress.map(({ fraction }) => fraction);
    expect(fractions).to.deep.equal([...fractions].sort((a, b) => a - b));
    expect(fractions.at(-1)).to.equal(1);
    expect(new Set(progress.map(({ stage }) => stage))).to.deep.equal(
      new Set(['open', 'warm-up', 'measure']),
    );
  });

  it('goes on without one that cannot be opened or fails, and says why', async () => {
    const broken: BenchContender = {
      id: 'broken',
      title: 'Broken',
      open: () => Promise.reject(new Error('no adapter')),
    };
    const dying = new Timed('dying', 1, log);
    let looks = 0;
    const mortal: BenchContender = {
      id: 'dying',
      title: 'Dying',
      open: async () => {
        const arm = await dying.open();
        const detect: BenchArm['detect'] = (picture) =>
          ++looks > 4 ? Promise.reject(new Error('lost')) : arm.detect(picture);
        return { ...arm, detect };
      },
    };
    const { baseline, entries } = await compare([broken, mortal, new Timed('good', 1, log)]);
    expect(entries.map(({ id, kind }) => [id, kind])).to.deep.equal([
      ['broken', 'failed'],
      ['dying', 'failed'],
      ['good', 'measured'],
    ]);
    expect(entries[0]).to.have.property('reason').that.includes('no adapter');
    expect(baseline).to.equal('good');
    expect(dying.closed).to.equal(1);
  });

  it('notices other boxes than those of the reference', async () => {
    const dog: Detection = { ...CAT, class: 'dog' };
    const reference = Object.assign(new Timed('ours', 1, log), { isReference: true });
    const { entries } = await compare([new Timed('odd', 1, log, [dog]), reference], 2);
    const [odd, ours] = entries;
    expect(odd).to.have.property('differences').that.is.not.empty;
    expect(ours).to.have.property('differences').that.is.empty;
  });

  it('can be cancelled, and closes what it has opened', async () => {
    const one = new Timed('one', 1, log);
    const running = compareContenders([one], frames(), {
      rounds: 1000,
      signal: controller.signal,
      onProgress: ({ stage }) => {
        if (stage === 'measure') controller.abort();
      },
    });
    expect((await rejected(running)).code).to.equal('aborted');
    expect(one.closed).to.equal(1);
  });
});
