import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

function compile(...options: readonly string[]) {
  const command = ['--import', 'tsx', 'models/compile.ts', ...options];
  return spawnSync(process.execPath, command, { cwd: ROOT, encoding: 'utf8' });
}

test('explains itself', () => {
  const { status, stdout } = compile('--help');
  assert.equal(status, 0);
  assert.match(stdout, /--precision/);
});

test('says what is wrong in plain words and exits with an error', () => {
  const { status, stderr, stdout } = compile('--precision', 'int4');
  assert.equal(status, 1);
  assert.equal(stdout, '');
  assert.match(stderr, /--precision should be one of float16, float32/);
  assert.doesNotMatch(stderr, /\n\s+at /);
});
