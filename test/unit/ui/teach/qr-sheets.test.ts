import { expect } from 'chai';
import { createQrReader } from '../../../../src/platform/qr-reader.js';
import '../../../../src/ui/teach/sightline-qr-sheet.js';
import '../../../../src/ui/teach/sightline-scan-sheet.js';
import { inShadow, mountDetector, unmountAll } from '../../../support/detector.js';
import { until } from '../../../support/promises.js';
import { buttonIn, commandsOf } from '../../../support/teach-view.js';

describe('Heads as QR codes', () => {
  let sheet: HTMLElementTagNameMap['sightline-qr-sheet'];

  async function show(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    sheet = document.createElement('sightline-qr-sheet');
    sheet.file = { name: 'heads.json', blob: new Blob([bytes]) };
    sheet.open = true;
    document.body.append(sheet);
    await sheet.updateComplete;
  }

  const hasCode = (): boolean => sheet.shadowRoot?.querySelector('canvas') !== null;

  afterEach(() => {
    sheet.remove();
    unmountAll();
  });

  it('go from one screen to another through the picture', async () => {
    const bytes = Uint8Array.from({ length: 1500 }, (_, index) => (index * 7919) & 255);
    await show(bytes);
    await until(hasCode, 'there is a code');
    const code = inShadow(sheet, 'canvas', HTMLCanvasElement);

    const { element, session } = await mountDetector();
    session.picture = { size: { width: 640, height: 480 } };
    await element.open({ kind: 'camera' });
    const picture = element.sourceInfo?.element as HTMLCanvasElement;
    // What a camera would see of the other screen: the code, small and not quite sharp.
    const film = setInterval(() => {
      const context = picture.getContext('2d');
      if (context === null) return;
      context.fillStyle = '#667788';
      context.fillRect(0, 0, 640, 480);
      context.drawImage(code, 110, 30, 420, 420);
    }, 50);
    try {
      const scan = document.createElement('sightline-scan-sheet');
      scan.detector = element;
      scan.createReader = createQrReader;
      scan.open = true;
      const commands = commandsOf(scan);
      element.append(scan);
      await until(() => commands.length > 0, 'the codes are read', 15_000);
      const [command] = commands;
      if (command?.kind !== 'import') throw new Error(String(command?.kind));
      expect(new Uint8Array(await command.file.arrayBuffer())).to.deep.equal(bytes);
      expect(inShadow(scan, '[role=status]').textContent).to.equal('4 of 4 codes read');
    } finally {
      clearInterval(film);
    }
  });

  it('stand still when asked to', async () => {
    await show(new Uint8Array(1000));
    await until(hasCode, 'there is a code');
    buttonIn(sheet, 'Pause').click();
    await sheet.updateComplete;
    const text = (): string | null => inShadow(sheet, 'canvas').ariaLabel;
    const before = text();
    buttonIn(sheet, 'Next').click();
    await sheet.updateComplete;
    expect(text()).not.to.equal(before);
  });

  it('are not shown of something too large', async () => {
    await show(new Uint8Array(200_000));
    await sheet.updateComplete;
    expect(sheet.shadowRoot?.textContent).to.contain('This is too much for codes.');
    expect(hasCode()).to.equal(false);
  });
});
