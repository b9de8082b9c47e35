/**
 * Compiles `kernels.wat` and `class.wat` in `src/engine/train/simd/` and writes the code of
 * each as text into a file beside it, which the trainer is bundled with: it is a few
 * hundred bytes and spares a request. After a change of the kernels run
 * `node tools/make-training-kernels.js`, and commit the result.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import wabt from 'wabt';
import { root } from './root.js';

const folder = join(root, 'src/engine/train/simd');

/** What is compiled: the source, and where the code goes under which name. */
const modules = [
  { source: 'kernels.wat', file: 'kernel-code.ts', name: 'KERNEL_CODE' },
  { source: 'class.wat', file: 'class-code.ts', name: 'CLASS_CODE' },
];

/** @returns {Promise<{ file: string, text: string }[]>} What each file of code should say. */
export async function kernelCodes() {
  const compiler = await wabt();
  return Promise.all(
    modules.map(async ({ source, file, name }) => {
      const text = await readFile(join(folder, source), 'utf8');
      const module = compiler.parseWat(source, text, { simd: true });
      try {
        module.validate();
        const code = Buffer.from(module.toBinary({}).buffer).toString('base64');
        const lines = code.match(/.{1,84}/g)?.map((line) => `  '${line}'`) ?? [];
        const written = [
          `/** \`${source}\`, compiled by \`node tools/make-training-kernels.js\`; base64. */`,
          `export const ${name} =`,
          `${lines.join(' +\n')};`,
          '',
        ];
        return { file: join(folder, file), text: written.join('\n') };
      } finally {
        module.destroy();
      }
    }),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const { file, text } of await kernelCodes()) await writeFile(file, text);
}
