/**
 * What the service worker keeps for offline use, for workbox-build. By rule:
 * everything that is built, but for what the app itself never asks for.
 *
 * @type {Pick<import('workbox-build').InjectManifestOptions,
 *   'globPatterns' | 'globIgnores' | 'maximumFileSizeToCacheInBytes' | 'dontCacheBustURLsMatching'>}
 */
export const precacheOptions = {
  globPatterns: ['**/*'],
  globIgnores: [
    // Other forms of the same files.
    '**/*.{br,gz,map}',
    'service-worker.js',
    // For developers.
    'build.json',
    // For the browser's installation dialog, which runs online.
    'screenshots/**',
  ],
  // A larger file would silently be left out; a warning fails the build as well.
  maximumFileSizeToCacheInBytes: 64 * 1024 * 1024,
  // These have their hash in the name already.
  dontCacheBustURLsMatching: /[-.][0-9a-f]{8,64}\.\w+$|\/[a-z]+-\d+\.\d+\.\d+\//,
};
