import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { motFigures } from '../../../src/domain/tracking/mot-metrics.js';
import { parseAccuracyOptions } from '../../accuracy/command.js';
import { judgeSequence } from '../../accuracy/mot/judge.js';
import { motLines } from '../../accuracy/mot/report.js';
import { readSequences } from '../../accuracy/mot/sequence.js';

const SEQINFO = `[Sequence]
name=WALK-01
imDir=img1
frameRate=10
seqLength=3
`;

describe('readSequences', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sightline-mot-'));
  });

  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  async function write(path: string, text: string): Promise<void> {
    const whole = join(folder, path);
    await mkdir(join(whole, '..'), { recursive: true });
    await writeFile(whole, text);
  }

  it('reads pedestrians, what is neutral, detections and pictures', async () => {
    await write('a/seqinfo.ini', SEQINFO);
    await write(
      'a/gt/gt.txt',
      '1,1,10,20,30,60,1,1,1\r\n1,2,50,20,30,60,0,1,1\n2,3,1,2,3,4,1,8,0.5\n2,4,1,2,3,4,1,3,1\n',
    );
    await write('a/det/det.txt', '3,-1,11,21,30,60,0.7\n');
    for (const name of ['000001', '000002', '000003']) await write(`a/img1/${name}.jpg`, '');
    const [sequence, ...others] = await readSequences(folder);
    assert.equal(others.length, 0);
    assert.deepEqual([sequence?.name, sequence?.rate], ['WALK-01', 10]);
    const frames = sequence?.frames ?? [];
    assert.deepEqual(
      frames.map(({ path, truths, neutral, detections }) => [
        path,
        truths.map(({ id }) => id),
        neutral.map(({ id }) => id),
        detections.map(({ score }) => score),
      ]),
      [
        ['a/img1/000001.jpg', [1], [], []],
        ['a/img1/000002.jpg', [], [3], []],
        ['a/img1/000003.jpg', [], [], [0.7]],
      ],
    );
    assert.deepEqual(frames[0]?.truths[0]?.bbox, [10, 20, 30, 60]);
  });

  it('reads a single sequence of the first challenge: no classes, scores of their own, no seqinfo', async () => {
    await write('gt/gt.txt', '1,1,10,20,30,60,1,-1,-1,-1\n2,1,12,20,30,60,1,-1,-1,-1\n');
    await write('det/det.txt', '1,-1,10,20,30,60,42.5,-1,-1,-1\n2,-1,10,20,30,60,-3,-1,-1,-1\n');
    const [sequence] = await readSequences(folder);
    assert.equal(sequence?.frames.length, 2);
    assert.equal(sequence.frames[0]?.path, undefined);
    assert.deepEqual(
      sequence.frames.map(({ truths, detections }) => [truths.length, detections[0]?.score]),
      [
        [1, 1],
        [1, 1],
      ],
    );
  });

  it('says what is wrong', async () => {
    await assert.rejects(readSequences(folder), /no sequence in MOTChallenge form/);
    await write('gt/gt.txt', '1,1,10,wide,30,60\n');
    await assert.rejects(readSequences(folder), /Line 1 of .*gt\.txt/);
    await write('gt/gt.txt', '1,1,10,20,30,60,1,1,1\n');
    await write('seqinfo.ini', SEQINFO);
    await write('img1/000001.jpg', '');
    await assert.rejects(readSequences(folder), /should have 3 pictures/);
    await write('seqinfo.ini', 'seqLength=none');
    await assert.rejects(readSequences(folder), /no usable seqLength/);
  });
});

describe('judgeSequence', () => {
  const person = (x: number, score = 0.9) => ({
    bbox: [x, 20, 30, 60] as const,
    class: 'person',
    score,
  });
  const frame = (x: number) => ({
    path: undefined,
    truths: [{ id: 1, bbox: [x, 20, 30, 60] as const }],
    neutral: [{ id: 9, bbox: [200, 20, 30, 60] as const }],
    detections: [],
  });
  const sequence = {
    name: 'walk',
    rate: 10,
    hasDetections: false,
    frames: [frame(10), frame(13), frame(16), frame(19)],
  };

  it('counts people only, and nothing that is neutral', () => {
    const found = [10, 13, 16, 19].map((x) => [
      person(x),
      person(200),
      { ...person(100), class: 'dog' },
    ]);
    const { counts } = judgeSequence(sequence, found, 0.5);
    const { mota, idf1, idSwitches } = motFigures(counts);
    assert.deepEqual({ mota, idf1, idSwitches }, { mota: 1, idf1: 1, idSwitches: 0 });
  });

  it('starts tracks from the threshold on only', () => {
    const found = sequence.frames.map(({ truths }) => [person(truths[0]?.bbox[0] ?? 0, 0.4)]);
    assert.equal(judgeSequence(sequence, found, 0.5).counts.found, 0);
    assert.equal(judgeSequence(sequence, found, 0.3).counts.found, 4);
  });

  it('is told in a table and a line', () => {
    const judged = judgeSequence(sequence, [[person(10)], [], [], []], 0.5);
    const lines = motLines([{ detector: 'det.txt', score: 0.5, sequences: [judged] }]);
    assert.match(lines.at(-1) ?? '', /det\.txt at 0\.50 IDF1 40\.0 MOTA 25\.0 switches 0/);
  });
});

describe('parseAccuracyOptions --mot', () => {
  it('takes a folder, arms, scores and a number of frames', () => {
    const { mot, pictures } = parseAccuracyOptions([
      '--mot',
      'some/where',
      '--scores',
      '0.3,0.5',
      '--pictures',
      '9',
      '--arms',
      'tfjs-float32',
    ]);
    assert.equal(mot?.folder, 'some/where');
    assert.deepEqual(mot.scores, [0.3, 0.5]);
    assert.deepEqual(
      mot.arms.map(({ id }) => id),
      ['tfjs-float32'],
    );
    assert.equal(pictures, 9);
  });

  it('looks with the shipped app by default', () => {
    const { mot } = parseAccuracyOptions(['--mot', 'a']);
    assert.deepEqual(
      mot?.arms.map(({ id }) => id),
      ['tfjs-float16'],
    );
  });

  it('explains what it does not understand', () => {
    for (const wrong of [
      ['--mot', 'a', 'b'],
      ['--mot', 'a', '--scores', '2'],
    ]) {
      assert.throws(() => parseAccuracyOptions(wrong), /--mot DIR/);
    }
  });
});
