import { expect } from 'chai';
import { SightlineError } from '../../../src/domain/errors.js';
import {
  isFindFile,
  readFind,
  writeFind,
  type TravellingFind,
} from '../../../src/domain/project/find-file.js';
import type { HeadFile } from '../../../src/domain/project/head-file.js';

const FIND: TravellingFind = {
  taught: {
    id: 'f1',
    label: 'beacon',
    model: 'coco-ssd',
    column: { base: 1, weights: Float32Array.of(0.5, -1.25, 0, 3) },
    verifier: {
      weights: Float32Array.of(-0.5, 2, 0.125),
      bias: -0.3,
      ceiling: Float32Array.of(0, 0.5, 0),
      region: { weights: Float32Array.of(1.5, -0.25), bias: 0.75 },
    },
    offset: [0.125, -0.01, 0.3, 0],
    threshold: 0.62,
    created: 1234,
  },
  isOn: false,
  learntThreshold: 0.7,
  report: {
    pictures: 2,
    objects: 3,
    unrelated: 4,
    ap50: 0.75,
    right: [0.9, 0.8],
    wrong: [0.4],
    cries: [],
  },
  trainedOn: '10-abc',
};

function fault(file: HeadFile): string {
  try {
    readFind(file);
    return 'none';
  } catch (thrown) {
    return thrown instanceof SightlineError ? thrown.code : String(thrown);
  }
}

describe('A file of something that is found', () => {
  it('is read as it was written, in a few bytes a weight', () => {
    const file = writeFind(FIND);
    expect(file.weights).to.have.length(2 * 9);
    expect(isFindFile(file)).to.equal(true);
    expect(readFind(file)).to.deep.equal(FIND);
  });

  it('is read as well where it was learnt before there were region verifiers and offsets', () => {
    const { offset, ...taught } = FIND.taught;
    expect(offset).to.have.length(4);
    const { weights, bias } = taught.verifier;
    const older = { ...FIND, taught: { ...taught, verifier: { weights, bias } } };
    expect(writeFind(older).weights).to.have.length(2 * 7);
    expect(readFind(writeFind(older))).to.deep.equal(older);
  });

  it('is told from a head', () => {
    expect(isFindFile({ description: '{"labels":[]}' })).to.equal(false);
    expect(isFindFile({ description: 'null' })).to.equal(false);
    expect(isFindFile({ description: 'no JSON' })).to.equal(false);
  });

  it('is refused when its parts do not fit', () => {
    const file = writeFind(FIND);
    const described = JSON.parse(file.description) as object;
    const changed = (changes: object): HeadFile => ({
      ...file,
      description: JSON.stringify({ ...described, ...changes }),
    });
    expect(fault({ ...file, weights: file.weights.slice(2) })).to.equal('project-corrupt');
    expect(fault({ ...file, description: '{' })).to.equal('project-corrupt');
    expect(fault(changed({ ceiling: [[3, 1]] }))).to.equal('project-corrupt');
    expect(fault(changed({ base: 3 }))).to.equal('project-corrupt');
    expect(fault(changed({ threshold: 1.5 }))).to.equal('project-corrupt');
    expect(fault(changed({ weights: 1e9 }))).to.equal('project-corrupt');
    expect(fault(changed({ bias: null }))).to.equal('project-corrupt');
    expect(fault(changed({ offset: [0, 0, 1] }))).to.equal('project-corrupt');
    expect(fault(changed({ offset: [0, 0, 0, 1e9] }))).to.equal('project-corrupt');
    expect(fault(changed({ region: undefined }))).to.equal('project-corrupt');
    expect(fault(changed({ region: { weights: 3, bias: 0 } }))).to.equal('project-corrupt');
    expect(fault(changed({ region: { weights: 2, bias: 'none' } }))).to.equal('project-corrupt');
    const infinite = file.weights.slice();
    infinite.set([0, 0x7c]);
    expect(fault({ ...file, weights: infinite })).to.equal('project-corrupt');
  });
});
