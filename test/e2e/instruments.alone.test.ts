import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { loadPicture } from '../../models/pictures.js';
import { root } from '../../tools/root.js';
import { ARMS } from '../accuracy/arms.js';
import { readDataSet } from '../accuracy/data-set.js';
import { accuracyLines } from '../accuracy/report.js';
import { measureAccuracy } from '../accuracy/run.js';
import { mediapipeModel } from '../bench/arms.js';
import { launchInstrument } from '../bench/instrument-page.js';
import { startInstrumentSite, type InstrumentSite } from '../bench/instrument-site.js';
import { benchLines, benchReport } from '../bench/report.js';
import { ownTask } from '../bench/rivals/prepare.js';
import { measure } from '../bench/run.js';
import { measureStart, startLine } from '../bench/start.js';
import { soak } from '../bench/soak/run.js';
import { soakVerdicts } from '../bench/soak/verdicts.js';
import { loadOriginalDetector } from '../support/original.js';

const silent = (): void => undefined;

describe('The start without a network', () => {
  it('is timed to the first box', async () => {
    const lines: string[] = [];
    const times = await measureStart(2, (line) => lines.push(line));
    assert.equal(times.length, 2);
    assert.equal(lines.length, 2);
    for (const time of times) assert.ok(time > 0 && time < 60_000, String(time));
    assert.match(startLine(times), /first box after \d+ ms \(median of 2/);
  });
});

describe('The bench', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sightline-bench-'));
  });

  after(async () => {
    await rm(folder, { recursive: true });
  });

  it('measures every arm in every round and sums up', async () => {
    // As good as any other detector that a person may have.
    const mediapipe = join(folder, 'other.tflite');
    await writeFile(mediapipe, await ownTask(mediapipeModel('float16')));
    const options = {
      backend: 'wasm',
      gpu: false,
      headed: false,
      samples: 2,
      mediapipe,
    } as const;
    const records = await measure(options, silent);
    assert.deepEqual(
      records.map(({ arm }) => arm.id),
      [
        'stock',
        'stock-async',
        'sightline-litert',
        'sightline-tfjs',
        'sightline-litert-taught',
        'sightline-litert-detail',
        'onnxruntime',
        'mediapipe',
        'mediapipe-given',
      ],
    );
    for (const { arm, milliseconds, longestGaps, peakMemory } of records) {
      assert.equal(milliseconds.length, options.samples);
      assert.ok(milliseconds.every((time) => time > 0));
      assert.ok(longestGaps.every((time) => time > 0));
      // The weights alone are 18 MB.
      assert.ok((peakMemory ?? 0) > 18e6, `${arm.id}: ${peakMemory ?? 0} bytes`);
    }
    const lines = benchLines(benchReport(options, records, new Date()));
    assert.match(lines.at(-1) ?? '', /^bench wasm, 2 rounds.*Sightline, LiteRT int8 \d/);
  });
});

describe('The accuracy', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sightline-accuracy-'));
  });

  after(async () => {
    await rm(folder, { recursive: true });
  });

  it('is full where the labels are what the original network sees', async () => {
    const name = 'chelsea.jpg';
    const path = join(root, 'test/fixtures', name);
    await copyFile(path, join(folder, name));
    const original = await loadOriginalDetector();
    const [cat] = await original.detect(await loadPicture(path));
    original.dispose();
    assert.equal(cat?.class, 'cat');
    const coco = {
      images: [{ id: 1, file_name: name }],
      categories: [{ id: 1, name: cat.class }],
      annotations: [{ image_id: 1, category_id: 1, bbox: cat.bbox, iscrowd: 0 }],
    };
    await writeFile(join(folder, 'annotations.json'), JSON.stringify(coco));
    const arms = ARMS.filter(({ id }) => ['stock', 'original', 'litert-int8'].includes(id));
    const results = await measureAccuracy(folder, await readDataSet(folder), arms, silent);
    assert.deepEqual(
      results.map(({ figures }) => Number(figures.ap.toFixed(6))),
      [1, 1, 1],
    );
    assert.match(
      accuracyLines(results, 1).at(-1) ?? '',
      /^accuracy on 1 photographs: stock AP 100/,
    );
  });
});

