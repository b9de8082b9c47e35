import { SightlineError } from '../../../domain/errors.js';
import { UNKNOWN, type Head } from '../../../domain/head.js';
import {
  formatLayersModel,
  parseLayersModel,
  type LayersModelHead,
} from '../../../domain/network/layers-model.js';
import { weightsToBytes } from '../../../domain/network/weight-bytes.js';
import {
  assembleHead,
  describeHead,
  parseHeadDescription,
  type TravellingHead,
} from '../../../domain/project/head-file.js';
import { record, ShapeError, text } from '../../../domain/shape.js';
import { DEFAULT_THRESHOLD } from '../../../domain/teach/threshold.js';
import { packZip, type Bytes } from '../../../platform/zip-file.js';
import { newId } from '../new-id.js';

/** Teachable Machine's three files. */
export const TEACHABLE_FILES = ['model.json', 'weights.bin', 'metadata.json'] as const;

/** What `metadata.json` calls the background class, which others have no empty name for. */
const BACKGROUND = 'unknown';

/** What our own exports add to `metadata.json`; others pass it over. */
interface OwnMetadata {
  readonly id: string;
  readonly name: string;
  readonly model: string;
  readonly description: unknown;
}

const ownMetadata = record<OwnMetadata>({
  id: text(64, /^[A-Za-z0-9_-]{1,64}$/),
  name: text(200),
  model: text(64),
  description: (value) => value,
});

/** One head as Teachable Machine and TensorFlow.js know it. */
export async function exportTeachable(travelling: TravellingHead | undefined): Promise<Blob> {
  if (travelling === undefined) throw new SightlineError('nothing-to-export');
  const { head } = travelling;
  const { id, name, source, network, output } = head;
  const labels = head.labels.map((label) => (label === UNKNOWN ? BACKGROUND : label));
  const files = formatLayersModel({ network, labels, name, output }, new Date(head.created));
  const own: OwnMetadata = {
    id,
    name,
    model: source.model,
    description: describeHead({ ...travelling, trainedOn: undefined }),
  };
  const metadata = { ...(JSON.parse(files.metadata) as object), sightline: own };
  const encoder = new TextEncoder();
  return packZip(
    [
      { path: 'model.json', bytes: encoder.encode(files.model) },
      { path: 'weights.bin', bytes: files.weights },
      { path: 'metadata.json', bytes: encoder.encode(JSON.stringify(metadata)) },
    ],
    () => false,
  );
}

/** What a head that says nothing of its features is taken to look at. */
export interface AssumedSource {
  readonly model: string;
  readonly maps: readonly string[];
  readonly channels: readonly number[];
  readonly normalisation: 'none' | 'l2';
}

/**
 * Reads such a head: one of ours as it was, another one if it takes as many features
 * as the settings ask for.
 *
 * @throws SightlineError `project-corrupt`, `head-incompatible`.
 */
export function readTeachable(
  files: ReadonlyMap<string, Bytes>,
  assumed: AssumedSource | undefined,
): TravellingHead {
  const decoder = new TextDecoder();
  const [model = '', metadata = ''] = ['model.json', 'metadata.json'].map((name) =>
    decoder.decode(files.get(name)),
  );
  const weights = files.get('weights.bin') ?? new Uint8Array();
  const own = ownOf(metadata);
  if (own !== undefined) return readOwn(own, { model, weights, metadata });
  if (assumed === undefined) throw new SightlineError('not-loaded');
  const inputs = assumed.channels.reduce((sum, count) => sum + count, 0);
  const { network, labels, name, output } = readLayers({ model, weights, metadata }, inputs);
  const head: Head = {
    id: newId(),
    name,
    source: assumed,
    labels,
    network,
    output,
    temperature: 1,
    threshold: DEFAULT_THRESHOLD,
    bases: [],
    created: Date.now(),
  };
  return { head, isOn: true, trainedOn: undefined };
}

function readOwn(
  own: OwnMetadata,
  files: { readonly model: string; readonly weights: Bytes; readonly metadata: string },
): TravellingHead {
  try {
    const described = parseHeadDescription(own.description);
    const inputs = described.channels.reduce((sum, count) => sum + count, 0);
    // The files are the truth, for others may have trained them on.
    const { network } = readLayers(files, inputs);
    return assembleHead({ ...own, weights: weightsToBytes(network) }, described);
  } catch (cause) {
    if (!(cause instanceof ShapeError)) throw cause;
    throw new SightlineError('project-corrupt', cause.message, { cause });
  }
}

function readLayers(
  files: { readonly model: string; readonly weights: Bytes; readonly metadata: string },
  inputs: number,
): LayersModelHead {
  try {
    return parseLayersModel(files, inputs);
  } catch (cause) {
    if (!(cause instanceof SightlineError)) throw cause;
    const code = cause.code === 'model-incompatible' ? 'head-incompatible' : 'project-corrupt';
    throw new SightlineError(code, cause.detail, { cause });
  }
}

function ownOf(metadata: string): OwnMetadata | undefined {
  let written: unknown;
  try {
    written = JSON.parse(metadata);
  } catch (cause) {
    throw new SightlineError('project-corrupt', 'metadata.json is no JSON', { cause });
  }
  const { sightline } = (written ?? {}) as { readonly sightline?: unknown };
  if (sightline === undefined) return undefined;
  try {
    return ownMetadata(sightline, 'metadata.json');
  } catch (cause) {
    throw new SightlineError('project-corrupt', 'metadata.json was changed', { cause });
  }
}
