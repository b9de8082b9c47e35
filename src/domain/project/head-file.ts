import { SightlineError } from '../errors.js';
import { UNKNOWN, type FeatureSource, type Head, type Likeness } from '../head.js';
import { ACTIVATION_NAMES } from '../network/activation.js';
import { LOSS_NAMES, type LossName } from '../network/loss.js';
import { networkFromBytes, weightsToBytes, type LayerShape } from '../network/weight-bytes.js';
import { LONGEST_LABEL } from '../sample.js';
import { fitsLikeness } from '../teach/likeness.js';
import { boolean, list, number, oneOf, optional, record, ShapeError, text } from '../shape.js';

/** A head on its way between devices. */
export interface TravellingHead {
  readonly head: Head;
  readonly isOn: boolean;
  /** Digest of the samples that it learnt from, if it was trained in this project. */
  readonly trainedOn: string | undefined;
}

/** A head as a project file has it. */
export interface HeadFile {
  readonly id: string;
  readonly name: string;
  readonly model: string;
  /** JSON. */
  readonly description: string;
  /** See `weightsToBytes`. */
  readonly weights: Uint8Array<ArrayBuffer>;
}

/** See `Likeness`; the vectors in base64. */
interface LikenessDescription extends Omit<Likeness, 'vectors'> {
  readonly vectors: string;
}

/** What a description holds; everything else of a head lies beside it. */
export interface HeadDescription {
  readonly labels: readonly string[];
  readonly maps: readonly string[];
  readonly channels: readonly number[];
  readonly normalisation: FeatureSource['normalisation'];
  readonly layers: readonly LayerShape[];
  readonly output: LossName;
  readonly temperature: number;
  readonly threshold: number;
  readonly bases: readonly string[];
  readonly created: number;
  readonly likeness?: LikenessDescription | undefined;
  readonly isOn?: boolean | undefined;
  readonly trainedOn?: string | undefined;
}

const WIDEST = 65_536;
const MOST_LAYERS = 8;
const MOST_LABELS = 1000;
/** In base64. */
const LONGEST_VECTORS = 4_000_000;

const description = record<HeadDescription>({
  labels: list(text(LONGEST_LABEL), MOST_LABELS),
  maps: list(text(100), 20),
  channels: list(number(1, WIDEST, true), 20),
  normalisation: oneOf(['none', 'l2']),
  layers: list(
    record<LayerShape>({
      inputs: number(1, WIDEST, true),
      units: number(1, WIDEST, true),
      activation: oneOf(ACTIVATION_NAMES),
    }),
    MOST_LAYERS,
  ),
  output: oneOf(LOSS_NAMES),
  temperature: number(1e-3, 1e3),
  threshold: number(0, 1),
  bases: list(text(LONGEST_LABEL), MOST_LABELS),
  created: number(0, 8.64e15),
  likeness: optional(
    record<LikenessDescription>({
      least: list(number(0, 1), MOST_LABELS),
      centreScale: number(0, 1e6),
      vectors: text(LONGEST_VECTORS),
    }),
  ),
  isOn: optional(boolean),
  trainedOn: optional(text(40)),
});

/** Describes a head, without what a project file says about it anyway. */
export function describeHead({ head, isOn, trainedOn }: TravellingHead): HeadDescription {
  const { labels, source, network, output, temperature, threshold, likeness, bases, created } =
    head;
  const { maps, channels, normalisation } = source;
  return {
    labels,
    maps,
    channels,
    normalisation,
    layers: network.layers.map(({ inputs, units, activation }) => ({ inputs, units, activation })),
    output,
    temperature,
    threshold,
    bases,
    created,
    likeness: likeness && { ...likeness, vectors: toBase64(likeness.vectors) },
    isOn,
    trainedOn,
  };
}

/** Writes a head; weights are rounded to float32, as they were when it was trained. */
export function writeHead(travelling: TravellingHead): HeadFile {
  const { id, name, source, network } = travelling.head;
  return {
    id,
    name,
    model: source.model,
    description: JSON.stringify(describeHead(travelling)),
    weights: weightsToBytes(network),
  };
}

/**
 * Reads a head that may come from anywhere.
 *
 * @throws SightlineError `project-corrupt`
 */
export function readHead(file: HeadFile): TravellingHead {
  try {
    return assembleHead(file, description(JSON.parse(file.description), 'head'));
  } catch (cause) {
    if (cause instanceof ShapeError || cause instanceof SyntaxError) {
      throw new SightlineError('project-corrupt', cause.message, { cause });
    }
    throw cause;
  }
}

/** Reads a description on its own. @throws ShapeError */
export function parseHeadDescription(value: unknown): HeadDescription {
  return description(value, 'head');
}

/** @throws ShapeError where the parts do not fit each other. */
export function assembleHead(
  { id, name, model, weights }: Omit<HeadFile, 'description'>,
  described: HeadDescription,
): TravellingHead {
  const { labels, maps, channels, normalisation, layers, isOn = true, trainedOn } = described;
  const features = channels.reduce((sum, count) => sum + count, 0);
  let width = features;
  for (const { inputs, units } of layers) {
    if (inputs !== width) throw new ShapeError('layers do not fit each other');
    width = units;
  }
  const known = labels.filter((label) => label !== UNKNOWN);
  const fits =
    layers.length > 0 &&
    maps.length > 0 &&
    maps.length === channels.length &&
    new Set(maps).size === maps.length &&
    width === labels.length &&
    known.length > 0 &&
    new Set(labels).size === labels.length;
  if (!fits) throw new ShapeError('labels, features and layers do not fit each other');
  const network = networkFromBytes(layers, weights);
  if (network === undefined) throw new ShapeError('weights do not fit the layers');
  const { output, temperature, threshold, bases, created } = described;
  const source = { model, maps, channels, normalisation };
  const likeness = described.likeness && {
    ...described.likeness,
    vectors: fromBase64(described.likeness.vectors),
  };
  if (likeness && !fitsLikeness(likeness, { labels: labels.length, inputs: features })) {
    throw new ShapeError('likeness and labels do not fit each other');
  }
  const head = {
    id,
    name,
    source,
    labels,
    network,
    output,
    temperature,
    threshold,
    bases,
    created,
    ...(likeness && { likeness }),
  };
  return { head, isOn, trainedOn };
}

function toBase64(bytes: Int8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte & 0xff)).join(''));
}

/** @throws ShapeError */
function fromBase64(written: string): Int8Array {
  try {
    return Int8Array.from(atob(written), (character) => character.charCodeAt(0));
  } catch (cause) {
    throw new ShapeError('the vectors are no base64', { cause });
  }
}
