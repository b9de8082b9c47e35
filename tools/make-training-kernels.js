/**
 * Compiles `src/engine/train/simd/kernels.wat` and writes the code as text into
 * `kernel-code.ts` beside it, which the trainer is bundled with: it is a few
 * hundred bytes and spares a request. After a change of the kernels run
 * `node tools/make-training-kernels.js`, and commit the result.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import wabt from 'wabt';
import { root } from './root.js';

const folder = join(root, 'src/engine/train/simd');

/** Where the compiled code lies. */
export const kernelCodeFile = join(folder, 'kernel-code.ts');

/** @returns {Promise<string>} What that file should say. */
export async function kernelCode() {
  const compiler = await wabt();
  const source = await readFile(join(folder, 'kernels.wat'), 'utf8');
  const module = compiler.parseWat('kernels.wat', source, { simd: true });
  try {
    module.validate();
    const code = Buffer.from(module.toBinary({}).buffer).toString('base64');
    const lines = code.match(/.{1,84}/g)?.map((line) => `  '${line}'`) ?? [];
    return [
      '/** `kernels.wat`, compiled by `node tools/make-training-kernels.js`; base64. */',
      'export const KERNEL_CODE =',
      `${lines.join(' +\n')};`,
      '',
    ].join('\n');
  } finally {
    module.destroy();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await writeFile(kernelCodeFile, await kernelCode());
}
