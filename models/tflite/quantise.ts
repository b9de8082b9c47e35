import { ModelCompileError } from '../errors.js';
import type { Observation, Range } from './calibrate.js';
import { ModelBuilder, tensorOf, type LiteModel, type Quantisation } from './model.js';
import { isWeighted, quantiseWeights } from './quantise-weights.js';

/** What a tensor inside the quantised network is called when an input or output bears its name. */
const INNER = '/int8';

/**
 * The same model in 8-bit integers, as the quantisation specification of
 * TensorFlow Lite has it (Jacob et al. 2018, "Quantization and Training of
 * Neural Networks for Efficient Integer-Arithmetic-Only Inference"): filters
 * symmetric and per output channel, biases int32 in the scale of the sums,
 * everything else asymmetric and per tensor. Inputs and outputs stay float32
 * and are converted at the edge.
 *
 * @param model In float32.
 * @param observations Of every tensor that is computed or given.
 * @param limits Ends to take instead of the observed ones; what is beyond is cut off.
 * @throws ModelCompileError when a tensor was not observed, or would need two scales.
 */
export function quantise(
  model: LiteModel,
  observations: ReadonlyMap<string, Observation>,
  limits: Readonly<Record<string, Partial<Range>>> = {},
): LiteModel {
  const scales = activationScales(model, (name) => {
    const observed = observations.get(name);
    return observed && { ...observed, ...limits[name] };
  });
  const isEdge = new Set([...model.inputs, ...model.outputs]);
  const inner = (name: string): string =>
    isEdge.has(name) && scales.has(name) ? `${name}${INNER}` : name;
  const builder = new ModelBuilder();
  for (const [name, quantisation] of scales) {
    const { shape } = tensorOf(model, name);
    builder.tensor({ name: inner(name), type: 'int8', shape, quantisation });
  }
  for (const name of isEdge) builder.tensor(tensorOf(model, name));
  for (const name of model.inputs) {
    builder.operator({ kind: 'QUANTIZE', inputs: [name], output: inner(name) });
  }
  for (const operator of model.operators) {
    builder.operator({
      ...operator,
      inputs: operator.inputs.map(inner),
      output: inner(operator.output),
    });
    if (isWeighted(operator)) {
      const weights = quantiseWeights(model, operator, scales, observations);
      for (const tensor of weights) builder.tensor(tensor);
    }
    if (operator.kind === 'RESHAPE') builder.tensor(tensorOf(model, operator.inputs[1] ?? ''));
  }
  for (const name of model.outputs) {
    builder.operator({ kind: 'DEQUANTIZE', inputs: [inner(name)], output: name });
  }
  return builder.model(model.inputs, model.outputs);
}

/** The scale and zero point by which `[low, high]` takes 256 levels, zero being one of them. */
export function asymmetric({ low, high }: Range): Quantisation {
  const lowest = Math.min(low, 0);
  // A least scale keeps a tensor that was never anything but zero from dividing by it.
  const scale = Math.max((Math.max(high, 0) - lowest) / 255, 2 ** -20);
  return { scales: [Math.fround(scale)], zeroPoint: Math.round(-128 - lowest / scale), axis: 0 };
}

/**
 * Scales of all computed tensors. Reshaping and concatenating copy numbers as
 * they are, so their inputs take the scale of what they become.
 */
function activationScales(
  model: LiteModel,
  rangeOf: (name: string) => Range | undefined,
): ReadonlyMap<string, Quantisation> {
  const scales = new Map<string, Quantisation>();
  for (const { name, data } of model.tensors.values()) {
    if (data !== undefined) continue;
    const range = rangeOf(name);
    if (range === undefined) throw new ModelCompileError(`"${name}" was not calibrated.`);
    scales.set(name, asymmetric(range));
  }
  const tied = new Map<string, Quantisation>();
  for (const { kind, inputs, output } of model.operators.toReversed()) {
    const wanted = scales.get(output);
    if ((kind !== 'RESHAPE' && kind !== 'CONCATENATION') || wanted === undefined) continue;
    for (const name of inputs) {
      if (!scales.has(name)) continue;
      if ((tied.get(name) ?? wanted) !== wanted) {
        throw new ModelCompileError(`"${name}" would need two scales at once.`);
      }
      tied.set(name, wanted);
      scales.set(name, wanted);
    }
  }
  return scales;
}
