import type { SightlineError } from '../../domain/errors.js';
import type { Proposal } from '../../domain/labelling/proposals.js';
import type { Labelling } from '../../session/labelling/types.js';
import type { ExportFile, TeachState } from '../../session/teach/types.js';
import type { LoadPicture } from './sightline-find-preview.js';
import type { LoadThumbnail } from './sightline-thumbnail.js';
import type { TeachPage, TeachSheet } from './teach-commands.js';

/** A remark at the foot of the panel. */
export interface Notice {
  readonly text: string;
  /** Whether what it tells of can be taken back. */
  readonly undo: boolean;
}

/** Work that takes its time. */
export type TeachWork = 'pictures' | 'import';

/** Everything that the views of the Teach mode show. Made anew for each render. */
export interface TeachView {
  readonly state: TeachState;
  readonly page: TeachPage;
  readonly sheet: TeachSheet | undefined;
  /** Of the samples sheet. */
  readonly label: string;
  /** What the person calls what is chosen. */
  readonly name: string;
  /** What the detector calls it; empty for a drawn box. */
  readonly base: string;
  /** Boxes to choose from while one is drawn; `undefined` while they are looked for. */
  readonly proposals: readonly Proposal[] | undefined;
  readonly notice: Notice | undefined;
  readonly work: TeachWork | undefined;
  /** What could not be done and is in no state of the session. */
  readonly fault: SightlineError | undefined;
  /** For screen readers: what has just happened. */
  readonly announcement: string;
  /** Heads, to be shown as QR codes. */
  readonly qrFile: ExportFile | undefined;
  /** The picture is a photograph. */
  readonly still: boolean;
  /** There is no picture. */
  readonly blind: boolean;
  readonly load: LoadThumbnail;
  /** A whole stored picture. */
  readonly picture: LoadPicture;
  readonly labelling: Labelling;
  /** The example whose box is put right. */
  readonly boxSample: string | undefined;
  readonly locale: string;
}
