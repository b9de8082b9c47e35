/** The part of Trusted Types that we need; the compiler's own library lacks it. */
interface ScriptUrlPolicy {
  createScriptURL(url: string): string;
}
interface PolicyFactory {
  createPolicy(name: string, rules: ScriptUrlPolicy): ScriptUrlPolicy;
}

const { trustedTypes } = globalThis as unknown as {
  readonly trustedTypes?: PolicyFactory;
};

/** Created once: a second one of the same name is refused. */
let policy: ScriptUrlPolicy | undefined;

/**
 * The address of a script, in the form that browsers with Trusted Types accept
 * for workers and service workers.
 *
 * @param url Absolute, or relative to the page.
 * @throws TypeError when it is not of the page's own origin.
 */
export function scriptUrl(url: string): string {
  policy ??= trustedTypes?.createPolicy('sightline', { createScriptURL: sameOrigin });
  return policy?.createScriptURL(url) ?? sameOrigin(url);
}

function sameOrigin(url: string): string {
  const { href, origin } = new URL(url, document.baseURI);
  if (origin !== location.origin) throw new TypeError(`${href} is not of this origin`);
  return href;
}
