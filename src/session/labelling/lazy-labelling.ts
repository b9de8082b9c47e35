import type { Labelling } from './types.js';

/** Labelling whose code is fetched when somebody first needs it. */
export function lazyLabelling(
  open: () => Promise<Labelling>,
  now: () => Labelling | undefined,
): Labelling {
  return {
    get carried() {
      return now()?.carried;
    },
    carry: async (bbox, label) => (await open()).carry(bbox, label),
    stopCarrying: () => now()?.stopCarrying(),
    keepViews: async (ids) => (await open()).keepViews(ids),
    propose: async () => (await open()).propose(),
    proposeFor: async (id) => (await open()).proposeFor(id),
    openPicture: async (id) => (await open()).openPicture(id),
    moveBox: async (id, bbox) => (await open()).moveBox(id, bbox),
  };
}
