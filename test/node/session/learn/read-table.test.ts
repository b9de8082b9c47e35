import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MOST_ROWS, readTable } from '../../../../src/session/learn/read-table.js';

const blob = (text: string): Blob => new Blob([text]);

describe('Reading a table', () => {
  it('takes commas, semicolons, tabs and pipes, with and without a header', async () => {
    for (const delimiter of [',', ';', '\t', '|']) {
      const lines = ['age,pain,sick', '63,typical,0', '41,none,1', '57,typical,1'];
      const text = lines.join('\n').replaceAll(',', delimiter);
      const table = await readTable(blob(text));
      assert.deepEqual(table.header, ['age', 'pain', 'sick']);
      assert.deepEqual(table.rows[1], ['41', 'none', '1']);
      assert.equal(table.total, 3);
      const bare = await readTable(blob(text.split('\n').slice(1).join('\n')));
      assert.equal(bare.header, undefined);
      assert.equal(bare.rows.length, 3);
    }
  });

  it('reads quotes, Windows line ends, UTF-16 and a byte order mark', async () => {
    const quoted = await readTable(blob('\ufeffname,note\r\n"Doe, J","said ""ah"""\r\nRoe,b\r\n'));
    assert.deepEqual(quoted.rows[0], ['Doe, J', 'said "ah"']);
    const utf16 = new Uint8Array(Buffer.from('\ufeffa,b\n1,2\n3,4\n', 'utf16le'));
    const wide = await readTable(new Blob([utf16]));
    assert.deepEqual(wide.header, ['a', 'b']);
  });

  it('leaves out rows that do not fit and says how many', async () => {
    const table = await readTable(blob('a,b,c\n1,2,3\n4,5\n6,7,8\n9,10,11,12\n'));
    assert.equal(table.rows.length, 2);
    assert.equal(table.damaged, 2);
  });

  it('survives wrong quoting', async () => {
    const table = await readTable(blob('a,b\n1,"2\n3,4\n5,6\n'.replace('"2', '2"x"')));
    assert.equal(table.header?.length, 2);
    await assert.rejects(readTable(blob('"a,b\n1,2\n3,4\n')), {
      code: 'table-unreadable',
      detail: 'quotes',
    });
  });

  it('samples 100,000 rows evenly', async () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `${index},${index % 2}`);
    const table = await readTable(blob(`row,odd\n${lines.join('\n')}`));
    assert.equal(table.total, 100_000);
    assert.equal(table.rows.length, MOST_ROWS);
    const mean = table.rows.reduce((sum, [row]) => sum + Number(row), 0) / MOST_ROWS;
    // Three standard errors of the mean of 2000 out of a uniform distribution.
    assert.ok(Math.abs(mean - 50_000) < (3 * 28_868) / Math.sqrt(MOST_ROWS), String(mean));
  });

  it('refuses what is no table', async () => {
    for (const text of ['', 'only words', 'one\ntwo\nthree']) {
      await assert.rejects(readTable(blob(text)), { code: 'table-unreadable' });
    }
    const picture = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]);
    await assert.rejects(readTable(new Blob([picture])), { detail: 'no-text' });
  });
});
