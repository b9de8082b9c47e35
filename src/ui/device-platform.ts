import type { DevicePlatform } from '../i18n/error-messages.js';

/**
 * Whose settings an instruction has to describe. Only words depend on it,
 * never what the app can do.
 */
export function devicePlatform(
  device: Pick<Navigator, 'userAgent' | 'maxTouchPoints'> = navigator,
): DevicePlatform {
  if (/android/i.test(device.userAgent)) return 'android';
  // An iPad calls itself a Mac, but no Mac has a touch screen.
  const isIpad = /macintosh/i.test(device.userAgent) && device.maxTouchPoints > 1;
  return isIpad || /iphone|ipad|ipod/i.test(device.userAgent) ? 'ios' : 'desktop';
}
