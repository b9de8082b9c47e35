import { expect } from 'chai';
import { LitElement } from 'lit';
import { BACKENDS } from '../../../src/domain/backend.js';
import { SightlineError } from '../../../src/domain/errors.js';
import type { SessionStats, SourceInfo } from '../../../src/session/types.js';
import type { Command } from '../../../src/ui/commands.js';
import { devicePlatform } from '../../../src/ui/device-platform.js';
import '../../../src/ui/views/sightline-details.js';
import '../../../src/ui/views/sightline-problem-card.js';
import '../../../src/ui/views/sightline-score.js';
import '../../../src/ui/views/sightline-source-sheet.js';
import { cleanCameraLabel } from '../../../src/ui/views/sightline-source-sheet.js';
import { inShadow } from '../../support/detector.js';
import { STAND_IN_INFO } from '../../support/stand-in-session.js';

const CAMERA: SourceInfo = {
  kind: 'camera',
  label: 'Webcam',
  element: undefined,
  size: { width: 1280, height: 720 },
  facing: undefined,
  deviceId: 'lens-2',
};

describe('Panels', () => {
  let shown: HTMLElement | undefined;
  let commands: Command[];

  async function show<Name extends keyof HTMLElementTagNameMap>(
    name: Name,
    properties: Partial<HTMLElementTagNameMap[Name]>,
  ): Promise<HTMLElementTagNameMap[Name]> {
    const element: HTMLElement = document.createElement(name);
    Object.assign(element, properties);
    commands = [];
    element.addEventListener('app-command', (event) => commands.push(event.command));
    document.body.append(element);
    shown = element;
    await customElements.whenDefined(name);
    if (element instanceof LitElement) await element.updateComplete;
    return element as HTMLElementTagNameMap[Name];
  }

  afterEach(() => {
    shown?.remove();
  });

  describe('<sightline-details>', () => {
    const stats: SessionStats = {
      fps: 26,
      sustainedFps: 24.36,
      slowedBy: [],
      framesProcessed: 1834,
      framesDropped: 212,
      workerRestarts: 3,
      engine: {
        backend: 'wasm',
        tensors: 214,
        tensorBytes: 9_312_400,
        gpuBytes: undefined,
        frames: 1834,
        recoveries: 2,
      },
      last: {
        detections: [],
        frame: { width: 1280, height: 720, timestamp: 0 },
        regions: [[0, 0, 1280, 720]],
        backend: 'wasm',
        timings: { preprocess: 2.5, inference: 31, postprocess: 0.5 },
        readbackBytes: 2800,
      },
    };

    function lines(element: Element): Record<string, string> {
      const entries = [...(element.shadowRoot?.querySelectorAll('dl > div') ?? [])].map((line) => [
        line.querySelector('dt')?.textContent.trim() ?? '',
        line.querySelector('dd')?.textContent.trim() ?? '',
      ]);
      return Object.fromEntries(entries) as Record<string, string>;
    }

    it('shows every number there is', async () => {
      const details = await show('sightline-details', {
        open: true,
        info: STAND_IN_INFO,
        stats,
        source: CAMERA,
      });
      expect(inShadow(details, '.figure').textContent).to.equal('24.4');
      expect(lines(details)).to.deep.equal({
        Prepare: '2.5 ms',
        Network: '31 ms',
        Boxes: '0.5 ms',
        'Whole frame': '34 ms',
        'In the last seconds': '26 per second',
        'Parts looked at': '1',
        'Frames looked at': '1,834',
        'Frames skipped': '212',
        'Runs on': 'WebAssembly, LiteRT.js',
        Adapter: 'SIMD, 2 threads',
        'Chosen because': 'it was the fastest just now',
        Model: 'COCO-SSD, int8',
        'Network input': '300 × 300 pixels',
        Picture: '1,280 × 720 pixels',
        Tensors: '214',
        'In tensors': '9.3 MB',
        'Read back per frame': '2.8 kB',
        'Lost devices replaced': '2',
        'Workers restarted': '3',
        'Cross-origin isolated': 'yes',
      });
      expect(inShadow(details, 'li').textContent).to.include('WebGPU').and.include('No adapter');
    });

    it('draws the parts of a frame in their proportion', async () => {
      const details = await show('sightline-details', { open: true, info: STAND_IN_INFO, stats });
      const widths = [...(details.shadowRoot?.querySelectorAll('rect') ?? [])].map((part) =>
        Number(part.getAttribute('width')),
      );
      const expected = [2.5 / 34, 31 / 34, 0.5 / 34];
      widths.forEach((width, index) => {
        expect(width / 100).to.be.closeTo(expected[index] ?? NaN, 1e-9);
      });
      expect(widths).to.have.lengthOf(3);
    });

    it('lets the person choose the backend, and shows what was chosen', async () => {
      const details = await show('sightline-details', { open: true, backend: 'webgl' });
      const select = inShadow(details, 'select', HTMLSelectElement);
      expect(select.value).to.equal('webgl');
      expect([...select.options].map(({ value }) => value)).to.deep.equal(['auto', ...BACKENDS]);
      select.value = 'cpu';
      select.dispatchEvent(new Event('change'));
      expect(commands).to.deep.equal([{ kind: 'set-backend', backend: 'cpu' }]);
    });

    it('lets the person choose how closely to look', async () => {
      const details = await show('sightline-details', { open: true, detail: 'off' });
      const select = inShadow(details, 'select[name=detail]', HTMLSelectElement);
      expect(select.value).to.equal('off');
      select.value = 'on';
      select.dispatchEvent(new Event('change'));
      expect(commands).to.deep.equal([{ kind: 'set-detail', detail: 'on' }]);
    });

    it('says why fewer looks are taken', async () => {
      const slowed = { ...stats, slowedBy: ['still', 'battery'] as const };
      const details = await show('sightline-details', {
        open: true,
        info: STAND_IN_INFO,
        stats: slowed,
      });
      const remark = inShadow(details, '.remark').textContent;
      expect(remark).to.include('nothing moves').and.include('battery is low');
      details.stats = stats;
      await details.updateComplete;
      expect(details.shadowRoot?.querySelector('.remark')).to.equal(null);
    });

    it('promises numbers before the engine runs', async () => {
      const details = await show('sightline-details', { open: true });
      expect(inShadow(details, '.empty').textContent).to.include('as soon as the engine runs');
    });
  });

  describe('<sightline-source-sheet>', () => {
    function rows(element: Element): string[] {
      return [...(element.shadowRoot?.querySelectorAll('.row .name') ?? [])].map(
        ({ textContent }) => textContent,
      );
    }

    it('offers front and back on a phone whose lenses have no names yet', async () => {
      const sheet = await show('sightline-source-sheet', {
        open: true,
        handheld: true,
        cameras: [{ deviceId: '', label: '' }],
      });
      expect(rows(sheet)).to.deep.equal(['Back camera', 'Front camera', 'Photo or video', 'Demo']);
    });

    it('lists lenses by name once they are known, and marks the one in use', async () => {
      const sheet = await show('sightline-source-sheet', {
        open: true,
        canShareScreen: true,
        current: CAMERA,
        cameras: [
          { deviceId: 'lens-1', label: 'HD Webcam (046d:0825)' },
          { deviceId: 'lens-2', label: 'Other' },
        ],
      });
      expect(rows(sheet)).to.deep.equal([
        'HD Webcam',
        'Other',
        'Photo or video',
        'Screen',
        'Demo',
        'Turn off',
      ]);
      expect(inShadow(sheet, '[aria-current=true]').textContent).to.include('Other');
      inShadow(sheet, '.row', HTMLButtonElement).click();
      expect(commands).to.deep.equal([
        { kind: 'open', request: { kind: 'camera', deviceId: 'lens-1' } },
      ]);
    });

    it('takes only USB ids off a name', () => {
      expect(cleanCameraLabel('Camera 0, facing back')).to.equal('Camera 0, facing back');
      expect(cleanCameraLabel('Logi (C920)')).to.equal('Logi (C920)');
      expect(cleanCameraLabel('FaceTime HD (05AC:8514)')).to.equal('FaceTime HD');
    });
  });

  describe('<sightline-score>', () => {
    it('shows the number beside the slider and to assistive technology', async () => {
      const score = await show('sightline-score', { score: 0.35 });
      const input = inShadow(score, 'input', HTMLInputElement);
      expect(input.valueAsNumber).to.equal(0.35);
      expect(input.getAttribute('aria-valuetext')).to.equal('35% sure');
      expect(inShadow(score, 'output').textContent).to.equal('35% sure');
    });

    it('says where it is moved to', async () => {
      const score = await show('sightline-score', { score: 0.35 });
      const input = inShadow(score, 'input', HTMLInputElement);
      input.valueAsNumber = 0.4;
      input.dispatchEvent(new Event('input'));
      expect(commands).to.deep.equal([{ kind: 'set-score', score: 0.4 }]);
    });
  });

  describe('<sightline-problem-card>', () => {
    function buttons(element: Element): string[] {
      return [...(element.shadowRoot?.querySelectorAll('.actions button') ?? [])].map(
        ({ textContent }) => textContent.trim(),
      );
    }

    it('offers ways round a fault of the picture', async () => {
      const card = await show('sightline-problem-card', { error: new SightlineError('no-camera') });
      expect(buttons(card)).to.deep.equal(['Look again', 'Try the demo', 'Open a photo or video']);
    });

    it('does not offer the same thing twice', async () => {
      const card = await show('sightline-problem-card', {
        error: new SightlineError('insecure-context'),
      });
      expect(buttons(card)).to.deep.equal(['Try the demo', 'Open a photo or video']);
    });

    it('offers no other picture where the engine is at fault', async () => {
      const card = await show('sightline-problem-card', {
        error: new SightlineError('model-corrupt'),
      });
      expect(buttons(card)).to.deep.equal(['Try again']);
    });

    it('has technical detail only where there is some', async () => {
      const card = await show('sightline-problem-card', { error: new SightlineError('no-camera') });
      expect(card.shadowRoot?.querySelector('details')).to.equal(null);
    });
  });
});

describe('devicePlatform', () => {
  const safari = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605';
  for (const [userAgent, maxTouchPoints, expected] of [
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) Safari', 5, 'ios'],
    [safari, 5, 'ios'],
    [safari, 0, 'desktop'],
    ['Mozilla/5.0 (Linux; Android 14; Pixel 8) Chrome/130 Mobile', 5, 'android'],
    ['Mozilla/5.0 (X11; Linux x86_64) Chrome/130', 10, 'desktop'],
  ] as const) {
    it(`is ${expected} for ${userAgent} with ${String(maxTouchPoints)} fingers`, () => {
      expect(devicePlatform({ userAgent, maxTouchPoints })).to.equal(expected);
    });
  }
});
