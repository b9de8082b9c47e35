/** Ways in which a finder tells. */
export const GUIDES = ['tone', 'speech', 'vibration'] as const;
export type Guide = (typeof GUIDES)[number];
