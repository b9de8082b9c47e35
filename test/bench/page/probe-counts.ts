/** What a realm (the page, or a worker) did on the GPU since it began, and its WebAssembly memory. */
export interface ProbeCounts {
  /** Compute dispatches (WebGPU) or draw calls (WebGL). */
  readonly dispatches: number;
  /** Calls of `GPUQueue.submit`. */
  readonly submits: number;
  /** Bytes copied from the GPU into memory that scripts can read. */
  readonly readbackBytes: number;
  /** Size of all WebAssembly memories of the realm at present, which Chromium leaves out of its own figures. */
  readonly wasmBytes: number;
  /** Why a device or a WebGL context was lost, if one was. */
  readonly lost?: string | undefined;
}

/** Asked and answered over this channel, so that the page can read its worker's counts. */
export const PROBE_CHANNEL = 'sightline-probe';

/** Milliseconds within which an idle worker answers; a busy machine is slow. */
const ANSWER_TIMEOUT = 10_000;

/** The counts of this page's one worker. @throws Error when none answers. */
export function askWorker(): Promise<ProbeCounts> {
  const channel = new BroadcastChannel(PROBE_CHANNEL);
  return new Promise<ProbeCounts>((resolve, reject) => {
    channel.addEventListener('message', ({ data }: MessageEvent<ProbeCounts>) => {
      resolve(data);
    });
    setTimeout(() => {
      reject(new Error('the probe in the worker does not answer'));
    }, ANSWER_TIMEOUT);
    channel.postMessage('ask');
  }).finally(() => {
    channel.close();
  });
}

/** What happened between two counts. */
export function between(before: ProbeCounts, after: ProbeCounts): ProbeCounts {
  return {
    dispatches: after.dispatches - before.dispatches,
    submits: after.submits - before.submits,
    readbackBytes: after.readbackBytes - before.readbackBytes,
    wasmBytes: after.wasmBytes,
    lost: after.lost,
  };
}
