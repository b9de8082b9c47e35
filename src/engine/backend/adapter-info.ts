import { isSoftwareRenderer } from '../../domain/backend.js';

/** Name of an adapter as far as the browser tells it; Chrome before 127 tells nothing. */
export function describeAdapter(info: GPUAdapterInfo | undefined): string {
  const parts = info ? [info.description, info.vendor, info.architecture, info.device] : [];
  return parts.filter((part) => part !== '').join(' · ') || 'unnamed adapter';
}

/** Whether an adapter computes on the CPU. */
export function isSoftwareAdapter(info: GPUAdapterInfo | undefined): boolean {
  // `isFallbackAdapter` is younger than some of the browsers in use.
  const fallback = (info as { isFallbackAdapter?: boolean } | undefined)?.isFallbackAdapter;
  return (fallback ?? false) || isSoftwareRenderer(describeAdapter(info));
}

/** The adapter that the engine would use, or undefined where there is none. */
export async function requestAdapter(): Promise<GPUAdapter | undefined> {
  // Some browsers have `navigator.gpu` without a working implementation behind it.
  const gpu = (navigator as { gpu?: GPU }).gpu;
  try {
    return (await gpu?.requestAdapter({ powerPreference: 'high-performance' })) ?? undefined;
  } catch {
    return undefined;
  }
}

/** What an adapter says about itself, where the browser has the attribute. */
export function adapterInfo(adapter: GPUAdapter): GPUAdapterInfo | undefined {
  return (adapter as { info?: GPUAdapterInfo }).info;
}