describe('The soak', () => {
  it('looks at the running app and finds it sound', async () => {
    const options = { frames: 10, source: 'demo', backend: 'wasm', interval: 1 } as const;
    const points = await soak(options, silent);
    assert.ok((points.at(-1)?.frames ?? 0) >= options.frames);
    for (const { tensors, heapBytes, wasmBytes, latency } of points) {
      assert.ok(tensors > 0 && latency > 0);
      assert.ok((heapBytes ?? 0) > 1e6 && (wasmBytes ?? 0) > 18e6);
    }
    const [first] = points;
    assert.ok(first);
    // So few frames may all lie within one interval.
    const verdicts = soakVerdicts([first, ...points]);
    assert.deepEqual(
      verdicts.filter(({ passed }) => !passed),
      [],
    );
  });
});

describe('The probe', () => {
  let site: InstrumentSite;

  before(async () => {
    site = await startInstrumentSite();
  });

  after(async () => {
    await site.close();
  });

  it('counts work on the GPU, readback, WebAssembly memory, and notices a lost device', async () => {
    const browser = await launchInstrument('software');
    const page = await browser.newPage();
    await page.addInitScript('globalThis.__name = (target) => target;');
    await page.goto(site.page);
    const counts = await page.evaluate(async () => {
      const adapter = await navigator.gpu.requestAdapter();
      const device = await adapter?.requestDevice();
      if (!device) throw new Error('no device');
      const module = device.createShaderModule({
        code: '@compute @workgroup_size(1) fn main() {}',
      });
      const pipeline = device.createComputePipeline({ layout: 'auto', compute: { module } });
      const buffer = device.createBuffer({
        size: 64,
        usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
      });
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      pass.setPipeline(pipeline);
      pass.dispatchWorkgroups(1);
      pass.dispatchWorkgroups(1);
      pass.end();
      device.queue.submit([encoder.finish()]);
      await buffer.mapAsync(GPUMapMode.READ, 0, 48);
      Object.assign(globalThis, { memory: new WebAssembly.Memory({ initial: 3 }), device });
      return globalThis.probeCounts();
    });
    assert.deepEqual(counts, {
      dispatches: 2,
      submits: 1,
      readbackBytes: 48,
      wasmBytes: 3 * 65_536,
      lost: undefined,
    });
    const session = await browser.newBrowserCDPSession();
    const { processInfo } = await session.send('SystemInfo.getProcessInfo');
    for (const { id } of processInfo.filter(({ type }) => type === 'GPU')) {
      process.kill(id, 'SIGKILL');
    }
    await page.waitForFunction(() => globalThis.probeCounts().lost !== undefined);
    await browser.close();
  });

  it('counts what WebGL writes, not the memory that it writes into', async () => {
    const browser = await launchInstrument('software');
    const page = await browser.newPage();
    await page.addInitScript('globalThis.__name = (target) => target;');
    await page.goto(site.page);
    const bytes = await page.evaluate(() => {
      const gl = new OffscreenCanvas(4, 4).getContext('webgl2');
      if (!gl) throw new Error('no WebGL');
      const memory = new Uint8Array(1 << 20);
      gl.readPixels(0, 0, 4, 2, gl.RGBA, gl.UNSIGNED_BYTE, memory);
      gl.bindBuffer(gl.PIXEL_PACK_BUFFER, gl.createBuffer());
      gl.bufferData(gl.PIXEL_PACK_BUFFER, 64, gl.STREAM_READ);
      gl.readPixels(0, 0, 4, 4, gl.RGBA, gl.UNSIGNED_BYTE, 0);
      gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, memory, 100, 16);
      gl.getBufferSubData(gl.PIXEL_PACK_BUFFER, 0, new Float32Array(16), 2);
      return globalThis.probeCounts().readbackBytes;
    });
    assert.equal(bytes, 4 * 2 * 4 + 16 + 14 * 4);
    await browser.close();
  });

  it('finds how long the page was blocked', async () => {
    const browser = await launchInstrument('none');
    const page = await browser.newPage();
    await page.addInitScript('globalThis.__name = (target) => target;');
    await page.goto(site.page);
    await page.waitForFunction(() => 'instrument' in globalThis);
    const gap = await page.evaluate(async () => {
      setTimeout(() => {
        const end = performance.now() + 300;
        while (performance.now() < end);
      }, 50);
      return globalThis.instrument.idleGap(500);
    });
    assert.ok(gap >= 300 && gap < 3000, `${gap} ms`);
    await browser.close();
  });
});
