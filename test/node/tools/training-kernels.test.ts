import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { it } from 'node:test';
import { kernelCode, kernelCodeFile } from '../../../tools/make-training-kernels.js';

it('the training kernels in the repository are those of their source', async () => {
  assert.equal(await readFile(kernelCodeFile, 'utf8'), await kernelCode());
});
