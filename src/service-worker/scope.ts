/** The service worker's global scope, as the compiler should see it. */
export const scope = globalThis as unknown as ServiceWorkerGlobalScope;

/** The absolute address of a path below the root of the site. */
export function address(url: string): string {
  return new URL(url, scope.registration.scope).href;
}
