import { dispose, gather, tensor1d, type Tensor1D } from '@tensorflow/tfjs-core';
import { SightlineError } from '../../domain/errors.js';
import type { Network } from '../../domain/network/network.js';
import { randomNumbers, shuffled } from '../../domain/random.js';
import type { TrainingSet } from '../../domain/teach/lesson.js';
import type { TrainingProgress, TrainingRequest, TrainingResult } from '../../protocol/training.js';
import { DenseTrainer, disposeRows, uploadRows, type Rows } from './dense-trainer.js';

/** Looks at the loss over a whole training: enough for a curve, few enough not to hold it up. */
const LOOKS = 60;
/** Steps between two looks, at most: whoever watches a long training wants to see it move. */
const MOST_STEPS = 200;
/** Milliseconds for which messages may have to wait: whoever cancels must be heard. */
const DEAF = 50;

export interface TrainCall {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TrainingProgress) => void;
}

/** The best weights so far. */
interface Best {
  readonly values: Tensor1D;
  readonly loss: number;
}

/**
 * Trains on the current TensorFlow.js backend, as the domain's `train` does,
 * only that the watched loss is looked at every few epochs instead of after
 * each: reading a number back from a GPU costs more than a step. Which epochs
 * those are follows from the request alone, so that the same request gives the
 * same weights.
 *
 * @returns After a cancel the best so far.
 * @throws SightlineError `training-failed` when there is nothing to train on, or sizes do not match.
 */
export async function trainOnBackend(
  request: TrainingRequest,
  { signal, onProgress }: TrainCall,
): Promise<TrainingResult> {
  const { examples, validation, options, network } = request;
  assertFits(request, examples);
  if (validation) assertFits(request, validation);
  const batchSize = Math.min(
    options.batchSize > 0 ? options.batchSize : examples.count,
    examples.count,
  );
  const perEpoch = Math.ceil(examples.count / batchSize);
  const steps = options.epochs * perEpoch;
  const most = Math.ceil(MOST_STEPS / perEpoch);
  const everyEpochs = Math.max(1, Math.min(most, Math.floor(options.epochs / LOOKS)));
  const trainer = new DenseTrainer(network, options, steps);
  const all = uploadRows(examples.inputs, examples.targets, examples.count, options);
  const watched = validation
    ? uploadRows(validation.inputs, validation.targets, validation.count, options)
    : all;
  const random = randomNumbers(options.seed);
  let [best] = await look(trainer, watched);
  let end: TrainingResult['end'] = 'completed';
  let progressAt = 0;
  const breath = new Breath();
  const start = performance.now();
  try {
    for (let epoch = 0; epoch < options.epochs; epoch++) {
      if (batchSize === examples.count) trainer.descend(all);
      else await descendInBatches(trainer, all, batchSize, random, breath);
      await breath.take();
      const isLook = (epoch + 1) % everyEpochs === 0 || epoch + 1 === options.epochs;
      if (!isLook && !signal.aborted) continue;
      const [now, watchedAccuracy] = await look(trainer, watched);
      if (!Number.isFinite(now.loss)) {
        now.values.dispose();
        end = 'diverged';
        break;
      }
      if (now.loss < best.loss - options.minimumProgress) progressAt = epoch;
      const isBetter = now.loss < best.loss;
      (isBetter ? best : now).values.dispose();
      if (isBetter) best = now;
      onProgress({
        step: trainer.step,
        steps,
        loss: validation ? await lossOver(trainer, all) : now.loss,
        watchedLoss: now.loss,
        watchedAccuracy,
        best: trainer.networkOf(await best.values.data<'float32'>()),
      });
      if (signal.aborted) {
        end = 'cancelled';
        break;
      }
      if (epoch - progressAt >= options.patience) {
        end = 'converged';
        break;
      }
    }
    const network = trainer.networkOf(await best.values.data<'float32'>());
    return {
      end,
      network,
      last: end === 'diverged' ? network : await currentNetwork(trainer),
      loss: best.loss,
      steps: trainer.step,
      milliseconds: performance.now() - start,
    };
  } finally {
    best.values.dispose();
    trainer.dispose();
    disposeRows(all);
    if (watched !== all) disposeRows(watched);
  }
}

/** The weights as they are, with the loss over some rows and the share of right answers. */
async function look(trainer: DenseTrainer, rows: Rows): Promise<[Best, accuracy: number]> {
  const measured = trainer.evaluate(rows);
  try {
    const [loss = NaN, accuracy = NaN] = await measured.data<'float32'>();
    return [{ values: trainer.snapshot(), loss }, accuracy];
  } finally {
    measured.dispose();
  }
}

async function currentNetwork(trainer: DenseTrainer): Promise<Network> {
  const values = trainer.snapshot();
  try {
    return trainer.networkOf(await values.data<'float32'>());
  } finally {
    values.dispose();
  }
}

async function lossOver(trainer: DenseTrainer, rows: Rows): Promise<number> {
  const measured = trainer.evaluate(rows);
  const [loss = NaN] = await measured.data<'float32'>();
  measured.dispose();
  return loss;
}

/** One epoch in random order. */
async function descendInBatches(
  trainer: DenseTrainer,
  { inputs, targets, count }: Rows,
  batchSize: number,
  random: ReturnType<typeof randomNumbers>,
  breath: Breath,
): Promise<void> {
  const order = shuffled(
    Array.from({ length: count }, (_, row) => row),
    random,
  );
  for (let first = 0; first < count; first += batchSize) {
    const rows = order.slice(first, first + batchSize);
    const indices = tensor1d(rows, 'int32');
    const batch: Rows = {
      count: rows.length,
      inputs: gather(inputs, indices),
      targets: {
        values: gather(targets.values, indices),
        weights: targets.weights,
        totals: gather(targets.totals, indices),
      },
    };
    trainer.descend(batch);
    dispose([indices, batch.inputs, batch.targets.values, batch.targets.totals]);
    await breath.take();
  }
}

function assertFits({ network }: TrainingRequest, { count, inputs, targets }: TrainingSet): void {
  const [first, last] = [network.layers.at(0), network.layers.at(-1)];
  const fits =
    first !== undefined &&
    last !== undefined &&
    count > 0 &&
    inputs.length === count * first.inputs &&
    targets.length === count * last.units;
  if (!fits) throw new SightlineError('training-failed', 'examples and network do not match');
}

/** Lets messages in from time to time; it changes nothing about the numbers. */
class Breath {
  #last = performance.now();

  async take(): Promise<void> {
    if (performance.now() - this.#last < DEAF) return;
    await nextTask();
    this.#last = performance.now();
  }
}

/** Lets messages in; a timeout of 0 would wait 4 ms. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
