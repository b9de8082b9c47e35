import { readFile } from 'node:fs/promises';
import type { ModelInput, SsdHead } from '../src/domain/model-manifest.js';
import { ModelCompileError } from './errors.js';
import type { CutOutput } from './passes/cut.js';
import { LITE_PRECISIONS, type LitePrecision, type LiteTolerance } from './tflite/precision.js';

/** Precisions that a model can be compiled to. */
export const PRECISIONS = ['float16', 'float32'] as const;
export type Precision = (typeof PRECISIONS)[number];

/** A package on the npm registry, pinned to its exact bytes. */
export interface PackagePin {
  readonly package: string;
  readonly version: string;
  /** Subresource integrity of the archive: `sha512-<base64>`. */
  readonly integrity: string;
}

/** Largest absolute deviations from the original that are still called equal. */
export interface Tolerance {
  /** Of the prepared picture, in the network's input range. */
  readonly input: number;
  /** Of probabilities. */
  readonly scores: number;
  /** Of box corners, in widths or heights of the picture. */
  readonly corners: number;
  /** Of all named outputs as they are, in their own units. */
  readonly outputs: number;
}

export interface ParityPicture {
  /** Relative to the root of the repository. */
  readonly path: string;
  /** Label that must score highest, which proves that pictures and labels are read rightly. */
  readonly shows: string;
}

/** What the compiler has to know about one model: the content of `models/<id>/manifest.json`. */
export interface CompilerManifest {
  readonly id: string;
  readonly name: string;
  readonly licence: string;
  readonly origin: string;
  /** `topology` is the path of the graph model's JSON inside the archive; its weights lie beside it. */
  readonly source: PackagePin & { readonly topology: string };
  /** A CommonJS module and its export: classes by id, the id being the column of the logits. */
  readonly labels: { readonly module: string; readonly export: string };
  /** `node` is the tensor of the original that the prepared picture takes the place of. */
  readonly input: ModelInput & { readonly node: string };
  readonly outputs: readonly (CutOutput & { readonly shape: readonly number[] })[];
  readonly head: Omit<SsdHead, 'anchorCount' | 'classCount'>;
  readonly features: readonly string[];
  readonly regions: Readonly<Record<string, number>>;
  readonly classFeatures: readonly string[];
  readonly boxFeatures: readonly string[];
  readonly parity: {
    /**
     * Nodes of the original: the picture, probabilities `[1, anchors, classes]`, and corners as
     * (ymin, xmin, ymax, xmax) for each anchor.
     */
    readonly input: string;
    readonly scores: string;
    readonly corners: string;
    readonly pictures: readonly ParityPicture[];
    readonly tolerance: Readonly<Record<Precision, Tolerance>>;
  };
  /** Also to be written as TensorFlow Lite, when present. */
  readonly tflite?: { readonly tolerance: Readonly<Record<LitePrecision, LiteTolerance>> };
}

/**
 * Reads and checks a manifest.
 *
 * @throws ModelCompileError naming the first field that is missing or malformed.
 */
export async function readManifest(path: string): Promise<CompilerManifest> {
  const root = new Field(parse(await readFile(path, 'utf8'), path), path);
  const source = root.get('source');
  const labels = root.get('labels');
  const input = root.get('input');
  const head = root.get('head');
  const parity = root.get('parity');
  const shape = input.get('shape').numbers(4);
  const names = (field: string): readonly string[] => root.get(field).list((name) => name.text());
  return {
    id: root.get('id').text(/^[a-z0-9][a-z0-9-]*$/),
    name: root.get('name').text(),
    licence: root.get('licence').text(),
    origin: root.get('origin').text(),
    source: {
      // What is handed to npm must be a package name and an exact version, never a flag or an address.
      package: source.get('package').text(/^(@[a-z0-9][\w.-]*\/)?[a-z0-9][\w.-]*$/),
      version: source.get('version').text(/^\d+\.\d+\.\d+[\w.+-]*$/),
      integrity: source.get('integrity').text(/^sha512-[A-Za-z0-9+/]{86}==$/),
      topology: source.get('topology').text(),
    },
    labels: { module: labels.get('module').text(), export: labels.get('export').text() },
    input: {
      node: input.get('node').text(),
      name: input.get('name').text(),
      shape: [1, shape[1] ?? 0, shape[2] ?? 0, 3],
      scale: input.get('scale').number(),
      offset: input.get('offset').number(),
      resize: input.get('resize').oneOf(['stretch-legacy-bilinear']),
    },
    outputs: root.get('outputs').list((output) => readOutput(output)),
    head: {
      kind: head.get('kind').oneOf(['ssd']),
      logits: head.get('logits').text(),
      boxEncodings: head.get('boxEncodings').text(),
      anchors: head.get('anchors').text(),
      boxScales: four(head.get('boxScales').numbers(4)),
    },
    features: names('features'),
    regions: root.has('regions') ? root.get('regions').record((part) => part.number()) : {},
    classFeatures: names('classFeatures'),
    boxFeatures: names('boxFeatures'),
    parity: {
      input: parity.get('input').text(),
      scores: parity.get('scores').text(),
      corners: parity.get('corners').text(),
      pictures: parity.get('pictures').list((picture) => ({
        path: picture.get('path').text(),
        shows: picture.get('shows').text(),
      })),
      tolerance: {
        float32: readTolerance(parity.get('tolerance').get('float32')),
        float16: readTolerance(parity.get('tolerance').get('float16')),
      },
    },
    ...(root.has('tflite') ? { tflite: readTflite(root.get('tflite')) } : {}),
  };
}

