import { chromium, type Browser } from 'playwright-core';
import { chromiumArgs, ensureChromium, softwareGpuArgs } from '../../tools/browser.js';

/** What the machine under test is like. */
export interface ChromiumOptions {
  /**
   * Its camera: none, Chromium's rolling test picture, or a file made by
   * `makeFakeCamera`, played in a loop at 30 frames per second.
   */
  readonly camera?: 'none' | 'synthetic' | { readonly mjpeg: string };
  /** `software` gives WebGPU and WebGL by SwiftShader; `none` leaves neither. */
  readonly gpu?: 'software' | 'none';
  /** More command line switches. */
  readonly args?: readonly string[];
}

/** Starts a headless Chromium. The caller closes it. */
export function launchChromium(options: ChromiumOptions = {}): Promise<Browser> {
  const { camera = 'none', gpu = 'software', args = [] } = options;
  return chromium.launch({
    executablePath: ensureChromium(),
    headless: true,
    args: [...chromiumArgs, ...cameraArgs(camera), ...gpuArgs(gpu), ...args],
  });
}

function cameraArgs(camera: NonNullable<ChromiumOptions['camera']>): string[] {
  if (camera === 'none') return ['--use-fake-device-for-media-stream=device-count=0'];
  const device = '--use-fake-device-for-media-stream=fps=30';
  if (camera === 'synthetic') return [device];
  return [device, `--use-file-for-fake-video-capture=${camera.mjpeg}`];
}

function gpuArgs(gpu: NonNullable<ChromiumOptions['gpu']>): readonly string[] {
  return gpu === 'software' ? softwareGpuArgs : ['--disable-gpu', '--disable-3d-apis'];
}
