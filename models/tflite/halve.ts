import { fitsFloat16, toFloat16Bits } from '../../src/domain/float16.js';
import { bytesOf, floatsOf, ModelBuilder, type LiteModel, type LiteTensor } from './model.js';

/**
 * The same model with its weights stored as float16, each behind a DEQUANTIZE
 * of its own, which XNNPACK and the GPU delegate do away with when they load it.
 *
 * Biases are halved along with their filters: XNNPACK takes a convolution over
 * only if both are of one kind, and without it a frame takes seven times as
 * long. An operator with a value beyond float16 keeps all its weights.
 */
export function halveWeights(model: LiteModel): LiteModel {
  const builder = new ModelBuilder();
  const halved = new Set<string>();
  for (const { inputs } of model.operators) {
    const weights = inputs.flatMap((name) => {
      const tensor = model.tensors.get(name);
      return tensor?.type === 'float32' && tensor.data !== undefined ? [tensor] : [];
    });
    if (!weights.every((tensor) => fitsFloat16(floatsOf(tensor)))) continue;
    for (const tensor of weights) {
      halved.add(tensor.name);
      addHalved(builder, tensor);
    }
  }
  for (const tensor of model.tensors.values()) if (!halved.has(tensor.name)) builder.tensor(tensor);
  for (const operator of model.operators) builder.operator(operator);
  return builder.model(model.inputs, model.outputs);
}

function addHalved(builder: ModelBuilder, tensor: LiteTensor): void {
  const { name, shape } = tensor;
  const data = bytesOf(Uint16Array.from(floatsOf(tensor), toFloat16Bits));
  const stored = builder.tensor({ name: `${name}/float16`, type: 'float16', shape, data });
  const output = builder.tensor({ name, type: 'float32', shape });
  builder.operator({ kind: 'DEQUANTIZE', inputs: [stored], output });
}
