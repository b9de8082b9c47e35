import type { ReactiveControllerHost } from 'lit';

/**
 * Does something as long as an element is on the page.
 *
 * @param begin Called when it comes; what it returns is called when it goes.
 */
export function whileConnected(host: ReactiveControllerHost, begin: () => () => void): void {
  let end: (() => void) | undefined;
  host.addController({
    hostConnected: () => {
      end = begin();
    },
    hostDisconnected: () => {
      end?.();
      end = undefined;
    },
  });
}
