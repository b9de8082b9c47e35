/**
 * Which logits columns may win, from allow and deny lists (MediaPipe's
 * `categoryAllowlist` and `categoryDenylist`). Labels the model does not know
 * are ignored; an allowlist that names only unknown labels permits nothing.
 *
 * @param labels Label of each column; `null` columns (background) never win.
 * @returns One entry per column: 1 permitted, 0 not.
 */
export function permittedColumns(
  labels: readonly (string | null)[],
  allowlist: readonly string[],
  denylist: readonly string[],
): Uint8Array {
  const allowed = new Set(allowlist);
  const denied = new Set(denylist);
  return Uint8Array.from(labels, (label) =>
    label !== null && (allowed.size === 0 || allowed.has(label)) && !denied.has(label) ? 1 : 0,
  );
}
