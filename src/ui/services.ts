import type { Installable, Offline } from '../session/offline-types.js';

/** What the app needs of the browser besides its detector; handed in by the composition root. */
export interface AppServices {
  /** Small values that outlive the page. */
  readonly store: {
    read<T>(key: string, isValid: (value: unknown) => value is T): T | undefined;
    write(key: string, value: unknown): void;
  };
  /** The first picture or video among what was dropped or pasted. */
  droppedFile(transfer: DataTransfer | null): File | undefined;
  /** All files among what was dropped or pasted, also those in folders, with the folder's name. */
  droppedFiles(
    transfer: DataTransfer | null,
  ): Promise<readonly { readonly file: File; readonly folder: string }[]>;
  /** Makes what tells what a QR code in a picture says, if there is one. */
  createQrReader(): Promise<
    (picture: HTMLVideoElement | HTMLCanvasElement) => Promise<string | undefined>
  >;
  /** Whether something that is dragged over the page holds files at all. */
  carriesFiles(transfer: DataTransfer | null): boolean;
  /** The app on this device. */
  readonly offline: Offline;
  readonly installation: Installable;
  /**
   * Passes on photos and clips that the system opens with the app or shares with it.
   *
   * @returns Whether one is on its way already: the app then opens nothing else.
   */
  receiveFiles(opened: (file: File) => void): boolean;
}
