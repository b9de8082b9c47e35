import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { chunkWith, pathTo, staticClosure } from '../../../tools/build/chunk-graph.js';

const chunk = (modules: string[], imports: string[] = [], dynamicImports: string[] = []) => ({
  modules,
  imports,
  dynamicImports,
});

const graph = {
  'entry.js': chunk(['src/worker.ts'], ['core.js'], ['load.js', 'train.js']),
  'core.js': chunk(['core/index.js'], ['base.js']),
  'base.js': chunk(['core/base.js'], ['core.js']),
  'load.js': chunk(['src/load.ts'], ['core.js'], ['gpu.js', 'cpu.js']),
  'gpu.js': chunk(['gpu/backend.js'], ['shared.js']),
  'cpu.js': chunk(['cpu/backend.js'], ['shared.js', 'core.js']),
  'shared.js': chunk(['cpu/shared.js']),
  'train.js': chunk(['src/train.ts']),
};

describe('chunk graph', () => {
  it('follows imports to the end, also around a circle', () => {
    assert.deepEqual(staticClosure(graph, ['entry.js']), ['entry.js', 'core.js', 'base.js']);
  });

  it('finds the chunk of a module', () => {
    assert.equal(chunkWith(graph, 'gpu/backend.js'), 'gpu.js');
    assert.throws(() => chunkWith(graph, 'tpu/backend.js'), /no chunk holds tpu/);
  });

  it('finds the chain of chunks that leads to a module, and no other chunk', () => {
    const path = pathTo(graph, 'entry.js', 'gpu/backend.js');
    assert.deepEqual(path, ['entry.js', 'load.js', 'gpu.js']);
    assert.deepEqual(staticClosure(graph, path).sort(), [
      'base.js',
      'core.js',
      'entry.js',
      'gpu.js',
      'load.js',
      'shared.js',
    ]);
  });

  it('needs no chain for what the entry holds', () => {
    assert.deepEqual(pathTo(graph, 'entry.js', 'core/base.js'), ['entry.js']);
  });

  it('throws when nothing leads there', () => {
    assert.throws(() => pathTo(graph, 'train.js', 'gpu/backend.js'), /train\.js/);
  });
});
