import { tensor, type Rank } from '@tensorflow/tfjs-core';
import type { BBox, Size } from '../../domain/geometry.js';
import type { ModelInput } from '../../domain/model-manifest.js';
import { wholeRegion } from '../../domain/tiles.js';
import type { FrameData } from '../../protocol/index.js';
import { assertAlive, frameSize, regionBitmap, type Preprocessor } from './preprocessor.js';

const WORKGROUP = 8;

/** Larger pictures are scaled down before they become a texture, which is kept. */
const LONGEST_SIDE = 1280;

/** The region (x, y, width, height) and the size that the picture has in the same unit, as float32. */
const REGION_BYTES = 6 * 4;

/**
 * Picture to network input in one dispatch: the frame is imported as a
 * texture (a video frame without any copy), sampled with the legacy bilinear
 * filter, normalised and written to a buffer that the tensor wraps.
 *
 * The buffer is used again for every frame. That is safe because a tensor of
 * one frame is read by commands that were submitted before the next frame's
 * dispatch, on the same queue.
 */
export async function createWebgpuPreprocessor(
  input: ModelInput,
  device: GPUDevice,
): Promise<Preprocessor> {
  const [, height, width] = input.shape;
  const buffer = device.createBuffer({
    label: 'network input',
    size: height * width * 3 * 4,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC,
  });
  const regionBuffer = device.createBuffer({
    label: 'region of the picture',
    size: REGION_BYTES,
    usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST,
  });
  const plain = await pipeline(device, input, 'texture_2d<f32>', 'textureDimensions(picture, 0)');
  const external = await externalPipeline(device, input);
  let texture: GPUTexture | undefined;
  let disposed = false;

  /** A texture for pictures that are no video frames, kept while the size stays. */
  const upload = (bitmap: ImageBitmap): GPUTexture => {
    if (texture?.width !== bitmap.width || texture.height !== bitmap.height) {
      texture?.destroy();
      texture = device.createTexture({
        size: [bitmap.width, bitmap.height],
        format: 'rgba8unorm',
        usage:
          GPUTextureUsage.TEXTURE_BINDING |
          GPUTextureUsage.COPY_DST |
          GPUTextureUsage.RENDER_ATTACHMENT,
      });
    }
    device.queue.copyExternalImageToTexture({ source: bitmap }, { texture }, [
      bitmap.width,
      bitmap.height,
    ]);
    return texture;
  };

  const dispatch = (
    compute: GPUComputePipeline,
    picture: GPUBindingResource,
    region: BBox,
    size: Size,
  ): void => {
    // Written in order with the dispatches of the queue, so one buffer serves all regions.
    const values = new Float32Array([...region, size.width, size.height]);
    device.queue.writeBuffer(regionBuffer, 0, values);
    const bindings = device.createBindGroup({
      layout: compute.getBindGroupLayout(0),
      entries: [
        { binding: 0, resource: picture },
        { binding: 1, resource: { buffer } },
        { binding: 2, resource: { buffer: regionBuffer } },
      ],
    });
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    pass.setPipeline(compute);
    pass.setBindGroup(0, bindings);
    pass.dispatchWorkgroups(Math.ceil(width / WORKGROUP), Math.ceil(height / WORKGROUP));
    pass.end();
    device.queue.submit([encoder.finish()]);
  };

  return {
    prepare: async (frame: FrameData, part?: BBox) => {
      const size = frameSize(frame);
      const region = part ?? wholeRegion(size);
      const imported = external && importFrame(device, frame);
      if (imported) {
        dispatch(external, imported, region, size);
      } else if (frame instanceof ImageBitmap && isUploadable(size)) {
        dispatch(plain, upload(frame).createView(), region, size);
      } else {
        const bitmap = await regionBitmap(frame, region, LONGEST_SIDE);
        try {
          assertAlive(disposed);
          dispatch(plain, upload(bitmap).createView(), wholeRegion(bitmap), bitmap);
        } finally {
          bitmap.close();
        }
      }
      return tensor<Rank.R4>({ buffer, zeroCopy: true }, [...input.shape], 'float32');
    },
    dispose: () => {
      disposed = true;
      texture?.destroy();
      buffer.destroy();
      regionBuffer.destroy();
    },
  };
}

