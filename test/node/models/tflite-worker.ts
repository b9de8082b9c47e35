/**
 * A classic worker that runs `.tflite` files in LiteRT as the app's engine does:
 * its loader uses `importScripts`, which module workers do not have.
 */
import { Environment, loadAndCompile, loadLiteRt, Tensor } from '@litertjs/core';

/** What the worker is told to do. */
export interface LiteRequest {
  /** Address of a `.tflite` file. */
  readonly model: string;
  /** Addresses of float32 files: the prepared picture, and the logits that it should lead to. */
  readonly image: string;
  readonly logits: string;
  readonly shape: readonly number[];
  readonly classes: number;
  /** 1 takes the module without threads. */
  readonly threads: number;
}

export interface LiteReply {
  /** Class of the largest logit, the background aside. */
  readonly best: number;
  /** Largest difference of a probability. */
  readonly worst: number;
  readonly outputs: readonly string[];
  readonly threads: number;
}

const LITERT = new URL('litert/', self.location.href).href;

async function run(request: LiteRequest): Promise<LiteReply> {
  const threads = request.threads > 1;
  // Both are looked for beside the worker otherwise; the threads would be copies of this very file.
  Object.assign(self, {
    Module: {
      locateFile: (file: string) => LITERT + file,
      mainScriptUrlOrBlob: `${LITERT}litert_wasm_threaded_internal.js`,
    },
  });
  const { liteRtWasm } = await loadLiteRt(LITERT, { threads });
  const environment = await Environment.create({ webGpuDevice: null });
  const model = await loadAndCompile(new Uint8Array(await fetchBuffer(request.model)), {
    accelerator: 'wasm',
    environment,
    cpuOptions: { numThreads: request.threads },
  });
  const image = new Float32Array(await fetchBuffer(request.image));
  const input = new Tensor(image, [...request.shape], environment);
  const results = await model.run({ image: input });
  const logits = results['logits']?.toTypedArray() ?? [];
  const expected = new Float32Array(await fetchBuffer(request.logits));
  const { classes } = request;
  let best = 1;
  let worst = 0;
  for (const [index, value] of expected.entries()) {
    const logit = logits[index] ?? NaN;
    if (index % classes !== 0 && logit > (logits[best] ?? NaN)) best = index;
    const difference = Math.abs(probability(logit) - probability(value));
    if (!(difference <= worst)) worst = difference;
  }
  const outputs = model.getOutputDetails().map(({ name }) => name);
  for (const tensor of [input, ...Object.values(results)]) tensor.delete();
  model.delete();
  environment.delete();
  return { best: best % classes, worst, outputs, threads: liteRtWasm.getThreadCount() };
}

async function fetchBuffer(address: string): Promise<ArrayBuffer> {
  return (await fetch(address)).arrayBuffer();
}

function probability(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

self.onmessage = (event: MessageEvent<LiteRequest>) => {
  run(event.data).then(
    (reply) => {
      self.postMessage(reply);
    },
    (failure: unknown) => {
      self.postMessage({ failure: String(failure) });
    },
  );
};
