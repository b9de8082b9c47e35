import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { it } from 'node:test';
import { kernelCodes } from '../../../tools/make-training-kernels.js';

it('the training kernels in the repository are those of their source', async () => {
  for (const { file, text } of await kernelCodes()) {
    assert.equal(await readFile(file, 'utf8'), text);
  }
});
