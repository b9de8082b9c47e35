export type Facing = 'user' | 'environment';

/**
 * Which way a camera looks. Phones say it in the track's settings; where that
 * is missing, the name that the system gives to a camera often tells.
 *
 * @param facingMode The track's setting, if it has one.
 * @param label As the system names the camera, in whatever language.
 */
export function cameraFacing(facingMode: string | undefined, label: string): Facing | undefined {
  if (facingMode === 'user' || facingMode === 'environment') return facingMode;
  if (/\b(front|facetime|selfie|integrated|built-?in)\b/i.test(label)) return 'user';
  if (/\b(back|rear|environment)\b/i.test(label)) return 'environment';
  return undefined;
}
