import { BACKENDS, type BackendName } from '../../domain/backend.js';
import { SightlineError } from '../../domain/errors.js';
import { t } from '../../i18n/messages.js';
import type { BenchArm, BenchContender } from '../../session/bench.js';
import type {} from '../elements/sightline-detector.js';

/** Plain JavaScript takes seconds per frame; nobody compares that. */
const COMPARED = BACKENDS.filter((backend) => backend !== 'cpu').reverse();

/** What a page of the instruments may lend: stock coco-ssd, whose weights are not part of the site. */
export interface StockModule {
  readonly openStock: (backend: string) => Promise<BenchArm>;
}

/**
 * Sightline on every backend, WebAssembly first: it runs everywhere, so ratios
 * to it can be compared between devices.
 */
export function sightlineContenders(): BenchContender[] {
  return COMPARED.map((backend) => ({
    id: backend,
    title: `Sightline, ${t('backend.name', backend)}`,
    isReference: backend === COMPARED[0],
    open: () => openSightline(backend),
  }));
}

/** Stock coco-ssd, where `npm run bench -- --page` serves this page. */
export function stockContender(load: () => Promise<StockModule>, backend: string): BenchContender {
  return {
    id: 'stock',
    title: `Stock coco-ssd, ${backend}`,
    open: async () => (await load()).openStock(backend),
  };
}

/** Through the public element, as a developer would. */
async function openSightline(backend: BackendName): Promise<BenchArm> {
  const element = document.createElement('sightline-detector');
  element.backend = backend;
  element.detail = 'off';
  try {
    await element.detect(new ImageData(300, 300));
  } catch (thrown) {
    await element.dispose();
    throw thrown;
  }
  const adapter = element.info?.adapter ?? '';
  return {
    adapter,
    precision: element.info?.model.precision ?? '',
    detect: async (picture) => {
      const { backend: used, detections } = await element.detect(picture);
      // A device that is lost is replaced by another backend, which is not the contender.
      if (used !== backend) throw new SightlineError('device-lost', `${used} took its place`);
      return detections;
    },
    close: () => element.dispose(),
  };
}
