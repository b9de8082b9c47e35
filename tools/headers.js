/**
 * What every response of Sightline has to say, as plain data: used by the
 * server here, by its tests and by whoever writes a recipe for another host.
 */

/**
 * Origins besides our own that rules may send messages to (webhooks): whoever builds or
 * serves the site names them, separated by blanks, in the environment variable
 * `SIGHTLINE_CONNECT`. Nothing else of the app ever talks to them.
 *
 * @param {string} [written]
 * @returns {string[]}
 * @throws {Error} What is no origin would be ignored by browsers, or mean something else.
 */
export function allowedOrigins(written = process.env['SIGHTLINE_CONNECT'] ?? '') {
  return written
    .split(/\s+/)
    .filter((entry) => entry !== '')
    .map((entry) => {
      if (!URL.canParse(entry) || !['https:', 'http:'].includes(new URL(entry).protocol)) {
        throw new Error(`SIGHTLINE_CONNECT: “${entry}” is no origin such as https://hooks.example`);
      }
      return new URL(entry).origin;
    });
}

/**
 * Content Security Policy by directive. No inline script or style, no address
 * but our own; `wasm-unsafe-eval` allows WebAssembly and nothing else.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const contentSecurityPolicy = {
  'default-src': ["'self'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'worker-src': ["'self'"],
  'connect-src': ["'self'", ...allowedOrigins()],
  'img-src': ["'self'", 'blob:', 'data:'],
  'media-src': ["'self'", 'blob:', 'mediastream:'],
  'style-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'self'"],
};

/**
 * What a page adds to the policy for itself, in a `<meta>` element: so it holds
 * on hosts that send no headers, too. Trusted Types let strings become markup
 * only by way of lit-html, and addresses become workers only by way of our own
 * policy; a worker has no document, so its own response does not ask for them.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const pagePolicy = {
  ...contentSecurityPolicy,
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ['lit-html', 'sightline'],
};

/** Directives that browsers accept in a header and nowhere else. */
const HEADER_ONLY = new Set(['frame-ancestors']);

/** @param {Readonly<Record<string, readonly string[]>>} policy */
function policyText(policy) {
  return Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ');
}

/** The content of the page's own `<meta http-equiv="Content-Security-Policy">`. */
export const pagePolicyText = policyText(
  Object.fromEntries(Object.entries(pagePolicy).filter(([name]) => !HEADER_ONLY.has(name))),
);

/**
 * Browser features by who may use them: what the app needs, and an explicit
 * "nobody" for what it must never ask for. Only features that browsers know:
 * they complain about others on the console.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const permissionsPolicy = {
  autoplay: ['self'],
  camera: ['self'],
  'display-capture': ['self'],
  fullscreen: ['self'],
  'picture-in-picture': ['self'],
  'screen-wake-lock': ['self'],
  accelerometer: [],
  geolocation: [],
  gyroscope: [],
  hid: [],
  magnetometer: [],
  microphone: [],
  midi: [],
  payment: [],
  serial: [],
  usb: [],
};

/**
 * The headers of every response, errors included. The cross-origin trio makes
 * the page cross-origin isolated, which WebAssembly threads require.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const securityHeaders = {
  'Content-Security-Policy': policyText(contentSecurityPolicy),
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': Object.entries(permissionsPolicy)
    .map(([feature, allowed]) => `${feature}=(${allowed.join(' ')})`)
    .join(', '),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

/** A hexadecimal content hash before the extension, or a folder named after a package version. */
const immutablePath = /[-.][0-9a-f]{8,64}\.\w+$|\/(wasm|litert)-\d+\.\d+\.\d+\//;

/**
 * How long a file may be kept: for ever when its name changes with its
 * content, otherwise it is asked for again (and answered with 304).
 *
 * @param {string} pathname Path of the address, as in `/assets/main-0a1b2c3d.js`.
 * @returns {string} Value of the Cache-Control header.
 */
export function cacheControl(pathname) {
  return immutablePath.test(pathname) ? 'public, max-age=31536000, immutable' : 'no-cache';
}

/** @type {Readonly<Record<string, string>>} */
const contentTypes = {
  bin: 'application/octet-stream',
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  mjs: 'text/javascript; charset=utf-8',
  mp4: 'video/mp4',
  png: 'image/png',
  svg: 'image/svg+xml; charset=utf-8',
  tflite: 'application/octet-stream',
  txt: 'text/plain; charset=utf-8',
  wasm: 'application/wasm',
  webm: 'video/webm',
  webp: 'image/webp',
  webmanifest: 'application/manifest+json; charset=utf-8',
};

/**
 * @param {string} pathname Path of the address.
 * @returns {string | undefined} Value of the Content-Type header where it is certain.
 */
export function contentType(pathname) {
  if (pathname.endsWith('/')) return contentTypes['html'];
  return contentTypes[pathname.split('.').at(-1)?.toLowerCase() ?? ''];
}
