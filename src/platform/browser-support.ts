/** What the engine cannot do without, by the name of the global that provides it. */
const REQUIRED = ['Worker', 'WebAssembly', 'OffscreenCanvas', 'createImageBitmap'] as const;

/**
 * What this browser lacks of what the detector needs: too old, or a mode that
 * switches it off.
 *
 * @returns Names of missing globals; empty where everything is there.
 */
export function missingFeatures(): readonly string[] {
  return REQUIRED.filter((name) => (globalThis as Record<string, unknown>)[name] === undefined);
}
