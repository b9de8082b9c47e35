/**
 * What MediaPipe Tasks wants to know about an object detector, in two FlatBuffers,
 * one within the other. Slots and numbers are those of `metadata_schema.fbs` and
 * `object_detector_metadata_schema.fbs` of MediaPipe (Copyright The MediaPipe
 * Authors, Apache License 2.0).
 */
import { Builder, type Offset } from 'flatbuffers';
import type { ModelInput, SsdHead } from '../../../../src/domain/model-manifest.js';
import { offsetVector } from '../../../../models/tflite/write-operators.js';
import { writeBytes, writeFloats, writeTable } from './tables.js';

/** A detector whose outputs are the raw logits and box encodings of an SSD head. */
export interface DetectorDescription {
  readonly input: Pick<ModelInput, 'scale' | 'offset'>;
  readonly head: SsdHead;
  /** `anchorCount * 4` (centre y, centre x, height, width), normalised. */
  readonly anchors: ArrayLike<number>;
  /** Name of the file of labels, which lies in the archive behind the model. */
  readonly labelFile: string;
}

/** The names by which MediaPipe finds the outputs. */
const OUTPUT_NAMES = { logits: 'score', boxes: 'location' } as const;

const COLOUR_RGB = 1;
const BOX_BOUNDARIES = 1;
const COORDINATES_RATIO = 0;
const FILE_AXIS_LABELS = 2;
/** Members of unions. */
const CONTENT = { feature: 1, image: 2, boundingBox: 3 } as const;
const NORMALISATION_OPTIONS = 1;

/** The content of the buffer `TFLITE_METADATA`, for outputs in the order (logits, boxes). */
export function modelMetadata(description: DetectorDescription): Uint8Array {
  const builder = new Builder(1 << 16);
  const custom = writeTable(builder, {
    0: { ref: builder.createString('DETECTOR_METADATA') },
    1: { ref: writeBytes(builder, detectorMetadata(description)) },
  });
  const outputs = [
    writeTensor(builder, OUTPUT_NAMES.logits, {
      3: { ref: writeContent(builder, CONTENT.feature, {}) },
      6: { ref: offsetVector(builder, [writeLabelFile(builder, description.labelFile)]) },
    }),
    writeTensor(builder, OUTPUT_NAMES.boxes, {
      3: {
        ref: writeContent(builder, CONTENT.boundingBox, {
          1: { byte: BOX_BOUNDARIES },
          2: { byte: COORDINATES_RATIO },
        }),
      },
    }),
  ];
  const subgraph = writeTable(builder, {
    2: { ref: offsetVector(builder, [writeInput(builder, description.input)]) },
    3: { ref: offsetVector(builder, outputs) },
    9: { ref: offsetVector(builder, [custom]) },
  });
  const model = writeTable(builder, {
    0: { ref: builder.createString('ObjectDetector') },
    3: { ref: offsetVector(builder, [subgraph]) },
    7: { ref: builder.createString('1.5.0') },
  });
  builder.finish(model, 'M001');
  return builder.asUint8Array();
}

/** How the raw outputs are decoded, and the anchors. */
function detectorMetadata({ head, anchors }: DetectorDescription): Uint8Array {
  const builder = new Builder(1 << 16);
  const fixed = Array.from({ length: head.anchorCount }, (_, anchor) => {
    const [y = 0, x = 0, height = 0, width = 0] = [0, 1, 2, 3].map(
      (side) => anchors[anchor * 4 + side],
    );
    return writeTable(builder, {
      0: { float: x },
      1: { float: y },
      2: { float: width },
      3: { float: height },
    });
  });
  const schema = writeTable(builder, { 0: { ref: offsetVector(builder, fixed) } });
  const [scaleY, scaleX, scaleHeight, scaleWidth] = head.boxScales;
  const decoding = writeTable(builder, {
    0: { int: head.classCount },
    1: { int: head.anchorCount },
    2: { int: 4 },
    3: { int: 0 },
    4: { int: 0 },
    5: { int: 2 },
    6: { float: scaleX },
    7: { float: scaleY },
    8: { float: scaleWidth },
    9: { float: scaleHeight },
    // The size is an exponent, the score a logit.
    10: { byte: 1 },
    11: { byte: 1 },
  });
  const options = writeTable(builder, {
    0: { ref: builder.createString('1.0.0') },
    1: { ref: writeTable(builder, { 0: { ref: schema } }) },
    2: { ref: decoding },
  });
  builder.finish(options, 'V001');
  return builder.asUint8Array();
}

type Fields = Parameters<typeof writeTable>[1];

function writeTensor(builder: Builder, name: string, fields: Fields): Offset {
  return writeTable(builder, { 0: { ref: builder.createString(name) }, ...fields });
}

/** MediaPipe computes `(p - mean) / std` where our manifests say `p * scale + offset`. */
function writeInput(builder: Builder, { scale, offset }: DetectorDescription['input']): Offset {
  const normalisation = writeTable(builder, {
    0: { ref: writeFloats(builder, [-offset / scale]) },
    1: { ref: writeFloats(builder, [1 / scale]) },
  });
  const unit = writeTable(builder, {
    0: { byte: NORMALISATION_OPTIONS },
    1: { ref: normalisation },
  });
  return writeTensor(builder, 'image', {
    3: { ref: writeContent(builder, CONTENT.image, { 0: { byte: COLOUR_RGB } }) },
    4: { ref: offsetVector(builder, [unit]) },
  });
}

function writeContent(builder: Builder, kind: number, properties: Fields): Offset {
  const written = writeTable(builder, properties);
  return writeTable(builder, { 0: { byte: kind }, 1: { ref: written } });
}

function writeLabelFile(builder: Builder, name: string): Offset {
  return writeTable(builder, {
    0: { ref: builder.createString(name) },
    2: { byte: FILE_AXIS_LABELS },
  });
}
