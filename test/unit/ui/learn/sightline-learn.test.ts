import { setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { closeApp, openApp, press, type AppOnPage } from '../../../support/app-on-page.js';
import { until } from '../../../support/promises.js';

/** Long enough for a module that is fetched on demand. */
const LOADED_MS = 20_000;

describe('The lessons in the app', () => {
  let on: AppOnPage;

  async function enter(query = 'view=learn'): Promise<void> {
    on = await openApp(query);
    await isIn();
  }

  const isIn = (): Promise<void> =>
    until(() => on.has('h1[tabindex]'), 'the lessons are there', LOADED_MS);
  const address = (key: string): string | null => new URL(location.href).searchParams.get(key);
  const heading = (): string => on.find('h1[tabindex]').textContent;

  before(() => setViewport({ width: 390, height: 844 }));
  after(() => setViewport({ width: 800, height: 600 }));
  afterEach(closeApp);

  it('open from the address at the chapter that it names, and leave nothing there', async () => {
    await enter('view=learn&chapter=loss&seed=3&score=0.4');
    expect(heading()).to.equal('The loss');
    expect(address('seed')).to.equal('3');
    press('Escape');
    await on.settled();
    expect(on.has('sightline-learn')).to.equal(false);
    expect(address('view')).to.equal(null);
    expect(address('chapter')).to.equal(null);
    expect(address('score')).to.equal('0.4');
  });

  it('let the detector rest, and wake it when they end', async () => {
    on = await openApp();
    await on.execute({ kind: 'open', request: { kind: 'camera' } });
    expect(on.session.state.running).to.equal(true);
    await on.execute({ kind: 'set-view', view: 'learn' });
    await isIn();
    expect(on.session.state.running).to.equal(false);
    // Single keys mean nothing to a detector that nobody sees.
    press(' ');
    await on.settled();
    expect(on.session.state.running).to.equal(false);
    await on.execute({ kind: 'set-view', view: 'live' });
    expect(on.session.state.running).to.equal(true);
  });

  it('close the list of chapters before the lessons', async () => {
    await enter();
    on.find('.contents').click();
    await on.settled();
    expect(on.has('.chapters')).to.equal(true);
    press('Escape');
    await on.settled();
    await on.settled();
    expect(on.has('.chapters')).to.equal(false);
    expect(on.has('sightline-learn')).to.equal(true);
  });
});
