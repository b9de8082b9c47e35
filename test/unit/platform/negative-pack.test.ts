import { expect } from 'chai';
import type { NegativePicture } from '../../../src/domain/negatives.js';
import { NegativePack } from '../../../src/platform/negative-pack.js';

const BASE = new URL('/negatives/', location.href).href;

/** Free licences whose conditions the credits meet. */
const LICENCES = ['CC0-1.0', 'public domain', 'CC-BY-2.0', 'CC-BY-4.0', 'CC-BY-SA-4.0'];

function codeOf(thrown: unknown): unknown {
  return (thrown as { code?: unknown }).code;
}

async function firstOf(pack: NegativePack): Promise<NegativePicture> {
  const [first] = await pack.pictures();
  if (first === undefined) throw new Error('the pack is empty');
  return first;
}

describe('The pack of negatives', () => {
  it('has dozens of photographs that can all be opened, each what its hash says', async function () {
    this.timeout(60_000);
    const pack = new NegativePack(BASE);
    const pictures = await pack.pictures();
    expect(pictures.length).to.be.at.least(30);
    expect(pictures.reduce((sum, { bytes }) => sum + bytes, 0)).to.be.below(700_000);
    expect(new Set(pictures.map(({ sha256 }) => sha256)).size).to.equal(pictures.length);
    for (const picture of pictures) {
      const bitmap = await pack.open(picture);
      expect([bitmap.width, bitmap.height], picture.path).to.deep.equal([
        picture.width,
        picture.height,
      ]);
      bitmap.close();
    }
  });

  it('names what each shows, whose it is and on what terms', async () => {
    for (const picture of await new NegativePack(BASE).pictures()) {
      const { path, title, author, licence, address, source, shows, sha256 } = picture;
      expect(path).to.match(new RegExp(`^[a-z-]+\\.${sha256.slice(0, 16)}\\.webp$`));
      expect(title, path).to.match(/^[A-Z].{3,}/);
      expect(author, path).to.match(/.{3,}/);
      expect(LICENCES, path).to.include(licence);
      expect(new URL(address).protocol, path).to.equal('https:');
      expect(source, path).to.match(/^test\/fixtures\/\w+\.jpg$|^[\w.-]+ \S+ \(Debian\)$/);
      expect(shows, path).not.to.have.length(0);
    }
  });

  it('credits every photograph in its page of credits', async () => {
    const credits = await (await fetch(`${BASE}CREDITS.md`)).text();
    for (const { path, author, address } of await new NegativePack(BASE).pictures()) {
      const row = credits
        .split('\n')
        .find((line) => line.includes(`\`${path.split('.')[0] ?? ''}\``));
      expect(row, path).to.include(author);
      expect(row, path).to.include(address);
    }
  });

  it('refuses a photograph that is another than was published', async () => {
    const pack = new NegativePack(BASE);
    const other = { ...(await firstOf(pack)), sha256: '0'.repeat(64) };
    expect(await pack.open(other).catch(codeOf)).to.equal('negatives-unavailable');
  });

  it('tells when it cannot be had, and can be had later', async () => {
    const absent = new NegativePack(new URL('/negatives/nowhere/', location.href).href);
    expect(await absent.pictures().catch(codeOf)).to.equal('negatives-unavailable');
    const pack = new NegativePack(BASE);
    const missing = { path: 'gone.0123456789abcdef.webp' } as NegativePicture;
    expect(await pack.open(missing).catch(codeOf)).to.equal('negatives-unavailable');
    expect(await pack.pictures()).not.to.have.length(0);
  });

  it('stops when it is told to', async () => {
    const pack = new NegativePack(BASE);
    const first = await firstOf(pack);
    const controller = new AbortController();
    const opening = pack.open(first, controller.signal).catch(codeOf);
    controller.abort();
    expect(await opening).to.equal('aborted');
  });
});
