import { MOST_TAUGHT, TAUGHT, TAUGHT_REGIONS } from '../../src/domain/model-manifest.js';
import type { AnchorLayout, AnchorMap } from '../../src/domain/detector-head/layout.js';
import { bytesOf, ModelBuilder, type LiteModel } from './model.js';
import type { LitePrecision } from './precision.js';

/**
 * How many class columns the graphs have that find taught classes; the smallest that is
 * enough is taken. A CPU is spared columns that nobody needs; to a GPU they are nothing.
 */
export const FIND_SLOTS: Readonly<Record<LitePrecision, readonly number[]>> = {
  float16: [4, MOST_TAUGHT],
  int8: [1, 4, MOST_TAUGHT],
};

/**
 * Names of a map's constants, which whoever runs the graph overwrites. The number after that
 * of the last map is for the region verifiers.
 */
export function filterName(map: number): string {
  return `${TAUGHT}_${map}/filter`;
}

export function biasName(map: number): string {
  return `${TAUGHT}_${map}/bias`;
}

/**
 * A network with columns for classes that are taught later: to each input of its
 * class predictors one more 1×1 convolution, of zeros, whose outputs together are
 * `TAUGHT`, `[1, anchors, slots]`; and to the first another one, for their region
 * verifiers, which is `TAUGHT_REGIONS`, `[1, rows, columns, slots]`. Everything else is computed as before, to the
 * last bit. The convolutions are in float32 also where the rest is int8: they are
 * a few thousandths of the work, and nobody knows beforehand how large their
 * numbers get.
 *
 * @param model With float32 outputs: those that are kept, and `features`.
 * @param features Inputs of the class predictors, in the order of the layout's maps.
 */
export function withColumns(
  model: LiteModel,
  features: readonly string[],
  layout: AnchorLayout,
  slots: number,
): LiteModel {
  const builder = new ModelBuilder();
  for (const tensor of model.tensors.values()) builder.tensor(tensor);
  for (const operator of model.operators) builder.operator(operator);
  const parts = layout.maps.map((map, index) =>
    addColumns(builder, map, index, features[index] ?? '', slots),
  );
  const shape = [1, layout.anchorCount, slots];
  const output = builder.tensor({ name: TAUGHT, type: 'float32', shape });
  builder.operator({ kind: 'CONCATENATION', inputs: parts, output, axis: 1 });
  const [first] = layout.maps;
  if (first === undefined) throw new RangeError('a network without class predictors');
  const regions = builder.tensor({
    name: TAUGHT_REGIONS,
    type: 'float32',
    shape: [1, first.rows, first.columns, slots],
  });
  convolve(builder, first, layout.maps.length, features[0] ?? '', regions, slots);
  const kept = model.outputs.filter((name) => !features.includes(name));
  return builder.model(model.inputs, [...kept, output, regions]);
}

function addColumns(
  builder: ModelBuilder,
  { rows, columns, channels, perCell }: AnchorMap,
  index: number,
  image: string,
  slots: number,
): string {
  const outputs = perCell * slots;
  const output = builder.tensor({
    name: `${TAUGHT}_${index}/map`,
    type: 'float32',
    shape: [1, rows, columns, outputs],
  });
  convolve(builder, { channels }, index, image, output, outputs);
  const shape = [1, rows * columns * perCell, slots];
  const wanted = builder.tensor({
    name: `${TAUGHT}_${index}/shape`,
    type: 'int32',
    shape: [3],
    data: bytesOf(Int32Array.from(shape)),
    own: true,
  });
  const part = builder.tensor({ name: `${TAUGHT}_${index}`, type: 'float32', shape });
  builder.operator({ kind: 'RESHAPE', inputs: [output, wanted], output: part, shape });
  return part;
}

/** A 1×1 convolution of zeros over a map. */
function convolve(
  builder: ModelBuilder,
  { channels }: Pick<AnchorMap, 'channels'>,
  index: number,
  image: string,
  output: string,
  outputs: number,
): void {
  const constant = (name: string, shape: readonly number[], data: Float32Array): string =>
    builder.tensor({ name, type: 'float32', shape, data: bytesOf(data), own: true });
  const filter = constant(
    filterName(index),
    [outputs, 1, 1, channels],
    new Float32Array(outputs * channels),
  );
  const bias = constant(biasName(index), [outputs], new Float32Array(outputs));
  builder.operator({
    kind: 'CONV_2D',
    inputs: [image, filter, bias],
    output,
    padding: 'VALID',
    strides: [1, 1],
    dilations: [1, 1],
    activation: 'NONE',
  });
}
