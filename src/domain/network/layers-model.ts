import { SightlineError } from '../errors.js';
import { list, number, record, ShapeError, text, oneOf, type Shape } from '../shape.js';
import { ACTIVATION_NAMES, type ActivationName } from './activation.js';
import type { DenseLayer } from './dense-layer.js';
import type { LossName } from './loss.js';
import type { Network } from './network.js';
import { weightsToBytes } from './weight-bytes.js';

/**
 * A trained head as others know it: the three files of Teachable Machine, of which
 * `model.json` and `weights.bin` are a TensorFlow.js LayersModel that
 * `tf.loadLayersModel` takes.
 */
export interface LayersModelFiles {
  /** `model.json` */
  readonly model: string;
  /** `weights.bin`: float32, little-endian. */
  readonly weights: Uint8Array<ArrayBuffer>;
  /** `metadata.json`, with the labels. */
  readonly metadata: string;
}

/** What the files hold. */
export interface LayersModelHead {
  /** Its last layer is linear, whatever the file makes of its outputs. */
  readonly network: Network;
  /** One for each output. */
  readonly labels: readonly string[];
  readonly name: string;
  /** What makes predictions of the outputs. */
  readonly output: OutputKind;
}

/** How outputs become predictions: one of several labels, any number of them, or plain numbers. */
export type OutputKind = LossName;

/** What the last layer is called where the predictions are made by its activation. */
const OUTPUT_ACTIVATIONS = {
  'softmax-cross-entropy': 'softmax',
  'sigmoid-cross-entropy': 'sigmoid',
  'squared-error': 'linear',
} as const satisfies Record<OutputKind, string>;

type FileActivation = ActivationName | 'softmax';

interface FileLayer {
  readonly class_name: 'Dense';
  readonly config: {
    readonly units: number;
    readonly activation: FileActivation;
  };
}

interface FileModel {
  readonly modelTopology: {
    readonly class_name: 'Sequential';
    readonly config: { readonly layers: readonly FileLayer[] };
  };
  readonly weightsManifest: readonly {
    readonly weights: readonly {
      readonly name: string;
      readonly shape: readonly number[];
      readonly dtype: 'float32';
    }[];
  }[];
}

const LARGEST = 65_536;
const MOST_LAYERS = 8;

/** tfjs writes the topology as an object, Keras' converter as one with `model_config` around it. */
const topology: Shape<FileModel['modelTopology']> = (value, where) => {
  const { model_config: wrapped } = (value ?? {}) as { model_config?: unknown };
  return record<FileModel['modelTopology']>({
    class_name: oneOf(['Sequential']),
    config: record<{ layers: readonly FileLayer[] }>({
      layers: list(
        record<FileLayer>({
          class_name: oneOf(['Dense']),
          config: record<FileLayer['config']>({
            units: number(1, LARGEST, true),
            activation: oneOf([...ACTIVATION_NAMES, 'softmax']),
          }),
        }),
        MOST_LAYERS,
      ),
    }),
  })(wrapped ?? value, where);
};

const fileModel = record<FileModel>({
  modelTopology: topology,
  weightsManifest: list(
    record<FileModel['weightsManifest'][number]>({
      weights: list(
        record<FileModel['weightsManifest'][number]['weights'][number]>({
          name: text(200),
          shape: list(number(1, LARGEST, true), 2),
          dtype: oneOf(['float32']),
        }),
        2 * MOST_LAYERS,
      ),
    }),
    1,
  ),
});

/** Writes a head; weights are rounded to float32. */
export function formatLayersModel(head: LayersModelHead, created: Date): LayersModelFiles {
  const { network, labels, name, output } = head;
  const layers = network.layers.map((layer, index) => ({
    class_name: 'Dense',
    config: {
      name: `dense_${index + 1}`,
      trainable: true,
      dtype: 'float32',
      batch_input_shape: [null, layer.inputs],
      units: layer.units,
      activation:
        index === network.layers.length - 1 ? OUTPUT_ACTIVATIONS[output] : layer.activation,
      use_bias: true,
    },
  }));
  const weights = network.layers.flatMap(({ inputs, units }, index) => [
    { name: `dense_${index + 1}/kernel`, shape: [inputs, units], dtype: 'float32' },
    { name: `dense_${index + 1}/bias`, shape: [units], dtype: 'float32' },
  ]);
  return {
    model: JSON.stringify({
      format: 'layers-model',
      generatedBy: 'Sightline',
      convertedBy: null,
      modelTopology: {
        class_name: 'Sequential',
        config: { name: 'head', layers },
        keras_version: 'tfjs-layers 4.22.0',
        backend: 'tensor_flow.js',
      },
      weightsManifest: [{ paths: ['weights.bin'], weights }],
    }),
    weights: weightsToBytes(network),
    metadata: JSON.stringify({
      packageName: 'sightline',
      modelName: name,
      timeStamp: created.toISOString(),
      labels,
    }),
  };
}

