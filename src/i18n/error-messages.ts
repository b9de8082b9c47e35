import type { ErrorCode } from '../domain/errors.js';
import { LEARN_ERRORS } from './learn-error-messages.js';
import { TEACHING_ERRORS } from './teaching-error-messages.js';
import { WATCH_ERRORS } from './watch-error-messages.js';

/** Whose settings a text has to describe. */
export type DevicePlatform = 'ios' | 'android' | 'desktop';

interface ErrorEntry {
  /** What happened, in a few words. */
  readonly title: string;
  /** Why, and what the person can do about it; for each platform where the steps differ. */
  readonly text: string | Readonly<Record<DevicePlatform, string>>;
  /** The button that takes the next step. */
  readonly action: string;
}

/** A fault in plain words. */
export interface ErrorMessage {
  readonly title: string;
  readonly text: string;
  readonly action: string;
}

const ENTRIES: Readonly<Record<ErrorCode, ErrorEntry>> = {
  ...TEACHING_ERRORS,
  'no-camera': {
    title: 'No camera found',
    text: 'This device has no camera that the browser can see. Plug one in or switch it on, then look again. A photo, a video or the demo work without one.',
    action: 'Look again',
  },
  'permission-denied': {
    title: 'The camera is not allowed',
    text: {
      ios: 'Tap the page menu in the address bar → Website Settings → Camera → Allow. If that does not help, look in Settings → Safari → Camera (since iOS 18 under Settings → Apps). Then try again.',
      android:
        'Tap the icon at the left of the address bar → Permissions → Camera → Allow. If it is not there, allow the camera for the browser in Android’s Settings → Apps. Then try again.',
      desktop:
        'Click the icon at the left of the address bar and set Camera to “Allow”. If it already is, allow the browser to use the camera in the privacy settings of your system. Then try again.',
    },
    action: 'Try again',
  },
  'camera-busy': {
    title: 'The camera is in use',
    text: 'Another app or tab is holding the camera. Close it there (video calls are the usual one), then try again.',
    action: 'Try again',
  },
  'camera-failed': {
    title: 'The camera did not start',
    text: 'The camera was found but gave no picture. Unplug it and plug it in again, or restart the browser, then try again.',
    action: 'Try again',
  },
  'insecure-context': {
    title: 'The camera needs a secure address',
    text: 'Browsers hand over the camera only to pages opened through https:// or on this very computer. If you run Sightline yourself, start it with “npm start -- --lan” and open the https address that it prints. Photos, videos and the demo work right now.',
    action: 'Try the demo',
  },
  'screen-share-refused': {
    title: 'No screen was shared',
    text: 'The choice was closed or refused. Share again and pick a screen, a window or a tab.',
    action: 'Share again',
  },
  'screen-share-unsupported': {
    title: 'This browser cannot share a screen',
    text: 'Phones and some browsers do not offer it. The camera, a photo or a video work here.',
    action: 'Choose another source',
  },
  'source-ended': {
    title: 'The picture has ended',
    text: 'The video is over, the camera was unplugged or the sharing was stopped.',
    action: 'Start it again',
  },
  'unsupported-file': {
    title: 'This file is neither a photo nor a video',
    text: 'The browser cannot show this kind of file. JPEG, PNG and WebP photos and MP4 and WebM videos work nearly everywhere.',
    action: 'Open another file',
  },
  'corrupt-image': {
    title: 'This photo cannot be read',
    text: 'The file is damaged or was not copied completely. Open it in another program to check, or take another one.',
    action: 'Open another file',
  },
  'corrupt-video': {
    title: 'This video cannot be played',
    text: 'The file is damaged, or its coding is one that this browser does not know. An MP4 (H.264) or a WebM plays nearly everywhere.',
    action: 'Open another file',
  },
  'video-without-frames': {
    title: 'This video has no picture',
    text: 'The file holds sound only, or not a single whole frame.',
    action: 'Open another file',
  },
  'picture-too-large': {
    title: 'This picture is too large',
    text: 'It has more pixels than the browser can hold at once. Make it smaller and open it again.',
    action: 'Open another file',
  },
  'picture-empty': {
    title: 'This picture is empty',
    text: 'It is not even one pixel wide or high, so there is nothing to look at.',
    action: 'Open another file',
  },
  'unsupported-browser': {
    title: 'This browser is too old for Sightline',
    text: 'It lacks WebAssembly or web workers, which the detector runs on. A current Chrome, Edge, Firefox or Safari has both; some locked-down modes switch them off.',
    action: 'Check again',
  },
  'engine-start-failed': {
    title: 'The detector did not start',
    text: 'Its program could not be loaded. Check the connection, then try again.',
    action: 'Try again',
  },
  'engine-died': {
    title: 'The detector stopped',
    text: 'The browser ended it, most often for lack of memory, and restarting did not help. Close other tabs, then try again.',
    action: 'Start it again',
  },
  'engine-stalled': {
    title: 'The detector is stuck',
    text: 'It gave no answer for a while, and restarting did not help. Close other demanding tabs, then try again.',
    action: 'Start it again',
  },
  'backend-unavailable': {
    title: 'This device cannot run the chosen backend',
    text: 'The browser or its graphics driver does not offer it. Sightline can pick the fastest one that works here.',
    action: 'Choose automatically',
  },
  'backend-failed': {
    title: 'No way to compute was found',
    text: 'Every backend of this browser gave wrong answers or none. Restarting the browser or updating the graphics driver often helps.',
    action: 'Try again',
  },
  'device-lost': {
    title: 'The graphics processor went away',
    text: 'The system took it back (a driver update, sleep, or too little memory) and it did not return.',
    action: 'Start it again',
  },
  'model-unknown': {
    title: 'There is no such model',
    text: 'The address asks for a model that is not installed here.',
    action: 'Use the standard model',
  },
  'model-download-failed': {
    title: 'The model could not be fetched',
    text: 'The download broke off. Check the connection, then try again.',
    action: 'Try again',
  },
  'model-corrupt': {
    title: 'The model arrived damaged',
    text: 'What was downloaded is not what was published, so it is not used. Try again; if it stays, reload without the cache.',
    action: 'Try again',
  },
  'model-incompatible': {
    title: 'This model does not fit this version',
    text: 'It was made for another version of Sightline or asks for something that this engine cannot do.',
    action: 'Use the standard model',
  },
  'negatives-unavailable': {
    title: 'The comparison pictures are missing',
    text: 'To learn what a thing is not, Sightline compares it with a few dozen bundled photographs, and they could not be loaded. Your examples are all still there. Connect to the network once, then try again.',
    action: 'Try again',
  },
  'protocol-mismatch': {
    title: 'Two versions got mixed',
    text: 'The page and its detector come from different versions, usually right after an update. Reloading brings them together.',
    action: 'Reload',
  },
  'not-loaded': {
    title: 'The detector is not ready yet',
    text: 'It has to be loaded before it can look at a picture.',
    action: 'Load it',
  },
  'storage-full': {
    title: 'This device has no room left',
    text: 'The last examples could not be stored; everything before them is safe. Free some space, or delete examples that you no longer need, then go on.',
    action: 'Try again',
  },
  'storage-unavailable': {
    title: 'Nothing can be stored here',
    text: 'The browser refuses to keep data for this page, as in some private windows, or another tab holds an older version open. Close other tabs or use a normal window.',
    action: 'Try again',
  },
  'project-unrecognised': {
    title: 'This is not a Sightline project',
    text: 'The file is of another kind. Projects that Sightline exports end in .sightline.zip.',
    action: 'Choose another file',
  },
  'project-corrupt': {
    title: 'The project file is damaged',
    text: 'Part of it is missing or has been changed, so nothing of it was taken over. Get the file once more from where it came from.',
    action: 'Choose another file',
  },
  'project-newer': {
    title: 'The project comes from a newer Sightline',
    text: 'This version cannot read it without losing something. Reload the page to get the newest version, then open the file again.',
    action: 'Reload',
  },
  'project-too-large': {
    title: 'The project is too large for this device',
    text: 'It would not fit into the memory of the browser, so nothing of it was taken over. Export it in smaller parts.',
    action: 'Choose another file',
  },
  'dataset-corrupt': {
    title: 'The labels could not be read',
    text: 'They should be in COCO form (annotations.json) or in YOLO form (one text file for each picture). Nothing of them was taken over.',
    action: 'Choose another file',
  },
  ...WATCH_ERRORS,
  ...LEARN_ERRORS,
  aborted: {
    title: 'Cancelled',
    text: 'This was stopped before it was done.',
    action: 'Try again',
  },
  internal: {
    title: 'Something went wrong',
    text: 'That should not have happened. Try again; the technical detail below helps whoever mends it.',
    action: 'Try again',
  },
};

/** Title, text and next step for a fault, as the person's platform words it. */
export function errorMessage(code: ErrorCode, platform: DevicePlatform): ErrorMessage {
  const { title, text, action } = ENTRIES[code];
  return { title, text: typeof text === 'string' ? text : text[platform], action };
}
