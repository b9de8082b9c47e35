/** A rejection that `state` already tells; callers who want it have the promise itself. */
export function reported(promise: Promise<unknown>): void {
  promise.catch(() => undefined);
}
