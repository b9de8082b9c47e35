/** Real files for tests, made by the browser or committed under test/fixtures/. */

/** A file of one colour, encoded by the browser. */
export async function canvasFile(
  width: number,
  height: number,
  type = 'image/png',
  colour = 'rgb(255, 0, 0)',
): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2D canvas');
  context.fillStyle = colour;
  context.fillRect(0, 0, width, height);
  return canvas.convertToBlob({ type });
}

/** A committed file, by its path under test/fixtures/. */
export async function fixture(path: string): Promise<File> {
  const response = await fetch(`/test/fixtures/${path}`);
  if (!response.ok) throw new Error(`no fixture ${path}`);
  return new File([await response.blob()], path.split('/').at(-1) ?? '');
}

/** A PNG whose header states a size and that holds no pixels. */
export function pngHeader(width: number, height: number): Blob {
  const view = new DataView(new ArrayBuffer(33));
  [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a].forEach((byte, at) => {
    view.setUint8(at, byte);
  });
  view.setUint32(8, 13);
  view.setUint32(12, 0x49484452); // "IHDR"
  view.setUint32(16, width);
  view.setUint32(20, height);
  view.setUint32(24, 0x08020000); // 8 bits, RGB
  return new Blob([view.buffer]);
}

/** A JPEG with an EXIF orientation (1 to 8) put into it. */
export async function withOrientation(jpeg: Blob, orientation: number): Promise<Blob> {
  const bytes = new Uint8Array(await jpeg.arrayBuffer());
  const exif = [
    ...[0xff, 0xe1, 0x00, 0x22], // APP1, 34 bytes
    ...[0x45, 0x78, 0x69, 0x66, 0, 0], // "Exif"
    ...[0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8], // big-endian TIFF
    ...[0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0], // one tag: orientation
    ...[0, 0, 0, 0],
  ];
  return new Blob([bytes.slice(0, 2), Uint8Array.from(exif), bytes.slice(2)]);
}

/** Red, green and blue of a picture at places given as fractions of its size. */
export function colourAt(
  picture: CanvasImageSource & (VideoFrame | ImageBitmap | HTMLCanvasElement),
  x: number,
  y: number,
): [number, number, number] {
  const width = 'displayWidth' in picture ? picture.displayWidth : picture.width;
  const height = 'displayHeight' in picture ? picture.displayHeight : picture.height;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  if (context === null) throw new Error('no 2D canvas');
  context.drawImage(picture, 0, 0, width, height);
  const [red = 0, green = 0, blue = 0] = context.getImageData(
    Math.floor(x * (width - 1)),
    Math.floor(y * (height - 1)),
    1,
    1,
  ).data;
  return [red, green, blue];
}

/** A picture of one colour. */
export async function bitmap(colour: string, width = 12, height = 8): Promise<ImageBitmap> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2D canvas');
  context.fillStyle = colour;
  context.fillRect(0, 0, width, height);
  return createImageBitmap(canvas);
}
