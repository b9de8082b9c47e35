/** How a clip is encoded and wrapped. */
export interface ClipFormat {
  /** As WebCodecs calls it. */
  readonly codec: string;
  readonly container: 'mp4' | 'webm';
  /** As the file calls it. */
  readonly track: 'avc' | 'vp8' | 'vp9';
}

/**
 * Encoded frames as a file.
 *
 * @param chunks In order, the first one a key frame.
 */
export async function muxClip(
  { container, track }: ClipFormat,
  chunks: readonly EncodedVideoChunk[],
  decoderConfig: VideoDecoderConfig,
): Promise<Blob> {
  const {
    BufferTarget,
    EncodedPacket,
    EncodedVideoPacketSource,
    Mp4OutputFormat,
    Output,
    WebMOutputFormat,
  } = await import('mediabunny');
  const target = new BufferTarget();
  const format = container === 'mp4' ? new Mp4OutputFormat() : new WebMOutputFormat();
  const output = new Output({ format, target });
  const source = new EncodedVideoPacketSource(track);
  output.addVideoTrack(source);
  await output.start();
  const first = chunks[0]?.timestamp ?? 0;
  for (const [index, chunk] of chunks.entries()) {
    const data = new Uint8Array(chunk.byteLength);
    chunk.copyTo(data);
    // Frames come as they are looked at: each lasts until the next, the last one as the one before.
    const next = chunks[index + 1]?.timestamp;
    const before = chunks[index - 1]?.timestamp ?? chunk.timestamp - 80_000;
    const duration = next === undefined ? chunk.timestamp - before : next - chunk.timestamp;
    const packet = new EncodedPacket(
      data,
      chunk.type,
      (chunk.timestamp - first) / 1e6,
      duration / 1e6,
    );
    await source.add(packet, index === 0 ? { decoderConfig } : undefined);
  }
  await output.finalize();
  return new Blob(target.buffer === null ? [] : [target.buffer], { type: `video/${container}` });
}
