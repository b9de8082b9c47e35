import type { EngineUrls } from './session/types.js';
import type { UrlOverrides } from './ui/elements/detector-properties.js';

/**
 * Where the built files lie around the published one.
 *
 * @param base Folder of the published file, absolute.
 * @param overrides Folders that an element names itself, relative to the page.
 */
export function engineUrls(base: string, overrides?: UrlOverrides): EngineUrls {
  const folder = (override: string | undefined, standard: string): string => {
    if (override === undefined) return new URL(standard, base).href;
    const { href } = new URL(override, document.baseURI);
    return href.endsWith('/') ? href : `${href}/`;
  };
  const engine = folder(overrides?.engineUrl, 'engine/');
  return {
    workerUrl: new URL('worker.js', engine).href,
    trainerUrl: new URL('trainer.js', engine).href,
    wasmUrl: new URL('wasm-4.22.0/', engine).href,
    liteRtUrl: new URL('litert-2.5.3/', engine).href,
    modelsUrl: folder(overrides?.modelsUrl, 'models/'),
    negativesUrl: new URL('negatives/', base).href,
    demoUrls: ['demo/demo.webm', 'demo/demo.mp4'].map((path) => new URL(path, base).href),
  };
}
