import type { ClipRing } from './clip-ring.js';

/** The best that this browser has: WebCodecs, else `MediaRecorder`, else none. */
export async function openClipRing(): Promise<ClipRing | undefined> {
  const { EncodedRing } = await import('./encoded-ring.js');
  const encoded = await EncodedRing.open();
  if (encoded !== undefined) return encoded;
  const { RecorderRing } = await import('./recorder-ring.js');
  return RecorderRing.open();
}
