import type { BBox } from '../../domain/geometry.js';
import type { TeachSettings } from '../../domain/teach/settings.js';
import type { FindOrder } from './find-orders.js';
import type { ExportFormat, LabelledFile } from '../../session/teach/types.js';

/** Sheets of the Teach mode; at most one is open. */
export type TeachSheet =
  'samples' | 'box' | 'quality' | 'files' | 'pictures' | 'hood' | 'qr' | 'scan';

/** What the panel is about; anything else is its home page. */
export type TeachPage = 'home' | 'track' | 'draw' | 'box' | 'carry' | 'room';

/** Everything a person can ask of teaching, by button, key or drop alike. */
export type TeachCommand =
  /** Something in the picture is pointed at. */
  | { readonly kind: 'choose-track'; readonly trackId: number; readonly base: string }
  | { readonly kind: 'draw' }
  /** In pixels of the picture. */
  | { readonly kind: 'set-box'; readonly bbox: BBox }
  | { readonly kind: 'use-box' }
  /** The box so many times as large, about its middle. */
  | { readonly kind: 'resize-box'; readonly by: number }
  /** The box is followed through a short recording, until there are views enough. */
  | { readonly kind: 'carry' }
  | { readonly kind: 'stop-carrying' }
  /** Stores these views and forgets the others. */
  | { readonly kind: 'keep-views'; readonly ids: readonly string[] }
  /** To what is found by itself and not sure. */
  | { readonly kind: 'answer'; readonly id: string; readonly answer: 'yes' | 'no' }
  | { readonly kind: 'skip-question'; readonly id: string }
  | { readonly kind: 'open-room' }
  /** Back to the panel's home page. */
  | { readonly kind: 'back' }
  | { readonly kind: 'set-name'; readonly name: string }
  /** What is chosen gives examples of the name, until `stop-recording`. */
  | { readonly kind: 'record' }
  | { readonly kind: 'record-room' }
  | { readonly kind: 'stop-recording' }
  /** "Not that", about what is chosen. */
  | { readonly kind: 'reject' }
  | { readonly kind: 'open-sheet'; readonly sheet: TeachSheet }
  | { readonly kind: 'close-sheet' }
  | { readonly kind: 'open-label'; readonly label: string }
  /** The box of an example, to put it right. */
  | { readonly kind: 'open-box'; readonly id: string }
  | { readonly kind: 'relabel'; readonly ids: readonly string[]; readonly label: string }
  /** A mistake of the test bench whose label is right: it counts for more from now on. */
  | { readonly kind: 'confirm'; readonly id: string; readonly label: string }
  /** Puts the box of an example right, in pixels of its picture. */
  | { readonly kind: 'move-box'; readonly id: string; readonly bbox: BBox }
  | { readonly kind: 'remove'; readonly ids: readonly string[] }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'undo' }
  | { readonly kind: 'add-pictures'; readonly files: readonly LabelledFile[] }
  | { readonly kind: 'train' }
  | { readonly kind: 'cancel-training' }
  | { readonly kind: 'set-head-on'; readonly id: string; readonly isOn: boolean }
  | { readonly kind: 'remove-head'; readonly id: string }
  /** Finding a label by itself. */
  | { readonly kind: 'finder'; readonly order: FindOrder }
  | { readonly kind: 'change-settings'; readonly changes: Partial<TeachSettings> }
  | { readonly kind: 'export'; readonly format: ExportFormat; readonly way: 'save' | 'share' }
  | { readonly kind: 'show-qr' }
  | { readonly kind: 'import'; readonly file: File }
  | { readonly kind: 'clear' }
  | { readonly kind: 'dismiss-notice' }
  | { readonly kind: 'dismiss-problem' }
  | { readonly kind: 'reopen' }
  | { readonly kind: 'leave' };
