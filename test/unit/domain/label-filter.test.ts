import { expect } from 'chai';
import { permittedColumns } from '../../../src/domain/label-filter.js';

const labels = [null, 'person', 'cat', 'dog', null];
const permitted = (allow: string[], deny: string[]) => [...permittedColumns(labels, allow, deny)];

describe('permittedColumns', () => {
  it('permits every label, and never the background, without lists', () => {
    expect(permitted([], [])).to.deep.equal([0, 1, 1, 1, 0]);
  });

  it('permits only what is allowed', () => {
    expect(permitted(['cat', 'dog'], [])).to.deep.equal([0, 0, 1, 1, 0]);
  });

  it('permits everything but what is denied', () => {
    expect(permitted([], ['person'])).to.deep.equal([0, 0, 1, 1, 0]);
  });

  it('lets a denial win over a permission', () => {
    expect(permitted(['cat', 'dog'], ['cat'])).to.deep.equal([0, 0, 0, 1, 0]);
  });

  it('ignores unknown labels, but an allowlist of nothing else permits nothing', () => {
    expect(permitted(['cat', 'unicorn'], ['dragon'])).to.deep.equal([0, 0, 1, 0, 0]);
    expect(permitted(['unicorn'], [])).to.deep.equal([0, 0, 0, 0, 0]);
  });
});
