import {
  floatsOf,
  tensorOf,
  type ConvolutionOperator,
  type DepthwiseOperator,
  type LiteModel,
  type LiteOperator,
} from '../../../../models/tflite/model.js';
import {
  floats,
  integers,
  type OnnxConstant,
  type OnnxModel,
  type OnnxNode,
  type OnnxValue,
} from './model.js';

/** Between `[batch, height, width, channels]` and `[batch, channels, height, width]`. */
const CHANNELS_LAST = [0, 2, 3, 1];

/**
 * A float32 network of TensorFlow Lite as ONNX, with the very same numbers.
 * Images have their channels first, as ONNX has them throughout, the input
 * included; before a reshape they are turned to channels last, so that the
 * outputs are those of the given model.
 *
 * @throws RangeError when the model has something without a counterpart here.
 */
export function toOnnx(model: LiteModel): OnnxModel {
  const lowering = new Lowering(model);
  for (const operator of model.operators) lowering.add(operator);
  return lowering.model();
}

class Lowering {
  readonly #source: LiteModel;
  readonly #nodes: OnnxNode[] = [];
  readonly #constants = new Map<string, OnnxConstant>();
  /** Names of the tensors that have their channels first. */
  readonly #images: Set<string>;

  constructor(source: LiteModel) {
    this.#source = source;
    this.#images = new Set(source.inputs);
  }

  model(): OnnxModel {
    const { inputs, outputs } = this.#source;
    return {
      nodes: this.#nodes,
      constants: [...this.#constants.values()],
      inputs: inputs.map((name) => this.#value(name)),
      outputs: outputs.map((name) => this.#value(name)),
    };
  }

  add(operator: LiteOperator): void {
    const { kind, inputs, output } = operator;
    switch (kind) {
      case 'CONV_2D':
        this.#convolution(operator, 1, this.#filter(operator));
        break;
      case 'DEPTHWISE_CONV_2D': {
        const [, , , channels = 0] = tensorOf(this.#source, inputs[1] ?? '').shape;
        this.#convolution(
          operator,
          channels / operator.multiplier,
          this.#depthwiseFilter(operator),
        );
        break;
      }
      case 'ADD':
        for (const input of inputs) this.#requireImage(input, true);
        this.#node('Add', inputs, output);
        this.#images.add(output);
        break;
      case 'RESHAPE': {
        const shape = this.#constant(integers(`${output}/shape`, operator.shape));
        this.#node('Reshape', [this.#channelsLast(inputs[0] ?? ''), shape], output);
        break;
      }
      case 'CONCATENATION':
        for (const input of inputs) this.#requireImage(input, false);
        this.#node('Concat', inputs, output, { axis: operator.axis });
        break;
      case 'QUANTIZE':
      case 'DEQUANTIZE':
        throw new RangeError(`"${output}" is quantised, and only float32 is written as ONNX`);
    }
  }

  #convolution(
    operator: ConvolutionOperator | DepthwiseOperator,
    group: number,
    filter: OnnxConstant,
  ): void {
    const { inputs, output, strides, dilations, padding, activation } = operator;
    const [image = '', , bias = ''] = inputs;
    this.#requireImage(image, true);
    const [, , height = 1, width = 1] = filter.shape;
    const { shape, data } = { ...tensorOf(this.#source, bias), data: this.#floats(bias) };
    const raw = activation === 'NONE' ? output : `${output}/linear`;
    const attributes = {
      group,
      kernel_shape: [height, width],
      strides,
      dilations,
      pads: padding === 'VALID' ? [0, 0, 0, 0] : this.#samePads(operator, [height, width]),
    };
    const weights = [filter, floats(bias, shape, data)].map((value) => this.#constant(value));
    this.#node('Conv', [image, ...weights], raw, attributes);
    if (activation === 'RELU') this.#node('Relu', [raw], output);
    if (activation === 'RELU6') {
      const limits = [0, 6].map((limit) =>
        this.#constant(floats(`limit/${limit}`, [], Float32Array.of(limit))),
      );
      this.#node('Clip', [raw, ...limits], output);
    }
    this.#images.add(output);
  }

  /** TensorFlow's SAME: as much as is needed, the odd row or column at the end. */
  #samePads(
    { inputs, strides, dilations }: ConvolutionOperator | DepthwiseOperator,
    kernel: readonly [number, number],
  ): readonly number[] {
    const [, ...sizes] = tensorOf(this.#source, inputs[0] ?? '').shape;
    const needed = ([0, 1] as const).map((side) => {
      const size = sizes[side] ?? 0;
      const last = (Math.ceil(size / strides[side]) - 1) * strides[side];
      return Math.max(last + (kernel[side] - 1) * dilations[side] + 1 - size, 0);
    });
    return [
      ...needed.map((pad) => Math.floor(pad / 2)),
      ...needed.map((pad) => Math.ceil(pad / 2)),
    ];
  }

  /** From `[out, height, width, in]` to `[out, in, height, width]`. */
  #filter({ inputs: [, name = ''] }: ConvolutionOperator): OnnxConstant {
    const [outputs = 0, height = 0, width = 0, channels = 0] = tensorOf(this.#source, name).shape;
    const plane = height * width;
    const shape = [outputs, channels, height, width];
    return floats(name, shape, swapped(this.#floats(name), outputs, plane, channels));
  }

  /** From `[1, height, width, in * multiplier]` to `[in * multiplier, 1, height, width]`. */
  #depthwiseFilter({ inputs: [, name = ''] }: DepthwiseOperator): OnnxConstant {
    const [, height = 0, width = 0, channels = 0] = tensorOf(this.#source, name).shape;
    const data = swapped(this.#floats(name), 1, height * width, channels);
    return floats(name, [channels, 1, height, width], data);
  }

  #floats(name: string): Float32Array {
    return floatsOf(tensorOf(this.#source, name));
  }

  #channelsLast(name: string): string {
    if (!this.#images.has(name)) return name;
    const turned = `${name}/channels-last`;
    this.#node('Transpose', [name], turned, { perm: CHANNELS_LAST });
    return turned;
  }

  #requireImage(name: string, expected: boolean): void {
    if (this.#images.has(name) === expected) return;
    throw new RangeError(`"${name}" is ${expected ? 'no' : 'an'} image, which is not provided for`);
  }

  #node(
    op: string,
    inputs: readonly string[],
    output: string,
    attributes: OnnxNode['attributes'] = {},
  ): void {
    this.#nodes.push({ op, inputs, output, attributes });
  }

  #constant(constant: OnnxConstant): string {
    this.#constants.set(constant.name, constant);
    return constant.name;
  }

  #value(name: string): OnnxValue {
    const { shape } = tensorOf(this.#source, name);
    if (!this.#images.has(name)) return { name, shape };
    const [batch = 0, height = 0, width = 0, channels = 0] = shape;
    return { name, shape: [batch, channels, height, width] };
  }
}

/** `[outer, rows, columns]` as `[outer, columns, rows]`. */
function swapped(data: Float32Array, outer: number, rows: number, columns: number): Float32Array {
  const result = new Float32Array(data.length);
  for (let block = 0; block < outer; block++) {
    const start = block * rows * columns;
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        result[start + column * rows + row] = data[start + row * columns + column] ?? 0;
      }
    }
  }
  return result;
}
