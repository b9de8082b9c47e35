import { expect } from 'chai';
import { ERROR_CODES } from '../../../src/domain/errors.js';
import { parseSettings } from '../../../src/domain/settings.js';
import { errorMessage, type DevicePlatform } from '../../../src/i18n/error-messages.js';
import { t } from '../../../src/i18n/messages.js';

const PLATFORMS: readonly DevicePlatform[] = ['ios', 'android', 'desktop'];

describe('The message catalogue', () => {
  for (const code of ERROR_CODES) {
    it(`has a title, a text and an action for ${code} on every platform`, () => {
      for (const platform of PLATFORMS) {
        const { title, text, action } = errorMessage(code, platform);
        // A title says more than the code does, and a text more than the title.
        expect(title).to.match(/^[A-Z].{5,}[^.]$/);
        expect(title).not.to.include(code);
        expect(text).to.match(/^[A-Z].{20,}\.$/);
        expect(action).to.match(/^[A-Z].{3,30}$/);
      }
    });
  }

  it('describes the way back to the camera for each platform', () => {
    const texts = PLATFORMS.map((platform) => errorMessage('permission-denied', platform).text);
    expect(new Set(texts).size).to.equal(3);
    expect(texts[0]).to.include('Safari');
    expect(texts[1]).to.include('Android');
  });

  it('fills in what a text needs', () => {
    expect(t('labels.summary-some', 2, 80)).to.equal('Looking for 2 of 80');
    expect(t('loading.megabytes', 4_200_000, 9_140_000)).to.equal('4.2 MB of 9.1 MB');
  });

  it('tells in words what was wrong in the address', () => {
    const texts = parseSettings('score=80&backend=cuda&seed=1.5&model=..').problems.map((problem) =>
      t('toast.setting', problem),
    );
    expect(texts).to.deep.equal([
      '“backend=cuda” in the address is not one of auto, webgpu, webgl, wasm, cpu; the default is used.',
      '“model=..” in the address is not a name without spaces; the default is used.',
      '“score=80” in the address is not a number from 0 to 1; the default is used.',
      '“seed=1.5” in the address is not a whole number from 0 to 4,294,967,295; the default is used.',
    ]);
  });
});
