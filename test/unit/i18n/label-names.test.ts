import { expect } from 'chai';
import type { ModelIndex } from '../../../src/domain/model-manifest.js';
import {
  LABEL_LANGUAGES,
  labelCount,
  labelName,
  loadLabelNames,
} from '../../../src/i18n/label-names.js';
import { labels as de } from '../../../src/i18n/labels/de.js';
import { labels as es } from '../../../src/i18n/labels/es.js';
import { labels as fr } from '../../../src/i18n/labels/fr.js';

/** What the compiled model can report. */
async function modelLabels(): Promise<readonly string[]> {
  const index = (await (await fetch('/models/index.json')).json()) as ModelIndex;
  return index.models.flatMap(({ labels }) => labels).filter((label) => label !== null);
}

describe('Label names', () => {
  let modelsOwn: readonly string[];

  before(async () => {
    modelsOwn = await modelLabels();
    expect(modelsOwn).to.have.length.of.at.least(80);
  });

  it('are the canonical ones in English', () => {
    expect(labelName('cell phone', 'en')).to.equal('cell phone');
    expect(labelName('cell phone', 'xx')).to.equal('cell phone');
  });

  for (const [label, count, text] of [
    ['cup', 1, 'cup'],
    ['cup', 2, '2 cups'],
    ['person', 2, '2 people'],
    ['bus', 3, '3 buses'],
    ['couch', 2, '2 couches'],
    ['knife', 2, '2 knives'],
    ['toothbrush', 2, '2 toothbrushes'],
    ['sheep', 12, '12 sheep'],
    ['tie', 2, '2 ties'],
    ['my canary', 2, '2 my canaries'],
  ] as const) {
    it(`counts ${String(count)} ${label} as "${text}"`, () => {
      expect(labelCount(label, count, 'en')).to.equal(text);
    });
  }

  it('knows more than one language', () => {
    expect(LABEL_LANGUAGES).to.have.members(['de', 'es', 'fr']);
  });

  for (const [language, table] of Object.entries({ de, es, fr })) {
    it(`names every label of the model in ${language}, and nothing else`, () => {
      expect(Object.keys(table)).to.have.members([...modelsOwn]);
      for (const forms of Object.values(table)) {
        for (const form of forms) expect(form).to.match(/^\S(.*\S)?$/);
      }
    });
  }

  it('serves a region with its language', async () => {
    await loadLabelNames('de-AT');
    expect(labelName('cup', 'de-AT')).to.equal('Tasse');
    expect(labelCount('person', 2, 'de-AT')).to.equal('2 Personen');
  });

  it("leaves a person's own label as it is in every language", async () => {
    await loadLabelNames('fr');
    expect(labelName('my mug', 'fr')).to.equal('my mug');
    expect(labelCount('my mug', 2, 'fr')).to.equal('2 my mug');
  });
});
