import type { Labelling } from './types.js';

/** What goes wrong with loading is in the state of teaching. */
const ignored = (): void => undefined;

/** Labelling whose code is fetched when somebody first needs it. */
export function lazyLabelling(
  open: () => Promise<Labelling>,
  now: () => Labelling | undefined,
): Labelling {
  return {
    get carried() {
      return now()?.carried;
    },
    setAsking: (isOn) => {
      void open().then((labelling) => {
        labelling.setAsking(isOn);
      }, ignored);
    },
    answer: async (id, answer) => (await open()).answer(id, answer),
    skip: (id) => now()?.skip(id),
    carry: async (bbox, label) => (await open()).carry(bbox, label),
    stopCarrying: () => now()?.stopCarrying(),
    keepViews: async (ids) => (await open()).keepViews(ids),
    propose: async () => (await open()).propose(),
    proposeFor: async (id) => (await open()).proposeFor(id),
    openPicture: async (id) => (await open()).openPicture(id),
    moveBox: async (id, bbox) => (await open()).moveBox(id, bbox),
  };
}