/** Small enough to become a texture as it is, of which the shader then takes the region. */
function isUploadable({ width, height }: Size): boolean {
  // A bitmap that was closed has no size left.
  return width > 0 && Math.max(width, height) <= LONGEST_SIDE;
}

/** A video frame as a texture without a copy, where the browser can. */
function importFrame(device: GPUDevice, frame: FrameData): GPUExternalTexture | undefined {
  if (frame instanceof ImageBitmap) return undefined;
  try {
    return device.importExternalTexture({ source: frame });
  } catch {
    // Chrome 113 to 115 import video elements only; a bitmap works everywhere.
    return undefined;
  }
}

/** The pipeline for imported frames, or undefined where external textures are missing (Firefox). */
async function externalPipeline(
  device: GPUDevice,
  input: ModelInput,
): Promise<GPUComputePipeline | undefined> {
  if (!('importExternalTexture' in device)) return undefined;
  // A shader that the browser does not know the types of is an error of its own, not a lost device.
  device.pushErrorScope('validation');
  try {
    return await pipeline(device, input, 'texture_external', 'textureDimensions(picture)');
  } catch {
    return undefined;
  } finally {
    await device.popErrorScope();
  }
}

/** The resize of `legacyBilinear` in WGSL; one invocation per output pixel. */
function pipeline(
  device: GPUDevice,
  input: ModelInput,
  textureType: string,
  dimensions: string,
): Promise<GPUComputePipeline> {
  const [, height, width] = input.shape;
  const load = (x: string, y: string): string =>
    textureType === 'texture_external'
      ? `textureLoad(picture, vec2<i32>(${x}, ${y})).rgb`
      : `textureLoad(picture, vec2<i32>(${x}, ${y}), 0).rgb`;
  const code = `
    @group(0) @binding(0) var picture : ${textureType};
    @group(0) @binding(1) var<storage, read_write> values : array<f32>;
    struct Part { origin : vec2<f32>, extent : vec2<f32>, picture : vec2<f32> }
    @group(0) @binding(2) var<uniform> part : Part;

    @compute @workgroup_size(${String(WORKGROUP)}, ${String(WORKGROUP)})
    fn main(@builtin(global_invocation_id) id : vec3<u32>) {
      if (id.x >= ${String(width)}u || id.y >= ${String(height)}u) { return; }
      // 1 but for textures whose size in memory is not the one that is shown.
      let unit = vec2<f32>(${dimensions}) / part.picture;
      let size = part.extent * unit;
      let first = vec2<i32>(part.origin * unit);
      let last = first + max(vec2<i32>(size), vec2<i32>(1)) - 1;
      let position = vec2<f32>(id.xy) * size / vec2<f32>(${String(width)}.0, ${String(height)}.0);
      let lower = min(first + vec2<i32>(position), last);
      let upper = min(lower + 1, last);
      let fraction = position - floor(position);
      let top = mix(${load('lower.x', 'lower.y')}, ${load('upper.x', 'lower.y')}, fraction.x);
      let bottom = mix(${load('lower.x', 'upper.y')}, ${load('upper.x', 'upper.y')}, fraction.x);
      let pixel = mix(top, bottom, fraction.y) * ${(input.scale * 255).toFixed(8)} + ${input.offset.toFixed(8)};
      let at = (id.y * ${String(width)}u + id.x) * 3u;
      values[at] = pixel.r;
      values[at + 1u] = pixel.g;
      values[at + 2u] = pixel.b;
    }`;
  const module = device.createShaderModule({ label: `resize ${textureType}`, code });
  return device.createComputePipelineAsync({
    label: `resize ${textureType}`,
    layout: 'auto',
    compute: { module, entryPoint: 'main' },
  });
}
