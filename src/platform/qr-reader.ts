/** Chromium's and Safari's own reader, as far as it is used here. */
interface BarcodeReader {
  detect(picture: CanvasImageSource): Promise<readonly { readonly rawValue: string }[]>;
}
interface BarcodeReaderClass {
  new (options: { readonly formats: readonly string[] }): BarcodeReader;
  getSupportedFormats(): Promise<readonly string[]>;
}

/** What a QR code in a picture says, if there is one. */
export type ReadQr = (picture: HTMLVideoElement | HTMLCanvasElement) => Promise<string | undefined>;

/** Pixels on the longer side that are looked at: enough for a code that fills most of it. */
const LONGEST_SIDE = 960;

/** The browser's reader where it has one that reads QR codes, else one that is loaded. */
export async function createQrReader(): Promise<ReadQr> {
  const { BarcodeDetector: Reader } = globalThis as { BarcodeDetector?: BarcodeReaderClass };
  const formats = (await Reader?.getSupportedFormats().catch(() => [])) ?? [];
  if (Reader === undefined || !formats.includes('qr_code')) return loadedReader();
  const reader = new Reader({ formats: ['qr_code'] });
  return async (picture) => {
    const found = await reader.detect(picture).catch(() => []);
    return found[0]?.rawValue;
  };
}

async function loadedReader(): Promise<ReadQr> {
  const { default: decodeQR } = await import('qr/decode.js');
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (picture) => {
    const [width, height] =
      picture instanceof HTMLVideoElement
        ? [picture.videoWidth, picture.videoHeight]
        : [picture.width, picture.height];
    if (context === null || width === 0 || height === 0) return Promise.resolve(undefined);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    try {
      return Promise.resolve(decodeQR(context.getImageData(0, 0, canvas.width, canvas.height)));
    } catch {
      // It throws where there is no code, as in most pictures.
      return Promise.resolve(undefined);
    }
  };
}
