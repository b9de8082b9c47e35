import { sendKeys, sendMouse } from '@web/test-runner-commands';
import { expect } from 'chai';
import '../../../src/ui/elements/sightline-sheet.js';
import { inShadow } from '../../support/detector.js';
import { until } from '../../support/promises.js';

describe('<sightline-sheet>', () => {
  let opener: HTMLButtonElement;
  let sheet: HTMLElementTagNameMap['sightline-sheet'];
  let closed: number;

  async function open(modal = true): Promise<HTMLDialogElement> {
    sheet.modal = modal;
    await sheet.updateComplete;
    opener.focus();
    sheet.open = true;
    await sheet.updateComplete;
    return inShadow(sheet, 'dialog', HTMLDialogElement);
  }

  beforeEach(() => {
    opener = document.body.appendChild(document.createElement('button'));
    opener.textContent = 'Open';
    sheet = document.createElement('sightline-sheet');
    sheet.heading = 'Things to choose';
    sheet.innerHTML = '<button id="first">First</button><button id="last">Last</button>';
    closed = 0;
    sheet.addEventListener('sheet-close', () => closed++);
    document.body.append(sheet);
  });

  afterEach(() => {
    opener.remove();
    sheet.remove();
  });

  it('is named by its heading, which gets the focus first', async () => {
    const dialog = await open();
    const heading = inShadow(sheet, 'h2');
    expect(dialog.getAttribute('aria-labelledby')).to.equal(heading.id);
    expect(heading.textContent).to.equal('Things to choose');
    expect(sheet.shadowRoot?.activeElement).to.equal(heading);
  });

  it('keeps the focus within while modal', async () => {
    await open();
    const reached = new Set<Element | null>();
    for (let press = 0; press < 6; press++) {
      await sendKeys({ press: 'Tab' });
      reached.add(document.activeElement);
    }
    expect(reached.has(opener)).to.equal(false);
    expect(reached.has(sheet.querySelector('#first'))).to.equal(true);
  });

  it('gives the focus back when closed', async () => {
    const dialog = await open();
    inShadow(sheet, 'button[aria-label=Close]', HTMLButtonElement).click();
    await until(() => closed === 1, 'it is closed');
    expect(dialog.open).to.equal(false);
    expect(document.activeElement).to.equal(opener);
  });

  it('is closed by Escape while modal', async () => {
    const dialog = await open();
    await sendKeys({ press: 'Escape' });
    await until(() => closed === 1, 'it is closed');
    expect(dialog.open).to.equal(false);
    expect(sheet.open).to.equal(false);
  });

  it('is closed by a tap beside it, and not by one on it', async () => {
    const dialog = await open();
    const box = dialog.getBoundingClientRect();
    await sendMouse({
      type: 'click',
      position: [Math.round(box.x + 20), Math.round(box.y + 12)],
    });
    expect(dialog.open).to.equal(true);
    await sendMouse({ type: 'click', position: [5, 5] });
    await until(() => closed === 1, 'it is closed');
    expect(dialog.open).to.equal(false);
  });

  it('leaves the page usable where it is not modal', async () => {
    const dialog = await open(false);
    expect(dialog.matches(':modal')).to.equal(false);
    opener.focus();
    expect(document.activeElement).to.equal(opener);
  });

  it('can be opened and closed by whoever owns it', async () => {
    const dialog = await open();
    sheet.open = false;
    await sheet.updateComplete;
    expect(dialog.open).to.equal(false);
    sheet.open = true;
    await sheet.updateComplete;
    expect(dialog.open).to.equal(true);
  });
});
