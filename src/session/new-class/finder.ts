import type { SampleBook } from '../teach/sample-book.js';
import type { NewClasses } from './new-classes.js';
import type { Finder } from './types.js';

/** How a finder gets at what it works on; what goes wrong there is reported. */
export interface FinderAccess {
  readonly withProject: (
    work: (finds: NewClasses, book: SampleBook) => Promise<void>,
  ) => Promise<void>;
  readonly withFinds: (work: (finds: NewClasses) => Promise<void>) => Promise<void>;
  /** What is open already. */
  readonly now: () => NewClasses | undefined;
}

export function finder({ withProject, withFinds, now }: FinderAccess): Finder {
  return {
    learn: (label) => withProject((finds, book) => finds.learn(label, book)),
    cancel: () => {
      now()?.cancel();
    },
    setOn: (id, isOn) => withFinds((finds) => finds.setOn(id, isOn)),
    setThreshold: (id, threshold) => withFinds((finds) => finds.setThreshold(id, threshold)),
    remove: (id) => withFinds((finds) => finds.remove(id)),
  };
}
