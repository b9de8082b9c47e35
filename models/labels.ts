import { createRequire } from 'node:module';
import { ModelCompileError } from './errors.js';

const require = createRequire(import.meta.url);

/** A class as the coco-ssd package lists it. */
interface ClassEntry {
  readonly id: number;
  readonly displayName: string;
}

/** Path of the file that holds a list of labels. */
export function labelFile(module: string): string {
  return require.resolve(module);
}

/**
 * The label of each column of the logits, `null` for columns that stand for no
 * class, such as the background in column 0.
 *
 * @param columns Columns of the logits, background included.
 * @throws ModelCompileError when there is no such list, or a class lies outside
 *   the columns.
 */
export function readLabels(
  { module, export: name }: { readonly module: string; readonly export: string },
  columns: number,
): readonly (string | null)[] {
  const classes = (require(module) as Record<string, Record<string, ClassEntry> | undefined>)[name];
  if (classes === undefined) throw new ModelCompileError(`${module} has no export "${name}".`);
  const labels = new Array<string | null>(columns).fill(null);
  for (const { id, displayName } of Object.values(classes)) {
    if (!Number.isInteger(id) || id < 0 || id >= columns) {
      throw new ModelCompileError(
        `The label "${displayName}" has the id ${id}, but the logits have ${columns} columns.`,
      );
    }
    labels[id] = displayName;
  }
  return labels;
}
