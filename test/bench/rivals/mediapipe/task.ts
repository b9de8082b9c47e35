import { Builder, type Offset } from 'flatbuffers';
import { zipSync } from 'fflate';
import { FILE_IDENTIFIER, MODEL, SCHEMA_VERSION } from '../../../../models/tflite/schema.js';
import { offsetVector } from '../../../../models/tflite/write-operators.js';
import { modelMetadata, type DetectorDescription } from './metadata.js';
import { writeBytes, writeTable } from './tables.js';

/** Slot of `Model.metadata`, which the compiler has no use for. */
const METADATA_SLOT = 6;

const LABEL_FILE = 'labels.txt';

/**
 * A `.tflite` file of an SSD detector as MediaPipe's `ObjectDetector` takes it:
 * the same network, byte for byte, with metadata in front of it and the labels
 * in an archive behind it.
 *
 * @param labels One per column of the logits, none of them twice.
 * @throws RangeError when the file is no TensorFlow Lite model.
 */
export function toMediapipeTask(
  tflite: Uint8Array,
  description: Omit<DetectorDescription, 'labelFile'>,
  labels: readonly string[],
): Uint8Array {
  const metadata = modelMetadata({ ...description, labelFile: LABEL_FILE });
  const model = withMetadata(tflite, metadata);
  // MediaPipe reads the labels where they lie, so they must not be compressed.
  const archive = zipSync({
    [LABEL_FILE]: [new TextEncoder().encode(labels.join('\n')), { level: 0 }],
  });
  return Buffer.concat([model, archive]);
}

/**
 * A FlatBuffer refers forwards only. The file is thus kept as it is, and a new
 * root is put before it that refers to all of its parts and to the metadata.
 */
function withMetadata(tflite: Uint8Array, metadata: Uint8Array): Uint8Array {
  const old = new Table(tflite);
  const builder = new Builder(tflite.length + metadata.length + 4096);
  builder.prep(16, tflite.length);
  builder.pad(tflite.length);
  // Offsets of a builder count from the end of the file.
  const start = builder.offset();
  const kept = (position: number): Offset => start - position;

  const written = writeTable(builder, { 0: { ref: writeBytes(builder, metadata) } });
  const buffers = [...old.tables(MODEL.buffers).map(kept), written];
  const entry = writeTable(builder, {
    0: { ref: builder.createString('TFLITE_METADATA') },
    1: { int: buffers.length - 1 },
  });
  const bufferVector = offsetVector(builder, buffers);
  const entries = offsetVector(builder, [entry]);
  const root = writeTable(builder, {
    [MODEL.version]: { int: SCHEMA_VERSION },
    [MODEL.operatorCodes]: { ref: kept(old.reference(MODEL.operatorCodes)) },
    [MODEL.subgraphs]: { ref: kept(old.reference(MODEL.subgraphs)) },
    [MODEL.buffers]: { ref: bufferVector },
    [METADATA_SLOT]: { ref: entries },
  });
  builder.finish(root, FILE_IDENTIFIER);
  const file = builder.asUint8Array();
  file.set(tflite, file.length - start);
  return file;
}

/** The root of a FlatBuffer, as far as it has to be read to be written anew. */
class Table {
  readonly #view: DataView;
  readonly #start: number;

  constructor(bytes: Uint8Array) {
    if (Buffer.from(bytes.subarray(4, 8)).toString('latin1') !== FILE_IDENTIFIER) {
      throw new RangeError('this is no TensorFlow Lite model');
    }
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#start = this.#view.getUint32(0, true);
  }

  /** Position of what a field refers to. */
  reference(slot: number): number {
    const slots = this.#start - this.#view.getInt32(this.#start, true);
    const offset = this.#view.getUint16(slots + 4 + slot * 2, true);
    if (offset === 0) throw new RangeError(`the model has nothing in slot ${slot}`);
    return this.#follow(this.#start + offset);
  }

  /** Positions of the tables in a vector. */
  tables(slot: number): number[] {
    const vector = this.reference(slot);
    const length = this.#view.getUint32(vector, true);
    return Array.from({ length }, (_, index) => this.#follow(vector + 4 + index * 4));
  }

  #follow(position: number): number {
    return position + this.#view.getUint32(position, true);
  }
}