/**
 * Reads a head: dense layers on top of each other, nothing else.
 *
 * @param inputs How many features there are to feed it with.
 * @throws SightlineError `model-corrupt` when the files do not fit each other,
 *   `model-incompatible` for other layers or a head for other features.
 */
export function parseLayersModel(files: LayersModelFiles, inputs: number): LayersModelHead {
  const { modelTopology, weightsManifest } = checked(() =>
    fileModel(JSON.parse(files.model), 'model.json'),
  );
  const { labels, modelName } = checked(() => {
    const shape = record<{ labels: readonly string[]; modelName: string | undefined }>({
      labels: list(text(1000), LARGEST),
      modelName: (value, where) => (value === undefined ? undefined : text(1000)(value, where)),
    });
    return shape(JSON.parse(files.metadata), 'metadata.json');
  });
  const shapes = weightsManifest.flatMap(({ weights }) => weights.map(({ shape }) => shape));
  const { layers: described } = modelTopology.config;
  const [first] = shapes;
  if (first?.length === 2 && first[0] !== inputs) {
    throw new SightlineError('model-incompatible', `made for ${first[0] ?? 0} features`);
  }
  let position = 0;
  const take = (count: number): Float64Array => {
    const end = position + 4 * count;
    if (end > files.weights.length) {
      throw new SightlineError('model-corrupt', 'weights.bin is too short');
    }
    const view = new DataView(files.weights.buffer, files.weights.byteOffset + position, 4 * count);
    position = end;
    return Float64Array.from({ length: count }, (_, index) => view.getFloat32(4 * index, true));
  };
  const last = described.at(-1)?.config.activation;
  let width = inputs;
  const layers = described.map(({ config: { units, activation } }, index): DenseLayer => {
    const [kernel = [], bias = []] = shapes.slice(2 * index, 2 * index + 2);
    const fits = kernel[0] === width && kernel[1] === units && bias[0] === units;
    if (!fits || bias.length !== 1) {
      throw new SightlineError('model-corrupt', `layer ${index + 1} has weights of another shape`);
    }
    const isLast = index === described.length - 1;
    if (activation === 'softmax' && !isLast) {
      throw new SightlineError('model-incompatible', 'softmax inside the network');
    }
    const layer: DenseLayer = {
      inputs: width,
      units,
      activation: isLast || activation === 'softmax' ? 'linear' : activation,
      weights: take(width * units),
      biases: take(units),
    };
    width = units;
    return layer;
  });
  if (layers.length === 0 || position !== files.weights.length || width !== labels.length) {
    throw new SightlineError('model-corrupt', 'layers, weights and labels do not fit each other');
  }
  return { network: { layers }, labels, name: modelName ?? '', output: outputKind(last) };
}

function outputKind(activation: FileActivation | undefined): OutputKind {
  const kinds = Object.keys(OUTPUT_ACTIVATIONS) as OutputKind[];
  const kind = kinds.find((name) => OUTPUT_ACTIVATIONS[name] === activation);
  if (kind === undefined) {
    throw new SightlineError('model-incompatible', `outputs by ${activation ?? 'nothing'}`);
  }
  return kind;
}

function checked<T>(run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (cause instanceof SyntaxError) {
      throw new SightlineError('model-corrupt', cause.message, { cause });
    }
    // Well-formed, but no head of ours: other layers, other types of numbers.
    if (cause instanceof ShapeError) {
      throw new SightlineError('model-incompatible', cause.message, { cause });
    }
    throw cause;
  }
}
