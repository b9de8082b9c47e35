import { emptyVideo, silentVideo } from './video-element.js';

/** Whether this browser can show a picture in a small window over all others. */
export function canFloat(): boolean {
  // Missing in some browsers, whatever the types say.
  return (document as Partial<Document>).pictureInPictureEnabled === true;
}

/** A stream in a small window over all others (picture-in-picture), one at a time. */
export class FloatingPicture {
  #video: HTMLVideoElement | undefined;

  get isOpen(): boolean {
    return this.#video !== undefined;
  }

  /**
   * Opens the window; a press of a person must have led here.
   *
   * @param stream Taken over: its tracks are stopped when the window closes.
   * @param closed Called once, when it has closed, by whomever.
   * @throws DOMException Why the browser does not open it.
   */
  async open(stream: MediaStream, closed: () => void): Promise<void> {
    this.close();
    const video = silentVideo();
    this.#video = video;
    const end = (): void => {
      for (const track of stream.getTracks()) track.stop();
      emptyVideo(video);
      if (this.#video === video) this.#video = undefined;
      closed();
    };
    try {
      video.srcObject = stream;
      await video.play();
      await video.requestPictureInPicture();
      video.addEventListener('leavepictureinpicture', end, { once: true });
    } catch (thrown) {
      end();
      throw thrown;
    }
  }

  close(): void {
    if (this.#video === undefined || document.pictureInPictureElement !== this.#video) return;
    // It tells of its end itself.
    document.exitPictureInPicture().catch(() => undefined);
  }
}
