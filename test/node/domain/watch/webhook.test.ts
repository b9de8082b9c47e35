import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import {
  connectSources,
  webhookTarget,
  webhookVerdict,
} from '../../../../src/domain/watch/webhook.js';

const base = 'https://sightline.example/app/?view=watch';
const allowed = ["'self'", 'https://hooks.example', 'http://old.example', 'http://localhost:8080'];
const target = (address: string): object => webhookTarget(address, { base, allowed });

describe('Addresses of other programs', () => {
  it('are the own origin, or one that the policy of the page names', () => {
    assert.deepEqual(target('/hook'), { url: 'https://sightline.example/hook' });
    assert.deepEqual(target(' hook?room=1#top '), {
      url: 'https://sightline.example/app/hook?room=1',
    });
    assert.deepEqual(target('https://hooks.example/a'), { url: 'https://hooks.example/a' });
    assert.deepEqual(target('http://localhost:8080/a'), { url: 'http://localhost:8080/a' });
    assert.deepEqual(target('http://old.example/a'), {
      problem: 'insecure',
      origin: 'http://old.example',
    });
    for (const address of [
      'https://elsewhere.example/',
      'https://hooks.example.evil.example/',
      'https://hooks.example:8443/',
      '//elsewhere.example/',
      '\\\\elsewhere.example\\hook',
    ]) {
      assert.equal((target(address) as { problem: string }).problem, 'not-allowed', address);
    }
    assert.deepEqual(target('  '), { problem: 'empty' });
    for (const address of [
      'javascript:alert(1)',
      'data:,x',
      'https://a:b@hooks.example/',
      'http://',
    ]) {
      assert.deepEqual(target(address), { problem: 'no-address' }, address);
    }
  });

  it('never lead anywhere else, whatever is written', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string()), (address) => {
        const found = webhookTarget(address, { base, allowed });
        if ('problem' in found) return;
        const { origin } = new URL(found.url);
        assert.ok(['https://sightline.example', ...allowed].includes(origin), origin);
      }),
    );
  });

  it('are read from the policy, which may speak of a part of a host', () => {
    const policy = "default-src 'self'; connect-src 'self' https://hooks.example/in/;img-src *";
    assert.deepEqual(connectSources(policy), ["'self'", 'https://hooks.example/in/']);
    assert.deepEqual(connectSources("default-src 'none'"), ["'none'"]);
    assert.deepEqual(connectSources(''), []);
    const part = { base, allowed: connectSources(policy) };
    assert.ok('url' in webhookTarget('https://hooks.example/in/a', part));
    assert.ok('problem' in webhookTarget('https://hooks.example/out', part));
  });

  it('are tried again only where that can help', () => {
    assert.equal(webhookVerdict(204), 'done');
    for (const status of [408, 425, 429, 500, 503]) assert.equal(webhookVerdict(status), 'later');
    for (const status of [304, 400, 401, 404, 410]) assert.equal(webhookVerdict(status), 'refused');
  });
});
