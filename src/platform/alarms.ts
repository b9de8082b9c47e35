/** Ways of telling a person that something has happened, whatever they look at. */

const BEEPS = [
  [880, 0],
  [1320, 0.16],
] as const;
const BEEP_SECONDS = 0.14;

let audio: AudioContext | undefined;

/**
 * Two short tones. Browsers let a page sound only after somebody has touched it; before
 * that it stays silent.
 */
export async function beep(): Promise<void> {
  audio ??= new AudioContext();
  if (audio.state === 'suspended') await audio.resume();
  const now = audio.currentTime;
  for (const [frequency, delay] of BEEPS) {
    const tone = new OscillatorNode(audio, { frequency });
    const volume = new GainNode(audio, { gain: 0 });
    const start = now + delay;
    // Without a ramp each end is a click.
    volume.gain.setValueAtTime(0, start);
    volume.gain.linearRampToValueAtTime(0.2, start + 0.02);
    volume.gain.linearRampToValueAtTime(0, start + BEEP_SECONDS);
    tone.connect(volume).connect(audio.destination);
    tone.start(start);
    tone.stop(start + BEEP_SECONDS);
  }
}

/** Says a text aloud, in place of one that is still being said. */
export function speak(text: string, lang: string): void {
  // Missing in some browsers, whatever the types say.
  const { speechSynthesis: speech } = window as { speechSynthesis?: SpeechSynthesis };
  if (speech === undefined) return;
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.lang = lang;
  speech.cancel();
  speech.speak(utterance);
}

/** Ends what is being said. */
export function hush(): void {
  const { speechSynthesis: speech } = window as { speechSynthesis?: SpeechSynthesis };
  speech?.cancel();
}

/** Buzzes three times, on devices that can. */
export function vibrate(): void {
  // Missing on Safari, whatever the types say; others do nothing before the page was touched.
  const { vibrate: buzz } = navigator as Partial<Navigator>;
  buzz?.call(navigator, [120, 80, 120, 80, 240]);
}

/** Asks the person for notifications, if they have not answered yet. @returns Whether they may be shown. */
export async function askForNotifications(): Promise<boolean> {
  if (!('Notification' in window)) return false;
  return (await Notification.requestPermission()) === 'granted';
}

/**
 * Shows a notification of the system.
 *
 * @param tag Another one with the same tag takes the place of this one.
 */
export async function notify(text: string, tag: string): Promise<void> {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  const options = { tag, icon: 'icons/icon-192.png' };
  // Phones show them through a service worker only.
  const { serviceWorker } = navigator as { serviceWorker?: ServiceWorkerContainer };
  const registration = await serviceWorker?.getRegistration();
  if (registration !== undefined) await registration.showNotification(text, options);
  else new Notification(text, options);
}
