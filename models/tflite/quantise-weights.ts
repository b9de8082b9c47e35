import type { Observation } from './calibrate.js';
import {
  bytesOf,
  floatsOf,
  tensorOf,
  type ConvolutionOperator,
  type DepthwiseOperator,
  type LiteModel,
  type LiteOperator,
  type LiteTensor,
  type Quantisation,
} from './model.js';

type WeightedOperator = ConvolutionOperator | DepthwiseOperator;

/** Largest level of a filter; -128 stays unused, as the specification wants it. */
const LARGEST_LEVEL = 127;

/** Whether an operator has a filter and a bias as its second and third input. */
export function isWeighted(operator: LiteOperator): operator is WeightedOperator {
  return operator.kind === 'CONV_2D' || operator.kind === 'DEPTHWISE_CONV_2D';
}

/**
 * Filter and bias of an operator as int8 and int32.
 *
 * Rounding a filter shifts the mean of what it computes. The bias takes that
 * back, as far as the mean of the input tells ("bias correction", Nagel et al.
 * 2019, "Data-Free Quantization Through Weight Equalization and Bias
 * Correction", here with observed means).
 *
 * @param scales Of the tensors that are computed.
 */
export function quantiseWeights(
  model: LiteModel,
  operator: WeightedOperator,
  scales: ReadonlyMap<string, Quantisation>,
  observations: ReadonlyMap<string, Observation>,
): readonly LiteTensor[] {
  const [image = '', filterName = '', biasName = ''] = operator.inputs;
  const filter = tensorOf(model, filterName);
  const bias = tensorOf(model, biasName);
  const biases = Float64Array.from(floatsOf(bias));
  const inputScale = scales.get(image)?.scales[0] ?? 1;
  const outputScale = scales.get(operator.output)?.scales[0] ?? 1;
  const values = floatsOf(filter);
  const indexing = indexingOf(operator, filter);
  const filterScales = Array.from(largestPerChannel(values, indexing), (largest, channel) =>
    Math.fround(
      Math.max(
        largest / LARGEST_LEVEL,
        // Room for the bias in its 32 bits, and XNNPACK takes no factor below 2^-32 to the output.
        Math.abs(biases[channel] ?? 0) / (inputScale * 2 ** 30),
        (outputScale / inputScale) * 2 ** -30,
      ),
    ),
  );
  const means = observations.get(image)?.channelMeans ?? new Float64Array();
  const levels = new Int8Array(values.length);
  for (const [index, value] of values.entries()) {
    const channel = indexing.output(index);
    const scale = filterScales[channel] ?? 1;
    const level = Math.max(-LARGEST_LEVEL, Math.min(LARGEST_LEVEL, Math.round(value / scale)));
    levels[index] = level;
    const shift = (value - level * scale) * (means[indexing.input(index)] ?? 0);
    biases[channel] = (biases[channel] ?? 0) + shift;
  }
  const biasScales = filterScales.map((scale) => Math.fround(scale * inputScale));
  const sums = Int32Array.from(biases, (value, channel) =>
    Math.round(value / (biasScales[channel] ?? 1)),
  );
  return [
    {
      ...filter,
      type: 'int8',
      data: bytesOf(levels),
      quantisation: { scales: filterScales, zeroPoint: 0, axis: indexing.axis },
    },
    {
      ...bias,
      type: 'int32',
      data: bytesOf(sums),
      quantisation: { scales: biasScales, zeroPoint: 0, axis: 0 },
    },
  ];
}

/** Where the channels of a value of a filter are, by its position in the flattened filter. */
interface Indexing {
  /** Axis of the output channels. */
  readonly axis: number;
  readonly channels: number;
  readonly output: (index: number) => number;
  readonly input: (index: number) => number;
}

function indexingOf(operator: WeightedOperator, { shape }: LiteTensor): Indexing {
  const [outputs = 0, height = 0, width = 0, last = 0] = shape;
  if (operator.kind === 'DEPTHWISE_CONV_2D') {
    const { multiplier } = operator;
    const output = (index: number): number => index % last;
    const input = (index: number): number => Math.floor((index % last) / multiplier);
    return { axis: 3, channels: last, output, input };
  }
  const patch = height * width * last;
  const output = (index: number): number => Math.floor(index / patch);
  return { axis: 0, channels: outputs, output, input: (index) => index % last };
}

function largestPerChannel(values: Float32Array, { channels, output }: Indexing): Float64Array {
  const largest = new Float64Array(channels);
  for (const [index, value] of values.entries()) {
    const channel = output(index);
    largest[channel] = Math.max(largest[channel] ?? 0, Math.abs(value));
  }
  return largest;
}
