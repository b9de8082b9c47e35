import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { plot } from '../../bench/soak/plot.js';
import { latencyDrift, soakVerdicts, type SoakPoint } from '../../bench/soak/verdicts.js';

function points(change: (index: number) => Partial<SoakPoint> = () => ({})): SoakPoint[] {
  return Array.from({ length: 12 }, (_, index) => ({
    frames: index * 100,
    seconds: index * 5,
    tensors: 190,
    tensorBytes: 18e6,
    gpuBytes: undefined,
    heapBytes: 20e6,
    wasmBytes: 70e6,
    latency: 60,
    replacements: 0,
    ...change(index),
  }));
}

function failures(soaked: readonly SoakPoint[]): string[] {
  return soakVerdicts(soaked)
    .filter(({ passed }) => !passed)
    .map(({ text }) => text);
}

describe('soakVerdicts', () => {
  it('has nothing against a flat run', () => {
    assert.deepEqual(failures(points()), []);
  });

  it('notices one leaked tensor', () => {
    assert.deepEqual(failures(points((index) => ({ tensors: index < 11 ? 190 : 191 }))), [
      'tensors: 190 to 191',
    ]);
  });

  it('notices memory that grows, but not one odd moment', () => {
    assert.match(failures(points((index) => ({ heapBytes: 20e6 + index * 1e6 }))).join(), /heap/);
    assert.deepEqual(failures(points((index) => ({ heapBytes: index === 10 ? 90e6 : 20e6 }))), []);
    assert.match(failures(points((index) => ({ gpuBytes: 1e6 + index }))).join(), /GPU/);
    assert.match(failures(points((index) => ({ wasmBytes: index * 1e6 }))).join(), /WebAssembly/);
  });

  it('notices a worker that had to be replaced', () => {
    assert.equal(failures(points((index) => ({ replacements: index < 6 ? 0 : 1 }))).length, 1);
  });

  it('needs something to compare', () => {
    assert.throws(() => soakVerdicts(points().slice(0, 1)), RangeError);
  });
});

describe('latencyDrift', () => {
  it('compares the end with the beginning', () => {
    assert.equal(latencyDrift(points((index) => ({ latency: index < 6 ? 50 : 100 }))), 2);
  });
});

describe('plot', () => {
  it('draws a line through what is known, over a common axis that begins at zero', () => {
    const curves = [{ title: 'a < b', unit: 'MB', values: [1, undefined, 2] }];
    const svg = plot('title', 'frames', [0, 50, 100], curves);
    assert.match(svg, /a &lt; b \(MB\)/);
    const [, line = ''] = /<polyline points="([^"]*)"/.exec(svg) ?? [];
    const [first, second] = line.split(' ').map((pair) => pair.split(',').map(Number));
    assert.equal(line.split(' ').length, 2);
    assert.ok((first?.[0] ?? 0) < (second?.[0] ?? 0), 'to the right');
    assert.ok((first?.[1] ?? 0) > (second?.[1] ?? 0), 'and up');
  });
});
