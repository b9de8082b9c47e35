import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { root } from '../../tools/root.js';

/** A file as a person would pick, drop or paste it. */
export interface TestFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

export async function fixture(name: string): Promise<TestFile> {
  const buffer = await readFile(join(root, `test/fixtures/${name}.jpg`));
  return { name: `${name}.jpg`, mimeType: 'image/jpeg', buffer };
}

/** The first part of a file, as if a copy had broken off. */
export function truncated(file: TestFile, bytes: number): TestFile {
  return { ...file, buffer: file.buffer.subarray(0, bytes) };
}

export async function demoClip(): Promise<TestFile> {
  const buffer = await readFile(join(root, 'public/demo/demo.webm'));
  return { name: 'clip.webm', mimeType: 'video/webm', buffer };
}

/** Two photographs in turn. */
export async function animatedGif(): Promise<TestFile> {
  const pictures = await Promise.all(
    ['chelsea', 'coffee'].map(async (name) =>
      sharp((await fixture(name)).buffer)
        .resize(300, 200, { fit: 'cover' })
        .png()
        .toBuffer(),
    ),
  );
  const buffer = await sharp(pictures, { join: { animated: true } })
    .gif({ delay: [400, 400], loop: 0 })
    .toBuffer();
  return { name: 'cats.gif', mimeType: 'image/gif', buffer };
}

/** A PNG that says it is this large; its pixels end after the first row. */
export function pngOfSize(width: number, height: number): TestFile {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.alloc(1 + width * 3);
  const buffer = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(row)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return { name: 'picture.png', mimeType: 'image/png', buffer };
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([frame, body, check]);
}