function readOutput(output: Field): CompilerManifest['outputs'][number] {
  const name = output.get('name').text();
  const shape = output.get('shape').numbers();
  if (!output.has('stack')) return { name, shape, node: output.get('node').text() };
  const stack = output.get('stack').list((node) => node.text());
  return { name, shape, stack, axis: output.get('axis').number() };
}

function readTflite(tflite: Field): NonNullable<CompilerManifest['tflite']> {
  const read = (precision: LitePrecision): LiteTolerance => {
    const tolerance = tflite.get('tolerance').get(precision);
    return {
      scores: tolerance.get('scores').number(),
      corners: tolerance.get('corners').number(),
      outputs: tolerance.get('outputs').number(),
    };
  };
  const [half, int8] = LITE_PRECISIONS;
  return { tolerance: { [half]: read(half), [int8]: read(int8) } };
}

function readTolerance(tolerance: Field): Tolerance {
  return {
    input: tolerance.get('input').number(),
    scores: tolerance.get('scores').number(),
    corners: tolerance.get('corners').number(),
    outputs: tolerance.get('outputs').number(),
  };
}

function four(numbers: readonly number[]): [number, number, number, number] {
  const [a = 0, b = 0, c = 0, d = 0] = numbers;
  return [a, b, c, d];
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ModelCompileError(`${path} is not valid JSON.`, { cause });
  }
}

/** A value of a JSON document that knows where it stands, so that complaints can name the place. */
class Field {
  readonly #value: unknown;
  readonly #place: string;

  constructor(value: unknown, place: string) {
    this.#value = value;
    this.#place = place;
  }

  has(key: string): boolean {
    return typeof this.#value === 'object' && this.#value !== null && key in this.#value;
  }

  get(key: string): Field {
    if (!this.has(key)) throw this.#complaint(`lacks "${key}"`);
    return new Field((this.#value as Record<string, unknown>)[key], `${this.#place} › ${key}`);
  }

  text(pattern = /./): string {
    if (typeof this.#value === 'string' && pattern.test(this.#value)) return this.#value;
    throw this.#complaint(`should be a text that matches ${pattern}`);
  }

  oneOf<Choice extends string>(choices: readonly Choice[]): Choice {
    const found = choices.find((choice) => choice === this.#value);
    if (found !== undefined) return found;
    throw this.#complaint(`should be one of ${choices.join(', ')}`);
  }

  number(): number {
    if (typeof this.#value === 'number') return this.#value;
    throw this.#complaint('should be a number');
  }

  numbers(length?: number): readonly number[] {
    const numbers = this.list((item) => item.number());
    if (length === undefined || numbers.length === length) return numbers;
    throw this.#complaint(`should have ${length} numbers`);
  }

  list<Item>(read: (item: Field) => Item): readonly Item[] {
    if (!Array.isArray(this.#value)) throw this.#complaint('should be a list');
    return this.#value.map((item, index) => read(new Field(item, `${this.#place} › ${index}`)));
  }

  record<Item>(read: (item: Field) => Item): Readonly<Record<string, Item>> {
    if (typeof this.#value !== 'object' || this.#value === null || Array.isArray(this.#value)) {
      throw this.#complaint('should be an object');
    }
    return Object.fromEntries(Object.keys(this.#value).map((key) => [key, read(this.get(key))]));
  }

  #complaint(what: string): ModelCompileError {
    return new ModelCompileError(`${this.#place} ${what}.`);
  }
}
