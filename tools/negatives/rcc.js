/**
 * Reads one file out of a compiled Qt resource (`.rcc`): the 'qres' container
 * that rcc writes, a tree of named nodes over zlib-compressed or plain data
 * (https://doc.qt.io/qt-6/resources.html; versions 1 to 3 of the layout).
 */
import { inflateSync } from 'node:zlib';

const COMPRESSED = 1;
const DIRECTORY = 2;
const ZSTD = 4;

/**
 * @param {Buffer} rcc
 * @param {string} path With slashes, from the root of the resource.
 * @returns {Buffer}
 */
export function readResource(rcc, path) {
  if (rcc.toString('latin1', 0, 4) !== 'qres') throw new Error('not a Qt resource file');
  const nodeBytes = rcc.readUInt32BE(4) === 1 ? 14 : 22;
  const [tree, data, names] = [rcc.readUInt32BE(8), rcc.readUInt32BE(12), rcc.readUInt32BE(16)];

  /** @param {number} node */
  const nameOf = (node) => {
    const at = names + rcc.readUInt32BE(tree + node * nodeBytes);
    // After the length comes a hash of four bytes.
    return rcc.subarray(at + 6, at + 6 + rcc.readUInt16BE(at) * 2);
  };

  let node = 0;
  for (const part of path.split('/')) {
    const at = tree + node * nodeBytes;
    const [count, first] = [rcc.readUInt32BE(at + 6), rcc.readUInt32BE(at + 10)];
    const wanted = Buffer.from(part, 'utf16le').swap16();
    const found = Array.from({ length: count }, (_, child) => first + child).find((child) =>
      nameOf(child).equals(wanted),
    );
    const isDirectory = (rcc.readUInt16BE(at + 4) & DIRECTORY) !== 0;
    if (!isDirectory || found === undefined) throw new Error(`no ${path}`);
    node = found;
  }
  const at = tree + node * nodeBytes;
  const flags = rcc.readUInt16BE(at + 4);
  const start = data + rcc.readUInt32BE(at + 10);
  const content = rcc.subarray(start + 4, start + 4 + rcc.readUInt32BE(start));
  if ((flags & ZSTD) !== 0) throw new Error(`${path} is compressed in a way that is not read`);
  // The first four bytes are the length of what was compressed.
  return (flags & COMPRESSED) !== 0 ? inflateSync(content.subarray(4)) : content;
}
