import { SightlineError } from '../../domain/errors.js';
import { randomNumbers, shuffled, type RandomNumbers } from '../../domain/random.js';
import type { TrainingSet } from '../../domain/teach/lesson.js';
import type { TrainingProgress, TrainingRequest, TrainingResult } from '../../protocol/training.js';
import { batchSizeOf, networkOf, type Descent, type Position } from './descent.js';
import { openDescent, type StepKind } from './open-descent.js';

/** Looks at the loss over a whole training: enough for a curve, few enough not to hold it up. */
const LOOKS = 25;
/** Epochs between two looks, at least: a look takes about half as long as an epoch. */
const LEAST_EPOCHS = 4;
/** Steps between two looks, at most: whoever watches a long training wants to see it move. */
const MOST_STEPS = 200;
/** Milliseconds for which messages may have to wait: whoever cancels must be heard. */
const DEAF = 50;

export interface TrainCall {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: TrainingProgress) => void;
}

/** The best weights so far. */
type Best = Pick<Position, 'values' | 'watchedLoss'>;

/**
 * Trains as the domain's `train` does, only that the watched loss is looked at
 * every few epochs instead of after each. Which epochs those are follows from the
 * request alone, so that the same request gives the same weights.
 *
 * @param kind What computes; TensorFlow.js's backend has to be open for `tensors`.
 * @returns After a cancel the best so far.
 * @throws SightlineError `training-failed` when there is nothing to train on, or sizes do not match.
 */
export async function trainBy(
  kind: StepKind,
  request: TrainingRequest,
  { signal, onProgress }: TrainCall,
): Promise<TrainingResult> {
  const { examples, validation, options, network } = request;
  assertFits(request, examples);
  if (validation) assertFits(request, validation);
  const { layers } = network;
  const batchSize = batchSizeOf(options, examples);
  const perEpoch = Math.ceil(examples.count / batchSize);
  const steps = options.epochs * perEpoch;
  const everyEpochs = epochsBetweenLooks(options.epochs, perEpoch);
  const descent = await openDescent(kind, { network, examples, validation, options, steps });
  const random = randomNumbers(options.seed);
  const breath = new Breath();
  const start = performance.now();
  try {
    let here = await descent.look();
    let best: Best = here;
    let end: TrainingResult['end'] = 'completed';
    let progressAt = 0;
    for (let epoch = 0; epoch < options.epochs; epoch++) {
      if (batchSize === examples.count) descent.descend();
      else await descendInBatches(descent, examples.count, batchSize, random, breath);
      await breath.take();
      const isLook = (epoch + 1) % everyEpochs === 0 || epoch + 1 === options.epochs;
      if (!isLook && !signal.aborted) continue;
      here = await descent.look();
      if (!Number.isFinite(here.watchedLoss)) {
        end = 'diverged';
        break;
      }
      if (here.watchedLoss < best.watchedLoss - options.minimumProgress) progressAt = epoch;
      if (here.watchedLoss < best.watchedLoss) best = here;
      onProgress({
        step: descent.step,
        steps,
        loss: here.loss,
        watchedLoss: here.watchedLoss,
        watchedAccuracy: here.watchedAccuracy,
        best: networkOf(layers, best.values),
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
    return {
      end,
      network: networkOf(layers, best.values),
      last: networkOf(layers, end === 'diverged' ? best.values : here.values),
      loss: best.watchedLoss,
      steps: descent.step,
      milliseconds: performance.now() - start,
      by: kind,
    };
  } finally {
    descent.dispose();
  }
}

function epochsBetweenLooks(epochs: number, stepsPerEpoch: number): number {
  const wanted = Math.max(LEAST_EPOCHS, Math.floor(epochs / LOOKS));
  return Math.min(wanted, Math.ceil(MOST_STEPS / stepsPerEpoch));
}

/** One epoch in random order. */
async function descendInBatches(
  descent: Descent,
  count: number,
  batchSize: number,
  random: RandomNumbers,
  breath: Breath,
): Promise<void> {
  const rows = Array.from({ length: count }, (_, row) => row);
  const order = Uint32Array.from(shuffled(rows, random));
  for (let first = 0; first < count; first += batchSize) {
    descent.descend(order.subarray(first, first + batchSize));
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
