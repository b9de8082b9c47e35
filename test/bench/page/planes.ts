/**
 * The red, green and blue of pixels, each as a plane of its own, which is how
 * ONNX Runtime takes pictures.
 *
 * @param stride Numbers per pixel: 4 with opacity, 3 without.
 * @returns Three planes of `p * scale + offset`.
 */
export function toPlanes(
  pixels: ArrayLike<number>,
  stride: 3 | 4,
  scale: number,
  offset: number,
): Float32Array {
  const size = pixels.length / stride;
  const planes = new Float32Array(size * 3);
  for (let pixel = 0; pixel < size; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      planes[channel * size + pixel] = (pixels[pixel * stride + channel] ?? 0) * scale + offset;
    }
  }
  return planes;
}
