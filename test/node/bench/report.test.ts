import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { benchArms } from '../../bench/arms.js';
import { parseBenchOptions } from '../../bench/command.js';
import { privacyLines } from '../../bench/privacy.js';
import { benchLines, benchReport } from '../../bench/report.js';
import type { ArmRecord, BenchOptions } from '../../bench/run.js';
import { bytesInWords, textTable } from '../../bench/table.js';

const OPTIONS: BenchOptions = { backend: 'webgpu', gpu: false, headed: false, samples: 6 };

function record(index: number, milliseconds: number[]): ArmRecord {
  const arm = benchArms(OPTIONS.backend)[index];
  assert.ok(arm);
  return {
    arm,
    adapter: 'test',
    milliseconds,
    longestGaps: [1, 2, 3, 4],
    idleGap: 1,
    dispatches: [310, 310, 310, 310],
    submits: [32, 32, 32, 32],
    readbackBytes: [2800, 2800, 2800, 2800],
    peakMemory: 40e6,
  };
}

describe('the report of the bench', () => {
  const lastLine = (sightline: number[]): string => {
    const records = [record(0, [100, 200, 100, 200, 100, 200]), record(2, sightline)];
    return benchLines(benchReport(OPTIONS, records, new Date(0))).at(-1) ?? '';
  };

  it('ends with the ratio to stock and whether the budget is met', () => {
    assert.match(
      lastLine([20, 40, 20, 40, 20, 40]),
      /0\.200 \[0\.200, 0\.200\], budget 0\.25 met$/,
    );
    assert.match(lastLine([50, 100, 50, 100, 50, 100]), /0\.500 .* budget 0\.25 missed$/);
    assert.match(lastLine([20, 80, 20, 80, 20, 80]), /budget 0\.25 undecided$/);
  });

  it('does not judge by a handful of rounds', () => {
    const options = { ...OPTIONS, samples: 4 };
    const records = [record(0, [9, 9, 9, 9]), record(2, [1, 1, 1, 1])];
    const last = benchLines(benchReport(options, records, new Date(0))).at(-1) ?? '';
    assert.match(last, /too few rounds to judge by budget 0\.25$/);
  });

  it('never calls a time good or bad', () => {
    assert.equal(lastLine([20, 40, 20, 40, 20, 40]).includes('ms'), false);
  });

  it('judges nobody else by the budget of Sightline', () => {
    const onnxruntime = benchArms('webgpu').findIndex(({ id }) => id === 'onnxruntime');
    const records = [record(0, [9, 9, 9, 9, 9, 9]), record(onnxruntime, [1, 1, 1, 1, 1, 1])];
    const last = benchLines(benchReport(OPTIONS, records, new Date(0))).at(-1) ?? '';
    assert.match(last, /onnxruntime-web, float32 0\.111 \[0\.111, 0\.111\]$/);
  });

  it('refuses to compare with nothing', () => {
    assert.throws(() => benchReport(OPTIONS, [record(2, [1])], new Date(0)));
  });
});

describe('the report of altered pictures', () => {
  const lastLine = (...altered: readonly (readonly number[])[]): string => {
    const records = [[20, 10, 20, 10], ...altered].map((rates, index) => ({
      title: String(index),
      rates: [...rates],
      busy: [1, 1, 1, 1],
    }));
    return privacyLines({ backend: 'wasm', gpu: false, samples: 4 }, records).at(-1) ?? '';
  };

  it('ends with the least part of the frame rate that any kind keeps', () => {
    assert.match(lastLine([20, 10, 20, 10], [19, 9.5, 19, 9.5]), /least 0\.95 .* goal 0\.9 met$/);
    assert.match(lastLine([10, 5, 10, 5], [20, 10, 20, 10]), /least 0\.50 .* goal 0\.9 missed$/);
    assert.match(lastLine([10, 10, 10, 10]), /least 0\.75 .* goal 0\.9 undecided$/);
  });
});

describe('parseBenchOptions', () => {
  it('has defaults, and explains what it does not understand', () => {
    assert.deepEqual(parseBenchOptions([]), {
      backend: 'wasm',
      gpu: false,
      headed: false,
      samples: 20,
      mediapipe: undefined,
      pictures: undefined,
      arms: undefined,
    });
    assert.deepEqual(parseBenchOptions(['--arms', 'onnxruntime,mediapipe']).arms, [
      'onnxruntime',
      'mediapipe',
    ]);
    for (const wrong of [
      ['--backend', 'abacus'],
      ['--samples', '3'],
      ['--fast'],
      ['--mediapipe', 'no-such-file.tflite'],
      ['--pictures', 'no-such-folder'],
      ['--backend', 'webgpu', '--mediapipe', import.meta.filename],
      ['--arms', 'abacus'],
    ]) {
      assert.throws(() => parseBenchOptions(wrong), /Usage: npm run bench/);
    }
  });
});

describe('benchArms', () => {
  const ids = (backend: 'wasm' | 'webgl' | 'webgpu' | 'cpu', file?: string): string[] =>
    benchArms(backend, file).map(({ id }) => id);

  it('has the other runtimes where they run', () => {
    assert.deepEqual(ids('wasm').slice(-2), ['onnxruntime', 'mediapipe']);
    assert.deepEqual(ids('webgl').slice(-1), ['mediapipe']);
    assert.deepEqual(ids('webgpu').slice(-1), ['onnxruntime']);
    assert.ok(!ids('cpu').some((id) => /onnx|mediapipe/.test(id)));
  });

  it("calls a detector of the user's own by its file, and says that it is another one", () => {
    const given = benchArms('wasm', '/some/where/efficientdet.tflite').at(-1);
    assert.equal(given?.title, 'MediaPipe Tasks, efficientdet.tflite (other weights)');
    assert.equal(given.check, 'surest');
  });
});

describe('textTable', () => {
  it('lines up its columns', () => {
    const lines = textTable([
      ['arm', 'AP'],
      ['stock', '32.5'],
      ['ours', '8'],
    ]);
    assert.deepEqual(lines, ['arm      AP', '─────  ────', 'stock  32.5', 'ours      8']);
  });
});

describe('bytesInWords', () => {
  it('has three digits or so', () => {
    assert.equal(bytesInWords(2800), '2.8 KB');
    assert.equal(bytesInWords(18_200_000), '18.2 MB');
    assert.equal(bytesInWords(undefined), '–');
  });
});
