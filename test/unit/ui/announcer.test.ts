import { expect } from 'chai';
import type { Detection } from '../../../src/domain/detection.js';
import { Announcer, countLabels } from '../../../src/ui/controllers/announcer.js';
import { delay } from '../../support/promises.js';

const INTERVAL = 40;

function frame(...labels: readonly string[]): readonly Detection[] {
  return labels.map((label) => ({ bbox: [0, 0, 1, 1], class: label, score: 1 }));
}

describe('Announcer', () => {
  let said: string[];
  let announcer: Announcer;

  beforeEach(() => {
    said = [];
    announcer = new Announcer(
      (text) => said.push(text),
      () => 'en',
      INTERVAL,
    );
  });

  afterEach(() => {
    announcer.reset();
  });

  async function watch(...frames: readonly (readonly Detection[])[]): Promise<void> {
    for (const detections of frames) announcer.add(detections);
    await delay(INTERVAL + 20);
  }

  it('waits, says it once, and is silent while nothing changes', async () => {
    announcer.add(frame('cup'));
    expect(said).to.deep.equal([]);
    await delay(INTERVAL + 20);
    await watch(frame('cup'), frame('cup'));
    expect(said).to.deep.equal(['cup']);
  });

  it('says the most frequent first, with its number', async () => {
    await watch(frame('cup', 'person', 'person'));
    expect(said).to.deep.equal(['2 people, cup']);
  });

  it('ignores what flickers', async () => {
    await watch(frame('cup'), frame('cup', 'cat'), frame('cup'));
    await watch(frame('cup'), frame(), frame('cup'));
    expect(said).to.deep.equal(['cup']);
  });

  it('says when nothing is left, but does not begin with that', async () => {
    await watch(frame(), frame());
    expect(said).to.deep.equal([]);
    await watch(frame('cup'));
    await watch(frame(), frame());
    expect(said).to.deep.equal(['cup', 'Nothing recognised']);
  });

  it('says nothing about what it was told to forget', async () => {
    announcer.add(frame('cup'));
    announcer.reset();
    await delay(INTERVAL + 20);
    expect(said).to.deep.equal([]);
  });
});

describe('countLabels', () => {
  it('counts each label', () => {
    expect([...countLabels(frame('cup', 'cat', 'cup'))]).to.deep.equal([
      ['cup', 2],
      ['cat', 1],
    ]);
  });
});
