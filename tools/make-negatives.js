/**
 * Makes the bundled pack of negatives, `public/negatives/`: small photographs
 * of all kinds of things, which a head learns to be silent at. They come out of
 * Debian packages whose content and licences are on record; each package is
 * named by version and SHA-256 in `tools/negatives/pictures.json`, with title,
 * author, licence and address of every picture.
 *
 * On Debian: `apt-get download NAME=VERSION` for each package into a folder, then
 * `node tools/make-negatives.js FOLDER`, and commit the result.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { format } from 'prettier';
import sharp from 'sharp';
import { runCommand, UsageError } from './command.js';
import { creditsPage } from './build/picture-credits.js';
import { readResource } from './negatives/rcc.js';
import { root } from './root.js';

const run = promisify(execFile);

const SHORT_SIDE = 320;
const QUALITY = 60;

/** What everybody who begins to teach downloads. */
const MAX_BYTES = 700_000;

/**
 * @typedef {object} Source
 * @property {string} name Of the file that is made.
 * @property {string} title
 * @property {string} author
 * @property {string} licence An SPDX identifier or `public domain`.
 * @property {string} [package] Without it, the file is in this repository.
 * @property {string} file Inside the package; after a `#`, inside a Qt resource file.
 * @property {string} address Where it was published.
 * @property {string[]} shows What is to be seen, in English, by COCO's name where it has one.
 *
 * @typedef {{ deb: string, version: string, sha256: string }} Package
 * @typedef {import('../src/domain/negatives.js').NegativePicture} NegativePicture
 */

const outDir = join(root, 'public/negatives');

await runCommand(async () => {
  const [folder] = process.argv.slice(2);
  if (folder === undefined) throw new UsageError('Usage: node tools/make-negatives.js FOLDER');
  /** @type {{ packages: Record<string, Package>, pictures: Source[] }} */
  const { packages, pictures } = JSON.parse(
    await readFile(join(root, 'tools/negatives/pictures.json'), 'utf8'),
  );
  const unpacked = await mkdtemp(join(tmpdir(), 'negatives-'));
  try {
    for (const [name, pinned] of Object.entries(packages)) {
      await unpack(join(folder, pinned.deb), pinned, join(unpacked, name));
    }
    await emptyFolder();
    /** @type {NegativePicture[]} */
    const made = [];
    for (const source of pictures) {
      const content = await readSource(source, unpacked);
      const version = packages[source.package ?? '']?.version;
      made.push(await makePicture(source, content, version));
    }
    const bytes = made.reduce((sum, picture) => sum + picture.bytes, 0);
    console.log(`${made.length} pictures, ${Math.round(bytes / 1000)} KB`);
    if (bytes > MAX_BYTES) throw new UsageError(`Together they may have ${MAX_BYTES} bytes.`);
    await writeText('index.json', JSON.stringify({ version: 1, pictures: made }), 'json');
    await writeText('CREDITS.md', creditsPage(made), 'markdown');
  } finally {
    await rm(unpacked, { recursive: true, force: true });
  }
});

/**
 * @param {string} deb
 * @param {Package} pinned
 * @param {string} into
 */
async function unpack(deb, pinned, into) {
  const content = await readFile(deb).catch(() => {
    throw new UsageError(`There is no ${deb}: apt-get download it first.`);
  });
  if (sha256(content) !== pinned.sha256) throw new UsageError(`${deb} is another file than named.`);
  await run('dpkg-deb', ['-x', deb, into]);
}

/**
 * @param {Source} source
 * @param {string} unpacked
 */
async function readSource(source, unpacked) {
  if (source.package === undefined) return readFile(join(root, source.file));
  const [file = '', resource] = source.file.split('#');
  const content = await readFile(join(unpacked, source.package, file));
  return resource === undefined ? content : readResource(content, resource);
}

/**
 * @param {Source} source
 * @param {Buffer} content
 * @param {string | undefined} version Of the package.
 * @returns {Promise<NegativePicture>}
 */
async function makePicture(source, content, version) {
  const { name, title, author, licence, address, shows } = source;
  const { data, info } = await sharp(content)
    .rotate()
    .flatten({ background: 'white' })
    .resize(SHORT_SIDE, SHORT_SIDE, { fit: 'outside', withoutEnlargement: true })
    .toColourspace('srgb')
    .webp({ quality: QUALITY, effort: 6, smartSubsample: true })
    .toBuffer({ resolveWithObject: true });
  const hash = sha256(data);
  const path = `${name}.${hash.slice(0, 16)}.webp`;
  await writeFile(join(outDir, path), data);
  const from = source.package === undefined ? source.file : `${source.package} ${version} (Debian)`;
  const { width, height } = info;
  return {
    path,
    bytes: data.length,
    sha256: hash,
    width,
    height,
    title,
    author,
    licence,
    address,
    source: from,
    shows,
  };
}

async function emptyFolder() {
  await mkdir(outDir, { recursive: true });
  for (const name of await readdir(outDir)) await rm(join(outDir, name));
}

/**
 * @param {string} name
 * @param {string} text
 * @param {string} parser
 */
async function writeText(name, text, parser) {
  const formatted = await format(text, { parser, printWidth: 100 });
  await writeFile(join(outDir, name), formatted);
}

/** @param {Buffer} bytes */
function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}
