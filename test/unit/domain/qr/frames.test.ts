import { expect } from 'chai';
import fc from 'fast-check';
import { decodeBase45, encodeBase45 } from '../../../../src/domain/qr/base45.js';
import { randomNumbers } from '../../../../src/domain/random.js';
import { crc32 } from '../../../../src/domain/qr/crc32.js';
import {
  FRAME_BYTES,
  FrameCollector,
  framesOf,
  LARGEST_QR_FILE,
} from '../../../../src/domain/qr/frames.js';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/** The parts of a file, in their order. */
function toFrames(bytes: Uint8Array): string[] {
  const frames = framesOf(bytes);
  return Array.from({ length: frames.count }, (_, place) => frames.at(place));
}
const files = fc.uint8Array({ minLength: 1, maxLength: 5 * FRAME_BYTES });

describe('base45', () => {
  it('gives the examples of RFC 9285', () => {
    expect(encodeBase45(text('AB'))).to.equal('BB8');
    expect(encodeBase45(text('Hello!!'))).to.equal('%69 VD92EX0');
    expect(encodeBase45(text('base-45'))).to.equal('UJCLQE7W581');
    expect(decodeBase45('QED8WEX0')).to.deep.equal(text('ietf!'));
  });

  it('gives back what went in', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(decodeBase45(encodeBase45(bytes))).to.deep.equal(bytes);
      }),
    );
  });

  it('refuses what it never wrote', () => {
    for (const wrong of ['A', 'ABCD', 'ab8', 'GGW', '::', ':::']) {
      expect(decodeBase45(wrong), wrong).to.equal(undefined);
    }
  });
});

describe('crc32', () => {
  it('gives the check value of its catalogue entry', () => {
    expect(crc32(text('123456789'))).to.equal(0xcbf43926);
  });
});

describe('A file in QR codes', () => {
  it('is whole again after its codes came in any order, and more than once', () => {
    fc.assert(
      fc.property(files, fc.array(fc.nat(50)), fc.nat(), (bytes, again, seed) => {
        const frames = toFrames(bytes);
        const collector = new FrameCollector();
        const order = [
          ...again.map((index) => frames[index % frames.length] ?? ''),
          ...frames.toSorted((a, b) => (crc32(text(a)) ^ seed) - (crc32(text(b)) ^ seed)),
        ];
        const verdicts = order.map((frame) => collector.add(frame));
        expect(collector.bytes).to.deep.equal(bytes);
        expect(verdicts.filter((verdict) => verdict === 'complete')).to.have.length(1);
      }),
    );
  });

  it('says how many have come in', () => {
    const frames = toFrames(new Uint8Array(3 * FRAME_BYTES + 1).fill(7));
    const collector = new FrameCollector();
    expect(collector.add(frames[2] ?? '')).to.equal('new');
    expect(collector.add(frames[2] ?? '')).to.equal('known');
    expect(collector.progress).to.deep.equal({ received: 1, count: 4 });
    expect(collector.bytes).to.equal(undefined);
  });

  it('takes hardly more codes than it has parts, whichever are missed', () => {
    fc.assert(
      fc.property(files, fc.nat(), fc.nat(20), (bytes, seed, start) => {
        const frames = framesOf(bytes);
        const collector = new FrameCollector();
        const random = randomNumbers(seed);
        let seen = 0;
        for (let place = start; collector.bytes === undefined; place++) {
          // Every second one is missed.
          if (random.uniform() < 0.5) continue;
          seen++;
          expect(collector.add(frames.at(place))).to.be.oneOf(['new', 'known', 'complete']);
          expect(seen).to.be.below(2 * frames.count + 20);
        }
        expect(collector.bytes).to.deep.equal(bytes);
      }),
    );
    // The longest one, of which a third is missed.
    const bytes = Uint8Array.from({ length: LARGEST_QR_FILE }, (_, at) => (at * 7919) >> 3);
    const frames = framesOf(bytes);
    const collector = new FrameCollector();
    let seen = 0;
    for (let place = 0; collector.bytes === undefined; place++) {
      if (place % 3 === 1) continue;
      seen++;
      collector.add(frames.at(place));
    }
    expect(collector.bytes).to.deep.equal(bytes);
    expect(seen).to.be.below(frames.count + 20);
  });

  it('gives sums of the same parts in every version', () => {
    const frames = framesOf(Uint8Array.from({ length: 3 * FRAME_BYTES }, (_, at) => at));
    const heads = [3, 4, 5, 6].map((place) => frames.at(place).slice(0, 40));
    expect(heads).to.deep.equal([
      'SIGHTLINE1 71E66DAB 4/3 7FM7FM7FM7FM7FM7',
      'SIGHTLINE1 71E66DAB 5/3 Z249E4SP42$4L35+',
      'SIGHTLINE1 71E66DAB 6/3 JCI%NICZIV1J5DJO',
      'SIGHTLINE1 71E66DAB 1/3 100KB0*M0DY0W016',
    ]);
  });

  it('leaves codes of others alone', () => {
    const collector = new FrameCollector();
    const [frame = ''] = toFrames(text('x'));
    const foreign = [
      'https://example.org',
      '',
      frame.toLowerCase(),
      frame.replace('1/1', '2/1'),
      frame.replace('1/1', '1/9999'),
      `${frame}AA`,
    ];
    for (const other of foreign) expect(collector.add(other), other).to.equal('foreign');
    expect(collector.progress.received).to.equal(0);
  });

  it('begins another file when its codes are shown', () => {
    const collector = new FrameCollector();
    collector.add(toFrames(new Uint8Array(2 * FRAME_BYTES))[0] ?? '');
    expect(collector.add(toFrames(text('other'))[0] ?? '')).to.equal('complete');
    expect(collector.bytes).to.deep.equal(text('other'));
  });

  it('notices a code that is not what was sent, and can be shown it again', () => {
    const frames = toFrames(new Uint8Array(FRAME_BYTES + 2));
    const collector = new FrameCollector();
    collector.add(frames[0] ?? '');
    expect(collector.add((frames[1] ?? '').replace(/...$/, '100'))).to.equal('damaged');
    expect(collector.progress.received).to.equal(0);
    expect(frames.map((frame) => collector.add(frame))).to.deep.equal(['new', 'complete']);
  });

  it('refuses what nobody would wait for', () => {
    expect(() => toFrames(new Uint8Array(LARGEST_QR_FILE + 1))).to.throw(RangeError);
    expect(() => toFrames(new Uint8Array())).to.throw(RangeError);
  });
});
