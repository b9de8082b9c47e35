import { expect } from 'chai';
import type { Sample } from '../../../src/domain/sample.js';
import { findBeginning, findCandidate } from '../../../src/session/new-class/find-candidate.js';
import { samplesOf } from '../../support/teach-view.js';

/** Boxes, each drawn on a picture of its own. */
function drawn(label: string, count: number, base?: string): readonly Sample[] {
  return samplesOf(label, count).map((sample) => ({
    ...sample,
    burst: sample.id,
    ...(base === undefined ? {} : { base }),
  }));
}

const IDLE = { phase: 'idle' } as const;

describe('What is best learnt to be found next', () => {
  it('is what most boxes were drawn around', () => {
    const samples = [...drawn('meter', 4, 'cell phone'), ...drawn('saw', 3)];
    expect(findCandidate({ samples, finds: [], finding: IDLE })).to.equal('meter');
    expect(findCandidate({ samples: drawn('saw', 2), finds: [], finding: IDLE })).to.equal(
      undefined,
    );
  });

  it('is begun with the first box, and says how many are missing', () => {
    const of = (samples: readonly Sample[]) => findBeginning({ samples, finds: [] });
    expect(of(drawn('saw', 1))).to.deep.equal({ label: 'saw', missing: 2 });
    expect(of([...drawn('saw', 1), ...drawn('meter', 2)])).to.deep.equal({
      label: 'meter',
      missing: 1,
    });
    expect(of(drawn('saw', 3))).to.equal(undefined);
    const recorded = samplesOf('mug', 2).map((sample) => ({ ...sample, base: 'cup' }));
    expect(of(recorded)).to.equal(undefined);
  });

  it('is nothing that the detector finds already', () => {
    const recorded = samplesOf('mug', 9).map((sample) => ({ ...sample, base: 'cup' }));
    expect(findCandidate({ samples: recorded, finds: [], finding: IDLE })).to.equal(undefined);
  });

  it('is what was found before, once there are more examples', () => {
    const found = {
      id: 'f',
      label: 'saw',
      isOn: true,
      threshold: 0.5,
      learntThreshold: 0.5,
      report: undefined,
    };
    const samples = drawn('saw', 5);
    const of = (isOutdated: boolean): string | undefined =>
      findCandidate({ samples, finds: [{ ...found, isOutdated }], finding: IDLE });
    expect(of(false)).to.equal(undefined);
    expect(of(true)).to.equal('saw');
  });

  it('is what is being learnt', () => {
    const samples = [...drawn('meter', 9), ...drawn('saw', 3)];
    const finding = { phase: 'looking', label: 'saw', done: 1, of: 9 } as const;
    expect(findCandidate({ samples, finds: [], finding })).to.equal('saw');
  });
});
