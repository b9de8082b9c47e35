/** Every frame of the comparison has this size. */
const FRAME = { width: 640, height: 480 } as const;

/** Moments of the built-in clip, in parts of its length. */
const MOMENTS = [0.1, 0.35, 0.6, 0.85] as const;

/**
 * Fixed frames of the built-in clip.
 *
 * @param urls The clip, in order of preference.
 * @throws Error when none of them can be played.
 */
export async function benchFrames(urls: readonly string[]): Promise<HTMLCanvasElement[]> {
  const video = document.createElement('video');
  video.muted = true;
  video.preload = 'auto';
  video.playsInline = true;
  await openFirst(video, urls);
  const frames: HTMLCanvasElement[] = [];
  for (const moment of MOMENTS) {
    const seeked = once(video, 'seeked');
    video.currentTime = moment * video.duration;
    await seeked;
    const canvas = document.createElement('canvas');
    canvas.width = FRAME.width;
    canvas.height = FRAME.height;
    // In the memory of the CPU, as decoded pictures are; the same for everyone.
    const context = canvas.getContext('2d', { willReadFrequently: true });
    const scale = Math.max(FRAME.width / video.videoWidth, FRAME.height / video.videoHeight);
    const width = video.videoWidth * scale;
    const height = video.videoHeight * scale;
    context?.drawImage(
      video,
      (FRAME.width - width) / 2,
      (FRAME.height - height) / 2,
      width,
      height,
    );
    frames.push(canvas);
  }
  video.removeAttribute('src');
  video.load();
  return frames;
}

async function openFirst(video: HTMLVideoElement, urls: readonly string[]): Promise<void> {
  for (const url of urls) {
    try {
      const loaded = once(video, 'loadeddata');
      video.src = url;
      await loaded;
      return;
    } catch {
      // Not every browser plays every format.
    }
  }
  throw new Error('the built-in clip cannot be played');
}

/** The next event of a kind; rejects when the video fails. */
function once(video: HTMLVideoElement, type: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const { signal } = controller;
    video.addEventListener(
      type,
      () => {
        controller.abort();
        resolve();
      },
      { signal },
    );
    video.addEventListener(
      'error',
      () => {
        controller.abort();
        reject(new Error(video.error?.message ?? 'error'));
      },
      { signal },
    );
  });
}
