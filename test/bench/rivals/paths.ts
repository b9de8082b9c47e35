/** Where the instruments' site has what is compared with; plain text, for the page reads it, too. */
export const RIVALS_PATH = '/rivals/';

/** Folders in there. */
export const RIVAL_FOLDERS = {
  models: 'models/',
  onnxruntime: 'onnxruntime/',
  mediapipe: 'mediapipe/',
} as const;

/** Our network for ONNX Runtime. */
export const ONNX_MODEL = 'coco-ssd.onnx';

/** What the column of the background is called for MediaPipe, which then leaves it out. */
export const NO_LABEL = 'background';
