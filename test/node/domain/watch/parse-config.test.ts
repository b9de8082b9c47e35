import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { SightlineError } from '../../../../src/domain/errors.js';
import { missingPlace } from '../../../../src/domain/watch/config.js';
import {
  formatWatch,
  parseWatch,
  usableLines,
  usableRules,
  usableZones,
} from '../../../../src/domain/watch/parse-config.js';
import { line, rule, zone } from '../../../support/watching.js';

const CONFIG = {
  zones: [zone({ objects: ['person'], loiteringTime: 30 })],
  lines: [line()],
  rules: [
    rule(
      { kind: 'zone-dwell', zone: 'z', seconds: 30 },
      { hours: { from: 0, to: 60, days: [1] }, actions: ['banner', 'speech'], cooldown: 5 },
    ),
    rule({ kind: 'line-crossed', line: 'l', direction: 'in' }, { id: 'r2' }),
    rule(
      { kind: 'zone-count', zone: 'z', comparison: 'at-most', count: 0, seconds: 1 },
      { id: 'r3' },
    ),
    rule({ kind: 'object-seen' }, { id: 'r4' }),
  ],
};

function code(run: () => unknown): string {
  try {
    run();
  } catch (thrown) {
    assert.ok(thrown instanceof SightlineError, String(thrown));
    return thrown.code;
  }
  return 'none';
}

describe('Configurations', () => {
  it('come back as they were written', () => {
    const back = parseWatch(formatWatch(CONFIG));
    assert.deepEqual(JSON.parse(JSON.stringify(back)), JSON.parse(JSON.stringify(CONFIG)));
  });

  it('of a newer version are told apart from broken ones', () => {
    const written = JSON.parse(formatWatch(CONFIG)) as Record<string, unknown>;
    const changed = (changes: object) => JSON.stringify({ ...written, ...changes });
    assert.equal(
      code(() => parseWatch(changed({ version: 3, zones: 'of tomorrow' }))),
      'watch-newer',
    );
    assert.equal(
      code(() => parseWatch(changed({ format: 'other' }))),
      'watch-corrupt',
    );
    assert.equal(
      code(() => parseWatch(changed({ rules: undefined }))),
      'watch-corrupt',
    );
    const bad = { ...zone(), polygon: [[0.5, 0.5]] };
    assert.equal(
      code(() => parseWatch(changed({ zones: [bad] }))),
      'watch-corrupt',
    );
    assert.equal(
      code(() => parseWatch('{')),
      'watch-corrupt',
    );
    assert.equal(
      code(() => parseWatch('null')),
      'watch-corrupt',
    );
  });

  it('may be anything at all without a fault of another kind', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), fc.jsonValue(), (zones, lines, rules) => {
        const written = JSON.stringify({
          format: 'sightline-watch',
          version: 1,
          zones,
          lines,
          rules,
        });
        assert.ok(['none', 'watch-corrupt'].includes(code(() => parseWatch(written))));
      }),
    );
  });
});

describe('Zones, lines and rules from a page', () => {
  it('have defaults for all but what makes them', () => {
    const { entries, problems } = usableZones([{ polygon: zone().polygon }]);
    assert.deepEqual(problems, []);
    assert.deepEqual(entries, [
      {
        id: 'zones-1',
        name: '',
        polygon: zone().polygon,
        objects: [],
        anchor: 'bottom-center',
        inertia: 3,
        loiteringTime: 0,
      },
    ]);
    assert.deepEqual(usableLines([{ start: [0, 0.5], end: [1, 0.5] }]).problems, []);
    const [first] = usableRules([{ when: { kind: 'object-seen' } }]).entries;
    assert.deepEqual([first?.enabled, first?.cooldown, first?.actions], [true, 0, []]);
  });

  it('are left out one by one where they are none, and told of', () => {
    const good = zone();
    const bad = [
      { polygon: [[0.5, 0.5]] },
      {
        polygon: [
          [0, 0],
          [1, 1],
          [1, 0],
          [0, 1],
        ],
      },
      {
        polygon: [
          [0, 0],
          [2, 0],
          [0, 1],
        ],
      },
      {
        polygon: [
          [0, 0],
          [NaN, 0],
          [0, 1],
        ],
      },
      { ...good, id: '../../etc' },
      { ...good, inertia: 0 },
      { ...good, name: 'x'.repeat(100) },
      good,
      null,
      'zone',
    ];
    const { entries, problems } = usableZones([good, ...bad]);
    assert.deepEqual(entries, [good]);
    assert.equal(problems.length, bad.length);
    assert.match(problems[1] ?? '', /self-crossing/);
    assert.equal(usableLines([{ start: [0.5, 0.5], end: [0.5, 0.5] }]).problems.length, 1);
    assert.deepEqual(usableRules('none').problems, ['rules is no list']);
  });

  it('take nothing from a prototype', () => {
    const hostile: unknown = JSON.parse('[{"__proto__": {"polygon": [[0,0],[1,0],[0,1]]}}]');
    assert.equal(usableZones(hostile).entries.length, 0);
  });

  it('say when a rule has lost its place', () => {
    const places = { zones: [zone()], lines: [] };
    assert.equal(missingPlace(rule({ kind: 'zone-left', zone: 'z' }), places), undefined);
    assert.equal(missingPlace(rule({ kind: 'zone-left', zone: 'y' }), places), 'zone');
    const crossed = rule({ kind: 'line-crossed', line: 'l', direction: 'in' });
    assert.equal(missingPlace(crossed, places), 'line');
    assert.equal(missingPlace(rule({ kind: 'object-seen' }), places), undefined);
  });
});
