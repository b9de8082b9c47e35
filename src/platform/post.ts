/** What has become of a message: an HTTP status, nobody answers, or the page may not send there. */
export type PostResult = number | 'unreachable' | 'forbidden';

/**
 * Sends JSON to an address. Cookies go to the page's own origin only; a redirect is not
 * followed, for it may lead elsewhere.
 *
 * @param timeout Milliseconds that an answer may take.
 */
export async function postJson(url: string, body: string, timeout: number): Promise<PostResult> {
  const blocked = new Set<string>();
  const listen = ({ blockedURI, effectiveDirective }: SecurityPolicyViolationEvent): void => {
    if (effectiveDirective === 'connect-src') blocked.add(blockedURI);
  };
  addEventListener('securitypolicyviolation', listen);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
      cache: 'no-store',
      credentials: 'same-origin',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.timeout(timeout),
    });
    await response.body?.cancel();
    return response.status;
  } catch {
    // The event comes in a task of its own.
    await new Promise((resolve) => setTimeout(resolve));
    // The browser may tell no more than the origin.
    return [...blocked].some((uri) => url.startsWith(uri)) ? 'forbidden' : 'unreachable';
  } finally {
    removeEventListener('securitypolicyviolation', listen);
  }
}

/** The content security policy that the page carries; empty where it carries none. */
export function pagePolicy(): string {
  const element = document.querySelector('meta[http-equiv="Content-Security-Policy"]');
  return element?.getAttribute('content') ?? '';
}
