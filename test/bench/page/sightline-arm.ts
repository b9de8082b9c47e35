import type {} from '../../../src/ui/elements/sightline-detector.js';
import type { DetectionOptions } from '../../../src/domain/detection.js';
import type { ArmSpec } from '../arms.js';
import { askWorker } from './probe-counts.js';
import { silentClass, TAUGHT_LABEL } from './taught-class.js';
import type { PageArm, PageUrls } from './page-arm.js';

/** The built element, used as a developer uses it. */
export async function openSightline(
  spec: ArmSpec & { readonly kind: 'sightline' },
  urls: PageUrls,
): Promise<PageArm> {
  await import(urls.element);
  const element = document.createElement('sightline-detector');
  for (const [name, value] of Object.entries(spec.attributes)) element.setAttribute(name, value);
  document.body.append(element);
  const options = spec.options as Partial<DetectionOptions>;
  if (spec.isTaught === true) await teach(element);
  await element.detect(new ImageData(300, 300));
  return {
    adapter: `${element.info?.backend ?? ''}, ${element.info?.adapter ?? ''}`,
    detect: async (picture) => (await element.detect(picture, options)).detections,
    counts: askWorker,
    assertIntact: () => {
      const { info, stats } = element;
      const wanted = Object.values(spec.expects).join(', ');
      const { runtime, backend, precision } = spec.expects;
      const isWanted =
        info?.runtime === runtime && info.backend === backend && info.model.precision === precision;
      if (!isWanted) {
        const found = info && [info.runtime, info.backend, info.model.precision].join(', ');
        throw new Error(`${wanted} was asked for, ${found ?? 'nothing'} runs`);
      }
      if (stats.workerRestarts + (stats.engine?.recoveries ?? 0) > 0) {
        throw new Error('the engine was replaced in between');
      }
    },
    close: async () => {
      element.remove();
      await element.dispose();
    },
  };
}

/**
 * Has the element look for one more class, which is told nowhere.
 *
 * @throws Error when the element does not take it: then it would cost nothing.
 */
async function teach(element: HTMLElementTagNameMap['sightline-detector']): Promise<void> {
  const silent = silentClass();
  element.finds = [{ ...silent, threshold: 0 }];
  await element.updateComplete;
  const { detections } = await element.detect(new ImageData(300, 300), { scoreThreshold: 0 });
  if (!detections.some((found) => found.class === TAUGHT_LABEL)) {
    throw new Error('the taught class is not looked for');
  }
  element.finds = [silent];
  await element.updateComplete;
}
