/** A part of some bytes. */
export interface BytePlace {
  readonly at: number;
  readonly bytes: number;
}

/** Bytes without some parts, for whoever has those anyway. */
export function cutOut(bytes: Uint8Array, places: readonly BytePlace[]): Uint8Array {
  const kept = new Uint8Array(bytes.length - places.reduce((sum, place) => sum + place.bytes, 0));
  let [from, to] = [0, 0];
  for (const place of [...inOrder(places), { at: bytes.length, bytes: 0 }]) {
    kept.set(bytes.subarray(from, place.at), to);
    to += place.at - from;
    from = place.at + place.bytes;
  }
  return kept;
}

/**
 * The other way round.
 *
 * @param places As they were cut out; zeros are put there.
 */
export function putBack(kept: Uint8Array, places: readonly BytePlace[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(kept.length + places.reduce((sum, place) => sum + place.bytes, 0));
  let [from, to] = [0, 0];
  for (const place of [...inOrder(places), { at: bytes.length, bytes: 0 }]) {
    const length = place.at - to;
    bytes.set(kept.subarray(from, from + length), to);
    from += length;
    to = place.at + place.bytes;
  }
  return bytes;
}

function inOrder(places: readonly BytePlace[]): readonly BytePlace[] {
  return places.toSorted((a, b) => a.at - b.at);
}
