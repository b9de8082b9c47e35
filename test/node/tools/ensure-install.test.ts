import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';

const LOCK = {
  packages: {
    '': { version: '1.0.0' },
    'node_modules/needed': { version: '1.2.3', integrity: 'sha512-a' },
    'node_modules/for-other-systems': { version: '1.0.0', integrity: 'sha512-b', optional: true },
  },
};

describe('ensureInstall', () => {
  let dir: string;

  /** Runs it in a little project whose npm only says that it was called. */
  function run(npm = 'console.log("npm " + process.argv.slice(2).join(" "))') {
    const npmScript = join(dir, 'npm-cli.js');
    const code = `import('./tools/ensure-install.js').then((module) => module.ensureInstall())`;
    return writeFile(npmScript, npm).then(() => {
      const env = { ...process.env, npm_execpath: npmScript };
      const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', code], {
        cwd: dir,
        env,
        encoding: 'utf8',
      });
      return { status, stdout, stderr };
    });
  }

  const writeInstalled = async (packages: object) => {
    await mkdir(join(dir, 'node_modules'), { recursive: true });
    await writeFile(join(dir, 'node_modules/.package-lock.json'), JSON.stringify({ packages }));
  };

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sightline-install-'));
    for (const name of ['ensure-install.js', 'root.js']) {
      await cp(join('tools', name), join(dir, 'tools', name));
    }
    const info = { type: 'module', engines: { node: '>=20.19' } };
    await writeFile(join(dir, 'package.json'), JSON.stringify(info));
    await writeFile(join(dir, 'package-lock.json'), JSON.stringify(LOCK));
  });

  afterEach(async () => {
    await rm(dir, { recursive: true, force: true });
  });

  it('installs what is locked, once', async () => {
    const first = await run();
    assert.equal(first.status, 0, first.stderr);
    assert.match(first.stdout, /npm ci --include=dev/);
    assert.equal((await run()).stdout, '');
  });

  it('installs again when the lock has changed', async () => {
    await run();
    const changed = { packages: { ...LOCK.packages, 'node_modules/new': { version: '1.0.0' } } };
    await writeFile(join(dir, 'package-lock.json'), JSON.stringify(changed));
    assert.match((await run()).stdout, /npm ci/);
  });

  it('leaves alone what a person installed', async () => {
    await writeInstalled({ 'node_modules/needed': LOCK.packages['node_modules/needed'] });
    assert.deepEqual(await run(), { status: 0, stdout: '', stderr: '' });
  });

  it('does not trust another version, or a node_modules from another system', async () => {
    await writeInstalled({ 'node_modules/needed': { version: '1.2.2', integrity: 'sha512-z' } });
    assert.match((await run()).stdout, /npm ci/);
    await writeInstalled({ 'node_modules/needed': LOCK.packages['node_modules/needed'] });
    await writeFile(join(dir, 'node_modules/.sightline-stamp'), 'abc plan9-mips\n');
    assert.match((await run()).stdout, /npm ci/);
  });

  it('explains a failure, and tries again the next time', async () => {
    const failed = await run('process.exit(1)');
    assert.equal(failed.status, 1);
    assert.match(failed.stderr, /failed/);
    assert.doesNotMatch(failed.stderr, /\n\s+at /);
    assert.match((await run()).stdout, /npm ci/);
  });

  it('explains that Node is too old', async () => {
    const text = await readFile(join(dir, 'package.json'), 'utf8');
    await writeFile(join(dir, 'package.json'), text.replace('20.19', '99.1'));
    const { status, stderr } = await run();
    assert.equal(status, 1);
    assert.match(stderr, /needs Node 99\.1 or newer/);
  });
});
