import { expect } from 'chai';
import { LocalStore } from '../../../src/platform/storage.js';
import { replacing } from '../../support/replace.js';

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isAnything = (value: unknown): value is unknown => value !== undefined;

describe('LocalStore', () => {
  const prefix = 'storage-test.';

  afterEach(() => {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(prefix)) localStorage.removeItem(key);
    }
  });

  it('keeps plain data under its prefix', () => {
    const store = new LocalStore(prefix);
    store.write('answer', { a: [1, 2], b: null });
    expect(new LocalStore(prefix).read('answer', isAnything)).to.deep.equal({ a: [1, 2], b: null });
    expect(localStorage.getItem(`${prefix}answer`)).to.equal('{"a":[1,2],"b":null}');
  });

  it('knows nothing that was not written, or was removed', () => {
    const store = new LocalStore(prefix);
    expect(store.read('answer', isNumber)).to.equal(undefined);
    store.write('answer', 42);
    store.remove('answer');
    expect(store.read('answer', isNumber)).to.equal(undefined);
  });

  it('ignores what has another shape, or is no JSON at all', () => {
    const store = new LocalStore(prefix);
    store.write('answer', 'forty-two');
    expect(store.read('answer', isNumber)).to.equal(undefined);
    localStorage.setItem(`${prefix}answer`, '{"half": ');
    expect(store.read('answer', isNumber)).to.equal(undefined);
  });

  it('keeps things in memory where storage is forbidden', () => {
    const store = new LocalStore(prefix, () => {
      throw new DOMException('no', 'SecurityError');
    });
    store.write('answer', 42);
    expect(store.read('answer', isNumber)).to.equal(42);
    store.remove('answer');
    expect(store.read('answer', isNumber)).to.equal(undefined);
  });

  it('prefers what it could not store to what was stored before', async () => {
    const store = new LocalStore(prefix);
    store.write('answer', 1);
    const refuse = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    await replacing(Storage.prototype, 'setItem', refuse, () => {
      store.write('answer', 2);
      expect(store.read('answer', isNumber)).to.equal(2);
    });
    store.write('answer', 3);
    expect(new LocalStore(prefix).read('answer', isNumber)).to.equal(3);
  });
});
