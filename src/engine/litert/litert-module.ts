import type { LiteRt } from '@litertjs/core';
import { createWasmLib } from '@litertjs/wasm-utils';
import { relaxedSimd, simd, threads } from 'wasm-feature-detect';
import { SightlineError } from '../../domain/errors.js';

/** LiteRT's own interface, which its package describes but exports under no name. */
export type LiteRtModule = LiteRt['liteRtWasm'] & {
  readonly PThread?: { terminateAllThreads(): void };
};
export type CompiledLiteModel = Awaited<ReturnType<LiteRtModule['compileModel']>>;
export type LiteTensorBuffer = ReturnType<LiteRtModule['LiteRtTensorBuffer']['createManaged']>;
export type LiteEnvironment = ReturnType<LiteRtModule['LiteRtEnvironment']['create']>;

/** The builds of LiteRT.js that are served; each is a script and a binary of the same name. */
export const LITERT_FLAVOURS = {
  compatible: 'litert_wasm_compat_internal',
  relaxed: 'litert_wasm_internal',
  threaded: 'litert_wasm_threaded_internal',
} as const;
export type LiteRtFlavour = keyof typeof LITERT_FLAVOURS;

/** Beyond four the network is too small to be shared out, and the page needs cores too. */
const MOST_THREADS = 4;

/** Its last words, kept for the failure's detail. */
const KEPT_LINES = 3;

/**
 * The fastest build that this browser runs, and the threads to use with it.
 *
 * Threads only from four cores on: with fewer the page would have to share
 * its core with the network.
 *
 * @throws SightlineError `backend-unavailable` without SIMD, which every build needs.
 */
export async function chooseFlavour(): Promise<{
  readonly flavour: LiteRtFlavour;
  readonly threads: number;
}> {
  if (!(await simd())) throw new SightlineError('backend-unavailable', 'LiteRT: no WASM SIMD');
  if (!(await relaxedSimd())) return { flavour: 'compatible', threads: 1 };
  const cores = navigator.hardwareConcurrency;
  if (cores < 4 || !crossOriginIsolated || !(await threads())) {
    return { flavour: 'relaxed', threads: 1 };
  }
  return { flavour: 'threaded', threads: Math.min(MOST_THREADS, Math.floor(cores / 2)) };
}

/**
 * Loads a build of LiteRT.js as a module of its own, apart from any other in
 * this worker: LiteRT's public loader knows one per worker, and asks for a GPU
 * device that nobody needs.
 *
 * @param url Folder of the builds, absolute, with a trailing slash.
 * @throws SightlineError `backend-unavailable` when a file is missing, blocked or invalid.
 */
export async function loadLiteRtModule(url: string, flavour: LiteRtFlavour): Promise<LiteRtModule> {
  const script = `${url}${LITERT_FLAVOURS[flavour]}.js`;
  const said: string[] = [];
  const hear = (line: unknown): void => {
    said.push(String(line));
    said.splice(0, said.length - KEPT_LINES);
  };
  try {
    return await new Promise<LiteRtModule>((resolve, reject) => {
      const options = {
        locateFile: (file: string) => url + file,
        // Threads load this again; without it they would load this very worker.
        mainScriptUrlOrBlob: script,
        // It tells at length which accelerators it did not find.
        print: () => undefined,
        printErr: hear,
        // A missing binary does not always reject the promise; it aborts.
        onAbort: (what: unknown) => {
          reject(new Error(String(what)));
        },
      };
      createWasmLib(ModuleHolder, script, null, null, options).then(
        (holder) => {
          resolve(holder.module);
        },
        (thrown: unknown) => {
          reject(thrown instanceof Error ? thrown : new Error(`${script} did not load`));
        },
      );
    });
  } catch (thrown) {
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    throw new SightlineError('backend-unavailable', ['LiteRT:', detail, ...said].join(' '), {
      cause: thrown,
    });
  }
}

/** What the loader constructs around a module. */
class ModuleHolder {
  readonly module: LiteRtModule;

  constructor(module: unknown) {
    this.module = module as LiteRtModule;
  }
}
