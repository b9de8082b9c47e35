/**
 * Counts what its realm (the page, or the engine's worker) does on the GPU and
 * how much WebAssembly memory it has, by wrapping the browser's own interfaces
 * before anybody uses them. A classic
 * script, loaded first of all.
 */

import { PROBE_CHANNEL, type ProbeCounts } from './probe-counts.js';

declare global {
  /** The counts of this realm. */
  var probeCounts: () => ProbeCounts;
}

const counts = { dispatches: 0, submits: 0, readbackBytes: 0 };
let lost: string | undefined;

/** Has an observer called after each call of a method, with its arguments and result. */
function observe<Target extends object>(
  target: Target | undefined,
  name: keyof Target,
  observer: (self: Target, args: readonly unknown[], result: unknown) => void,
): void {
  // Not every browser has every interface.
  const original: unknown = target?.[name];
  if (target === undefined || typeof original !== 'function') return;
  const method = original as (this: Target, ...args: unknown[]) => unknown;
  const observed = function (this: Target, ...args: unknown[]): unknown {
    const result = method.apply(this, args);
    observer(this, args, result);
    return result;
  };
  Object.defineProperty(target, name, { value: observed });
}

function countDispatch(): void {
  counts.dispatches++;
}

function observeWebgpu(): void {
  const realm = globalThis as Partial<typeof globalThis>;
  observe(realm.GPUComputePassEncoder?.prototype, 'dispatchWorkgroups', countDispatch);
  observe(realm.GPUComputePassEncoder?.prototype, 'dispatchWorkgroupsIndirect', countDispatch);
  observe(realm.GPUQueue?.prototype, 'submit', () => {
    counts.submits++;
  });
  observe(realm.GPUBuffer?.prototype, 'mapAsync', (buffer, [mode, offset = 0, size]) => {
    if (mode !== GPUMapMode.READ) return;
    counts.readbackBytes += typeof size === 'number' ? size : buffer.size - Number(offset);
  });
  observe(realm.GPUAdapter?.prototype, 'requestDevice', (_adapter, _args, result) => {
    void (result as Promise<GPUDevice>)
      .then((device) => device.lost)
      .then(({ reason, message }) => {
        if (reason !== 'destroyed') lost = `WebGPU device lost: ${message}`;
      });
  });
}

/**
 * TensorFlow.js reads synchronously from WebGPU by drawing a canvas of the GPU
 * onto a canvas of the CPU: pixels taken from the latter were read back.
 */
function observeCanvases(): void {
  const gpuCanvases = new WeakSet();
  const receivers = new WeakSet();
  const realm = globalThis as Partial<typeof globalThis>;
  for (const canvas of [realm.HTMLCanvasElement?.prototype, realm.OffscreenCanvas?.prototype]) {
    observe(canvas as OffscreenCanvas | undefined, 'getContext', (self, [kind], context) => {
      if (kind === 'webgpu') gpuCanvases.add(self);
      if (kind !== 'webgl2' || context === null) return;
      self.addEventListener('webglcontextlost', () => {
        if (!givenUp.has(self)) lost = 'WebGL context lost';
      });
    });
  }
  for (const context of [
    realm.CanvasRenderingContext2D?.prototype,
    realm.OffscreenCanvasRenderingContext2D?.prototype,
  ]) {
    const drawing = context as OffscreenCanvasRenderingContext2D | undefined;
    observe(drawing, 'drawImage', (self, [image]) => {
      if (gpuCanvases.has(image as object)) receivers.add(self);
    });
    observe(drawing, 'getImageData', (self, _args, pixels) => {
      if (receivers.has(self)) counts.readbackBytes += (pixels as ImageData).data.byteLength;
    });
  }
}

/** Canvases whose owner lets go of the context on purpose: that is how a context is freed. */
const givenUp = new WeakSet();

function observeWebgl(): void {
  const realm = globalThis as Partial<typeof globalThis>;
  const gl = realm.WebGL2RenderingContext?.prototype;
  observe(gl, 'getExtension', (self, [name]) => {
    if (name === 'WEBGL_lose_context') givenUp.add(self.canvas);
  });
  observe(gl, 'drawElements', countDispatch);
  observe(gl, 'drawArrays', countDispatch);
  observe(gl, 'readPixels', (_self, args) => {
    // A number stands for a buffer on the GPU; what is fetched from there is counted below.
    const [, , width, height, format, type, pixels] = args as Parameters<
      WebGL2RenderingContext['readPixels']
    >;
    if (!ArrayBuffer.isView(pixels)) return;
    // Emscripten gives its whole memory, of which only a part is written.
    const bytes = width * height * channelsOf(format) * bytesOfType(type);
    counts.readbackBytes += Math.min(bytes, pixels.byteLength);
  });
  observe(gl, 'getBufferSubData', (_self, [, , target, start = 0, length = 0]) => {
    if (!ArrayBuffer.isView(target)) return;
    const size = (target as Partial<Uint8Array>).BYTES_PER_ELEMENT ?? 1;
    const rest = target.byteLength - Number(start) * size;
    counts.readbackBytes += length === 0 ? rest : Number(length) * size;
  });
}

function channelsOf(format: number): number {
  const { RED, RED_INTEGER, RG, RG_INTEGER, RGB, RGB_INTEGER } = WebGL2RenderingContext;
  if (format === RED || format === RED_INTEGER) return 1;
  if (format === RG || format === RG_INTEGER) return 2;
  return format === RGB || format === RGB_INTEGER ? 3 : 4;
}

function bytesOfType(type: number): number {
  const { FLOAT, INT, UNSIGNED_INT, HALF_FLOAT } = WebGL2RenderingContext;
  if (type === FLOAT || type === INT || type === UNSIGNED_INT) return 4;
  return type === HALF_FLOAT ? 2 : 1;
}

const memories: WeakRef<WebAssembly.Memory>[] = [];

function noteMemories(values: readonly unknown[]): void {
  for (const value of values) {
    if (value instanceof WebAssembly.Memory) memories.push(new WeakRef(value));
  }
}

function noteInstance(
  result: WebAssembly.Instance | WebAssembly.WebAssemblyInstantiatedSource,
): void {
  noteMemories(Object.values('instance' in result ? result.instance.exports : result.exports));
}

/** Memories are made by scripts and handed in, or made by a module and exported. */
function observeWasm(): void {
  WebAssembly.Memory = new Proxy(WebAssembly.Memory, {
    construct: (constructor, args, target) => {
      const memory = Reflect.construct(constructor, args, target) as WebAssembly.Memory;
      noteMemories([memory]);
      return memory;
    },
  });
  for (const name of ['instantiate', 'instantiateStreaming'] as const) {
    observe(WebAssembly, name, (_self, _args, result) => {
      void (result as Promise<WebAssembly.Instance>).then(noteInstance, () => undefined);
    });
  }
}

function wasmBytes(): number {
  const alive = new Set(memories.flatMap((memory) => memory.deref() ?? []));
  return [...alive].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
}

observeWasm();
observeWebgpu();
observeWebgl();
observeCanvases();
globalThis.probeCounts = () => ({ ...counts, wasmBytes: wasmBytes(), lost });

// Only workers answer; the page asks.
if (!('document' in globalThis)) {
  const channel = new BroadcastChannel(PROBE_CHANNEL);
  channel.addEventListener('message', ({ data }) => {
    if (data === 'ask') channel.postMessage(globalThis.probeCounts());
  });
}
