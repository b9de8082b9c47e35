/**
 * A canvas that hands on what is drawn on it as a stream, whatever the source is: its tracks go on
 * over a change of source or size.
 */
export class PictureStream {
  readonly #canvas = document.createElement('canvas');
  readonly #context = this.#canvas.getContext('2d', { alpha: false });
  readonly #streams: MediaStream[] = [];

  /** Whether anybody still takes it. */
  get isTaken(): boolean {
    return this.#streams.some((stream) =>
      stream.getTracks().some(({ readyState }) => readyState === 'live'),
    );
  }

  /**
   * One more stream of it; whoever takes it stops its tracks.
   *
   * @throws DOMException `NotSupportedError` where the browser has no streams of a canvas.
   */
  open(): MediaStream {
    // Missing in some browsers, whatever the types say.
    if (!('captureStream' in this.#canvas)) {
      throw new DOMException('A canvas gives no stream here', 'NotSupportedError');
    }
    const stream = this.#canvas.captureStream();
    this.#streams.push(stream);
    return stream;
  }

  /** The next frame. */
  draw(picture: HTMLCanvasElement): void {
    const { width, height } = picture;
    if (width === 0 || height === 0) return;
    if (this.#canvas.width !== width) this.#canvas.width = width;
    if (this.#canvas.height !== height) this.#canvas.height = height;
    this.#context?.drawImage(picture, 0, 0);
  }

  /** Nothing is on show any more. */
  clear(): void {
    this.#context?.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
  }

  close(): void {
    this.clear();
    for (const stream of this.#streams) for (const track of stream.getTracks()) track.stop();
    this.#streams.length = 0;
  }
}
