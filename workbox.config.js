/**
 * What the service worker keeps for offline use, for workbox-build's
 * injectManifest.
 *
 * @type {Pick<import('workbox-build').InjectManifestOptions,
 *   'globPatterns' | 'globIgnores' | 'maximumFileSizeToCacheInBytes' | 'dontCacheBustURLsMatching'>}
 */
export const precacheOptions = {
  globPatterns: ['**/*.{html,js,css,json,wasm,bin,svg,png,webmanifest,webm,mp4}'],
  // The last is for developers; the app never asks for it.
  globIgnores: ['service-worker.js', 'build.json'],
  // A larger file would silently be left out; a warning fails the build as well.
  maximumFileSizeToCacheInBytes: 64 * 1024 * 1024,
  // These have their hash in the name already.
  dontCacheBustURLsMatching: /[-.][0-9a-f]{8,64}\.\w+$|\/wasm-\d+\.\d+\.\d+\//,
};
