import { isSoftwareRenderer } from '../../domain/backend.js';

/** Name of an adapter as far as the browser tells it. */
export function describeAdapter(info: GPUAdapterInfo): string {
  const parts = [info.description, info.vendor, info.architecture, info.device];
  return parts.filter((part) => part !== '').join(' · ') || 'unnamed adapter';
}

/** Whether an adapter computes on the CPU. */
export function isSoftwareAdapter(info: GPUAdapterInfo): boolean {
  // `isFallbackAdapter` is younger than some of the browsers in use.
  const fallback = (info as { isFallbackAdapter?: boolean }).isFallbackAdapter ?? false;
  return fallback || isSoftwareRenderer(describeAdapter(info));
}

/** The adapter that the engine would use, or undefined where there is none. */
export async function requestAdapter(): Promise<GPUAdapter | undefined> {
  if (!('gpu' in navigator)) return undefined;
  // Some browsers have `navigator.gpu` without a working implementation.
  const gpu = navigator.gpu as GPU | undefined;
  return (await gpu?.requestAdapter({ powerPreference: 'high-performance' })) ?? undefined;
}
