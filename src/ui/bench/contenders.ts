import { EXECUTORS, type Executor } from '../../domain/backend.js';
import { SightlineError } from '../../domain/errors.js';
import { t } from '../../i18n/messages.js';
import type { BenchArm, BenchContender } from '../../session/bench.js';
import type {} from '../elements/sightline-detector.js';

/** Plain JavaScript takes seconds per frame; nobody compares that. */
const COMPARED = EXECUTORS.filter(({ backend }) => backend !== 'cpu').reverse();

/** What a page of the instruments may lend: stock coco-ssd, whose weights are not part of the site. */
export interface StockModule {
  readonly openStock: (backend: string) => Promise<BenchArm>;
}

/**
 * Sightline on every runtime and backend, TensorFlow.js on WebAssembly first: it
 * runs everywhere, so ratios to it can be compared between devices.
 */
export function sightlineContenders(): BenchContender[] {
  return COMPARED.map((executor, index) => ({
    id: `${executor.runtime}-${executor.backend}`,
    title: t('backend.with', executor.backend, executor.runtime),
    isReference: index === 0,
    open: () => openSightline(executor),
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
async function openSightline({ runtime, backend }: Executor): Promise<BenchArm> {
  const element = document.createElement('sightline-detector');
  element.backend = backend;
  element.runtime = runtime;
  element.detail = 'off';
  const assertIntact = (): void => {
    const used = element.info;
    // What is lost is replaced by something else, which is not the contender.
    if (used?.backend === backend && used.runtime === runtime) return;
    throw new SightlineError('device-lost', 'something else took its place');
  };
  try {
    await element.detect(new ImageData(300, 300));
    assertIntact();
  } catch (thrown) {
    await element.dispose();
    throw thrown;
  }
  return {
    adapter: element.info?.adapter ?? '',
    precision: element.info?.model.precision ?? '',
    detect: async (picture) => {
      const { detections } = await element.detect(picture);
      assertIntact();
      return detections;
    },
    close: () => element.dispose(),
  };
}
