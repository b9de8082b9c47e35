/** @typedef {import('../../src/domain/negatives.js').NegativePicture} NegativePicture */

/** Where the licences can be read. */
const LICENCE_ADDRESSES = new Map([
  ['CC0-1.0', 'https://creativecommons.org/publicdomain/zero/1.0/'],
  ['CC-BY-2.0', 'https://creativecommons.org/licenses/by/2.0/'],
  ['CC-BY-4.0', 'https://creativecommons.org/licenses/by/4.0/'],
  ['CC-BY-SA-4.0', 'https://creativecommons.org/licenses/by-sa/4.0/'],
]);

const INTRODUCTION =
  'Pictures that a head learns to be silent at. All were made smaller and are otherwise ' +
  'unchanged; each stays under its own licence, apart from that of the code.';

/**
 * The credits as a page of Markdown.
 *
 * @param {readonly NegativePicture[]} pictures
 */
export function creditsPage(pictures) {
  const rows = pictures.map(({ path, title, author, licence, address, source }) => {
    const terms = LICENCE_ADDRESSES.get(licence);
    const shown = terms === undefined ? licence : `[${licence}](${terms})`;
    return `| \`${stem(path)}\` | [${title}](${address}) | ${author} | ${shown} | ${source} |`;
  });
  return [
    '# Photographs in the pack of negatives',
    '',
    INTRODUCTION,
    '',
    '| file | shows | author | licence | taken from |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/**
 * The credits as plain text, for the site's list of licences.
 *
 * @param {readonly NegativePicture[]} pictures
 */
export function creditsText(pictures) {
  const lines = pictures.map(({ path, title, author, licence, address }) => {
    const terms = LICENCE_ADDRESSES.get(licence);
    const shown = terms === undefined ? licence : `${licence}, ${terms}`;
    return `${stem(path)}: “${title}”, by ${author} (${shown}); ${address}`;
  });
  return `Photographs in negatives/. ${INTRODUCTION}\n\n${lines.join('\n')}\n`;
}

/** @param {string} path */
function stem(path) {
  return path.split('.')[0] ?? path;
}
