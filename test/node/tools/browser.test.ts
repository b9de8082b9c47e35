import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { findChromium } from '../../../tools/browser.js';

describe('findChromium', () => {
  const before = process.env['CHROME_PATH'];

  beforeEach(() => {
    delete process.env['CHROME_PATH'];
  });

  afterEach(() => {
    if (before === undefined) delete process.env['CHROME_PATH'];
    else process.env['CHROME_PATH'] = before;
  });

  it('takes the browser that a person names', () => {
    process.env['CHROME_PATH'] = process.execPath;
    assert.equal(findChromium(), process.execPath);
  });

  it('explains when there is no such file, instead of taking another', () => {
    process.env['CHROME_PATH'] = '/nowhere/chrome';
    assert.throws(() => findChromium(), /CHROME_PATH is set to \/nowhere\/chrome/);
  });

  it('treats an empty name as none', () => {
    const found = findChromium();
    process.env['CHROME_PATH'] = '';
    assert.equal(findChromium(), found);
  });
});
