import { parseArgs } from 'node:util';
import { compileModels } from './compile-models.js';
import { ModelCompileError } from './errors.js';
import { PRECISIONS } from './manifest.js';

const USAGE = `Compiles the models for the engine.

  tsx models/compile.ts [--out DIR] [--precision float16|float32] [--force]

  --out        folder to write, replaced as a whole (default dist/models)
  --precision  how weights are stored (default float16)
  --force      compile even what the cache holds
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: 'dist/models' },
      precision: { type: 'string', default: 'float16' },
      force: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  const precision = PRECISIONS.find((known) => known === values.precision);
  if (precision === undefined) {
    throw new ModelCompileError(`--precision should be one of ${PRECISIONS.join(', ')}.`);
  }
  await compileModels({
    outDir: values.out,
    precision,
    force: values.force,
    log: (line) => process.stdout.write(`${line}\n`),
  });
}

main().catch((failure: unknown) => {
  // A ModelCompileError is written for people; anything else is a fault whose stack helps.
  const text =
    failure instanceof ModelCompileError || !(failure instanceof Error)
      ? String(failure)
      : (failure.stack ?? failure.message);
  process.stderr.write(`${text}\n`);
  process.exitCode = 1;
});
