import { expect } from 'chai';
import {
  DEFAULT_SETTINGS,
  formatSettings,
  matchClasses,
  parseSettings,
  type Settings,
} from '../../../src/domain/settings.js';

describe('parseSettings', () => {
  it('gives the defaults for an empty query', () => {
    expect(parseSettings('')).to.deep.equal({ settings: DEFAULT_SETTINGS, problems: [] });
  });

  it('reads every parameter', () => {
    const query =
      '?view=live&source=demo&camera=user&backend=wasm&runtime=tfjs&model=my-model.v2&classes=cup,wine+glass' +
      '&score=0.35&detail=on&mirror=off&fit=cover&seed=7&kiosk&updateHour=3';
    const expected: Settings = {
      view: 'live',
      source: 'demo',
      camera: 'user',
      backend: 'wasm',
      runtime: 'tfjs',
      model: 'my-model.v2',
      classes: ['cup', 'wine glass'],
      score: 0.35,
      detail: 'on',
      mirror: 'off',
      fit: 'cover',
      seed: 7,
      kiosk: true,
      updateHour: 3,
    };
    expect(parseSettings(query)).to.deep.equal({ settings: expected, problems: [] });
  });

  it('takes words in any case', () => {
    expect(parseSettings('source=Camera&backend=WebGPU').settings).to.include({
      source: 'camera',
      backend: 'webgpu',
    });
  });

  for (const value of ['-0.1', '1.01', '80', 'high', '', ' ', 'NaN', 'Infinity']) {
    it(`keeps the default score and says so for "${value}"`, () => {
      const { settings, problems } = parseSettings(`score=${encodeURIComponent(value)}`);
      expect(settings.score).to.equal(DEFAULT_SETTINGS.score);
      expect(problems).to.deep.equal([
        { name: 'score', value, expected: { kind: 'number', min: 0, max: 1, whole: false } },
      ]);
    });
  }

  for (const value of ['0', '1']) {
    it(`takes the score ${value} at the rim of the range`, () => {
      expect(parseSettings(`score=${value}`)).to.deep.equal({
        settings: { ...DEFAULT_SETTINGS, score: Number(value) },
        problems: [],
      });
    });
  }

  for (const value of ['1.5', '-1', '4294967296', 'x']) {
    it(`refuses the seed ${value}`, () => {
      const { settings, problems } = parseSettings(`seed=${value}`);
      expect(settings.seed).to.equal(undefined);
      expect(problems.map(({ name }) => name)).to.deep.equal(['seed']);
    });
  }

  it('names the choices where a word is not among them', () => {
    const { settings, problems } = parseSettings('backend=cuda&view=vr&source=radio&fit=fill');
    expect(settings).to.deep.equal(DEFAULT_SETTINGS);
    expect(problems.map(({ name, value }) => `${name}=${value}`)).to.deep.equal([
      'view=vr',
      'source=radio',
      'backend=cuda',
      'fit=fill',
    ]);
    expect(problems[2]?.expected).to.deep.equal({
      kind: 'choice',
      choices: ['auto', 'webgpu', 'webgl', 'wasm', 'cpu'],
    });
  });

  for (const [value, expected] of [
    ['', true],
    ['1', true],
    ['true', true],
    ['0', false],
    ['off', false],
  ] as const) {
    it(`reads kiosk=${value} as ${String(expected)}`, () => {
      expect(parseSettings(`kiosk=${value}`)).to.deep.equal({
        settings: { ...DEFAULT_SETTINGS, kiosk: expected },
        problems: [],
      });
    });
  }

  it('refuses names that cannot be ids or models', () => {
    const { settings, problems } = parseSettings(
      `camera=${'x'.repeat(201)}&model=../../etc/passwd`,
    );
    expect(settings).to.deep.equal(DEFAULT_SETTINGS);
    expect(problems.map(({ name }) => name)).to.deep.equal(['camera', 'model']);
  });

  it('drops empty and repeated classes', () => {
    expect(parseSettings('classes=cup,,cup, cat ,').settings.classes).to.deep.equal(['cup', 'cat']);
  });
});

describe('formatSettings', () => {
  it('writes nothing for the defaults', () => {
    expect(formatSettings(DEFAULT_SETTINGS)).to.equal('');
  });

  it('writes back what it reads', () => {
    const query =
      '?source=camera&camera=environment&backend=webgl&classes=cup,cat&score=0.35&mirror=on&fit=contain&seed=0&kiosk=1';
    expect(formatSettings(parseSettings(query).settings)).to.equal(query);
  });

  it('keeps parameters that belong to others, and removes its own that are back at the default', () => {
    const query = formatSettings(DEFAULT_SETTINGS, '?utm=x&score=0.9&kiosk&source=demo');
    expect(query).to.equal('?utm=x');
  });

  it('rounds a score that a slider made', () => {
    const settings = { ...DEFAULT_SETTINGS, score: 0.1 + 0.2 };
    expect(formatSettings(settings)).to.equal('?score=0.3');
  });

  it('writes a threshold of 0, which is not the default', () => {
    expect(formatSettings({ ...DEFAULT_SETTINGS, score: 0 })).to.equal('?score=0');
  });
});

describe('matchClasses', () => {
  const labels = ['person', 'cup', 'wine glass'];

  it('finds labels whatever their case, once, in the order asked for', () => {
    expect(matchClasses(['Wine Glass', 'PERSON', 'person'], labels)).to.deep.equal({
      known: ['wine glass', 'person'],
      unknown: [],
    });
  });

  it('tells what the model does not know', () => {
    expect(matchClasses(['cup', 'unicorn'], labels)).to.deep.equal({
      known: ['cup'],
      unknown: ['unicorn'],
    });
  });
});
