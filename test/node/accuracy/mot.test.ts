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
    const { sequences, notes } = await readSequences(folder);
    assert.deepEqual([sequences.length, notes], [1, []]);
    const [sequence] = sequences;
    assert.deepEqual([sequence?.name, sequence?.rate], ['WALK-01', 10]);
    const frames = sequence?.frames ?? [];
    assert.deepEqual(
      frames.map(({ path, truths, neutral, others, detections }) => [
        path,
        truths.map(({ id }) => id),
        neutral.map(({ id }) => id),
        others.map(({ id }) => id),
        detections.map(({ score }) => score),
      ]),
      [
        ['a/img1/000001.jpg', [1], [], [2], []],
        ['a/img1/000002.jpg', [], [3], [4], []],
        ['a/img1/000003.jpg', [], [], [], [0.7]],
      ],
    );
    assert.deepEqual(frames[0]?.truths[0]?.bbox, [10, 20, 30, 60]);
  });

  it('reads a single sequence of the first challenge: no classes, scores of their own, no seqinfo', async () => {
    await write('gt/gt.txt', '1,1,10,20,30,60,1,-1,-1,-1\n2,1,12,20,30,60,1,-1,-1,-1\n');
    await write('det/det.txt', '1,-1,10,20,30,60,42.5,-1,-1,-1\n2,-1,10,20,30,60,-3,-1,-1,-1\n');
    const {
      sequences: [sequence],
    } = await readSequences(folder);
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

  it('takes places in the world, as MOT15 has them, for no classes', async () => {
    await write('gt/gt.txt', '1,1,10,20,30,60,1,2,3.1,0\n1,2,50,20,30,60,0,7,1,0\n');
    const { sequences } = await readSequences(folder);
    const [frame] = sequences[0]?.frames ?? [];
    assert.deepEqual(
      [frame?.truths, frame?.neutral, frame?.others].map((boxes) => boxes?.map(({ id }) => id)),
      [[1], [], [2]],
    );
  });

  it('has the vehicles without motor of MOT20 neutral, and of no other year', async () => {
    for (const name of ['MOT17-20', 'MOT20-01']) {
      await write(`${name}/gt/gt.txt`, '1,1,10,20,30,60,1,1,1\n1,2,50,20,30,60,0,6,1\n');
    }
    const { sequences } = await readSequences(folder);
    assert.deepEqual(
      sequences.map(({ frames }) => frames[0]?.neutral.length),
      [0, 1],
    );
  });

  it('finds sequences below folders, with pictures under any number, and leaves out those without truth', async () => {
    await write('MOT17/train/a/gt/gt.txt', '0,1,10,20,30,60,1,1,1\n1,1,12,20,30,60,1,1,1\n');
    for (const name of ['img_0.png', 'img_1.png', '.DS_Store', 'Thumbs.db']) {
      await write(`MOT17/train/a/img1/${name}`, '');
    }
    await write('MOT17/test/b/seqinfo.ini', SEQINFO);
    await write('MOT17/README.txt', 'hello');
    const { sequences, notes } = await readSequences(folder);
    assert.match(notes.join(), /MOT17\/test\/b\/ has no gt/);
    assert.deepEqual(
      sequences.map(({ name, frames }) => [name, frames.map(({ path }) => path)]),
      [['a', ['MOT17/train/a/img1/img_0.png', 'MOT17/train/a/img1/img_1.png']]],
    );
    assert.deepEqual(
      sequences[0]?.frames.map(({ truths }) => truths[0]?.bbox[0]),
      [10, 12],
    );
  });

  it('uses the frames that there are pictures of, and says so', async () => {
    await write('gt/gt.txt', '1,1,10,20,30,60,1,1,1\n3,1,10,20,30,60,1,1,1\n');
    await write('seqinfo.ini', SEQINFO);
    await write('img1/000001.jpg', '');
    const { sequences, notes } = await readSequences(folder);
    assert.equal(sequences[0]?.frames.length, 1);
    assert.match(notes.join(), /pictures of the first 1/);
  });

  it('says what is wrong', async () => {
    await assert.rejects(readSequences(folder), /no sequence in MOTChallenge form/);
    await write('gt/gt.txt', '1,1,10,wide,30,60\n');
    await assert.rejects(readSequences(folder), /Line 1 of .*gt\.txt/);
    await write('gt/gt.txt', '1,1,10,20,30,60,1,1,1\n');
    await write('img1/000001.jpg', '');
    await write('img1/000003.jpg', '');
    await assert.rejects(readSequences(folder), /at frame 2 there is 000003\.jpg/);
    await write('seqinfo.ini', 'seqLength=none');
    await rm(join(folder, 'img1'), { recursive: true });
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
    others: [{ id: 8, bbox: [300, 20, 30, 60] as const }],
    detections: [],
  });
  const sequence = {
    name: 'walk',
    rate: 10,
    hasDetections: false,
    hasPictures: false,
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

  it('excuses nothing that is best explained by something ignored', () => {
    const found = [10, 13, 16, 19].map((x) => [person(x), person(300)]);
    const { counts } = judgeSequence(sequence, found, 0.5);
    assert.deepEqual([counts.found, counts.falsePositives], [4, 4]);
    // It lies over something neutral as well, but not as well.
    const both = sequence.frames.map((each) => ({
      ...each,
      neutral: [{ id: 9, bbox: [308, 20, 30, 60] as const }],
    }));
    assert.equal(judgeSequence({ ...sequence, frames: both }, found, 0.5).counts.falsePositives, 4);
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
      ['litert-int8', 'litert-int8-detail'],
    );
    assert.deepEqual(mot.scores, [0.5, 0.3]);
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
