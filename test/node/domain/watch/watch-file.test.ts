import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { SightlineError } from '../../../../src/domain/errors.js';
import { EMPTY_WATCH } from '../../../../src/domain/watch/config.js';
import { withDoor } from '../../../../src/domain/watch/door.js';
import { formatWatch } from '../../../../src/domain/watch/parse-config.js';
import { formatWatchFile, parseWatchFile } from '../../../../src/domain/watch/watch-file.js';

const DOOR = withDoor(EMPTY_WATCH, {
  line: { id: 'l', name: 'Door' },
  zone: { id: 'z', name: 'At the door' },
});
const SETTINGS = { score: 0.4, classes: ['person'], detail: 'auto' } as const;

function code(written: string): string {
  try {
    parseWatchFile(written);
  } catch (thrown) {
    assert.ok(thrown instanceof SightlineError, String(thrown));
    return thrown.code;
  }
  return 'none';
}

describe('Files with zones, lines, rules and settings', () => {
  it('come back as they were written, and are read from before there were settings', () => {
    const back = parseWatchFile(formatWatchFile({ config: DOOR, settings: SETTINGS }));
    assert.deepEqual(JSON.parse(JSON.stringify(back.config)), JSON.parse(JSON.stringify(DOOR)));
    assert.deepEqual(back.settings, SETTINGS);
    assert.equal(parseWatchFile(formatWatch(DOOR)).settings, undefined);
    const first = formatWatch(DOOR).replace('"version": 2', '"version": 1');
    assert.equal(code(first.replaceAll(/,\s*"webhook": ""/g, '')), 'none');
  });

  it('are refused whole when they are newer or hostile', () => {
    const written = JSON.parse(formatWatchFile({ config: DOOR, settings: SETTINGS })) as object;
    const changed = (changes: object): string => JSON.stringify({ ...written, ...changes });
    assert.equal(code(changed({ version: 99, zones: 'of tomorrow' })), 'watch-newer');
    for (const settings of [
      { ...SETTINGS, score: 2 },
      { ...SETTINGS, classes: 'person' },
      { ...SETTINGS, detail: '<img src=x onerror=alert(1)>' },
      null,
      [],
    ]) {
      assert.equal(code(changed({ settings })), 'watch-corrupt');
    }
    const point = [[0.5, 0.5]];
    const bow = [
      [0, 0],
      [1, 1],
      [1, 0],
      [0, 1],
    ];
    for (const polygon of [point, bow, [[9, 9]], 'x']) {
      assert.equal(code(changed({ zones: [{ polygon }] })), 'watch-corrupt');
    }
    assert.equal(code(`[${'['.repeat(50_000)}`), 'watch-corrupt');
    assert.equal(code(' '.repeat(6_000_000)), 'watch-corrupt');
    assert.equal(
      code('{"__proto__": {"format": "sightline-watch", "version": 1}}'),
      'watch-corrupt',
    );
  });

  it('may hold anything without a fault of another kind', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (settings) => {
        const written = JSON.stringify({ ...JSON.parse(formatWatch(DOOR)), settings });
        assert.ok(['none', 'watch-corrupt'].includes(code(written)));
      }),
    );
  });
});
