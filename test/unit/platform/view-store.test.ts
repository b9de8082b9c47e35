import { expect } from 'chai';
import { randomNumbers } from '../../../src/domain/random.js';
import { ViewStore, type SeenView } from '../../../src/platform/view-store.js';
import { anchorScene } from '../../support/anchor-scenes.js';

const NAME = 'view-store-test';
const random = randomNumbers(1);

function seen(): SeenView {
  const { features, logits, boxes } = anchorScene('new', 4, 0, random).view;
  return { features, logits, boxes };
}

describe('ViewStore', () => {
  afterEach(() => ViewStore.destroy(NAME));

  it('gives back what the network saw, to the last bit, also after a reload', async () => {
    const first = await ViewStore.open(NAME);
    const view = seen();
    await first.put(['p1', 'plain'], view);
    first.close();
    const second = await ViewStore.open(NAME);
    expect(await second.get(['p1', 'plain'])).to.deep.equal(view);
    expect(await second.get(['p1', 'nearer'])).to.equal(undefined);
    second.close();
  });

  it('lets go of what was used longest ago', async () => {
    const store = await ViewStore.open(NAME, 3);
    const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));
    for (const id of ['p1', 'p2', 'p3']) {
      await store.put([id, 'plain'], seen());
      await pause();
    }
    await store.get(['p1', 'plain']);
    await pause();
    await store.put(['p4', 'plain'], seen());
    expect(await store.count()).to.equal(3);
    expect(await store.get(['p2', 'plain'])).to.equal(undefined);
    expect(await store.get(['p1', 'plain'])).to.not.equal(undefined);
    store.close();
  });

  it('forgets pictures that are gone', async () => {
    const store = await ViewStore.open(NAME);
    await store.put(['p1', 'plain'], seen());
    await store.put(['p1', 'nearer'], seen());
    await store.put(['p2', 'plain'], seen());
    await store.keepOnly((id) => id === 'p2');
    expect(await store.count()).to.equal(1);
    expect(await store.get(['p2', 'plain'])).to.not.equal(undefined);
    store.close();
  });
});
