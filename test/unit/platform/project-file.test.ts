import { expect } from 'chai';
import fc from 'fast-check';
import { strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import {
  CHECKSUM_PATH,
  MANIFEST_PATH,
  type ProjectManifest,
} from '../../../src/domain/project/manifest.js';
import type { Sample } from '../../../src/domain/sample.js';
import {
  readProject,
  writeProject,
  type ProjectContent,
} from '../../../src/platform/project-file.js';
import { canvasFile } from '../../support/files.js';
import { rejected, rejection } from '../../support/promises.js';

const SAMPLE: Sample = {
  id: 's-1',
  pictureId: 'p_1',
  bbox: [4, 5, 20.5, 30],
  kind: 'example',
  label: 'Tässe “ä” 🍵',
  source: 'camera',
  burst: 'b 1',
  time: 1_700_000_000_000,
};

async function project(overrides: Partial<ProjectContent> = {}): Promise<ProjectContent> {
  return {
    name: 'Kitchen',
    created: '2026-11-23T05:00:00.000Z',
    labels: ['Tässe “ä” 🍵', 'cup'],
    pictures: [
      { id: 'p_1', blob: await canvasFile(64, 48, 'image/jpeg'), width: 64, height: 48 },
      { id: 'p_2', blob: await canvasFile(8, 8, 'image/webp'), width: 8, height: 8 },
    ],
    samples: [SAMPLE, { ...SAMPLE, id: 's-2', kind: 'negative', label: '' }],
    heads: [
      {
        id: 'h1',
        name: 'My mugs',
        model: 'coco-ssd',
        description: '{"layers":[]}',
        weights: Uint8Array.of(1, 2, 3, 250),
      },
    ],
    settings: { score: 0.4, nested: [1, null, 'x'] },
    ...overrides,
  };
}

/** Content with its pictures' bytes in place of blobs, to be compared. */
async function plain(content: ProjectContent): Promise<unknown> {
  const pictures = await Promise.all(
    content.pictures.map(async ({ blob, ...rest }) => ({
      ...rest,
      type: blob.type,
      bytes: [...new Uint8Array(await blob.arrayBuffer())],
    })),
  );
  return { ...content, pictures };
}

/** A manifest to be spoilt. */
type Loose = Record<string, unknown> & { files: ProjectManifest['files'] };

/** The zip again after its files have been changed. */
async function tampered(change: (files: Zippable, manifest: Loose) => void): Promise<Blob> {
  const file = await writeProject(await project());
  const files = unzipSync(new Uint8Array(await file.arrayBuffer())) as Zippable;
  const manifest = JSON.parse(
    new TextDecoder().decode(files[MANIFEST_PATH] as Uint8Array),
  ) as Loose;
  change(files, manifest);
  if (MANIFEST_PATH in files) {
    const written = strToU8(JSON.stringify(manifest));
    files[MANIFEST_PATH] = written;
    // Whoever means harm can write checksums, too.
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', written));
    const hex = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
    files[CHECKSUM_PATH] = strToU8(hex);
  }
  return new Blob([zipSync(files)]);
}

describe('project file', () => {
  it('comes back as it was', async () => {
    const content = await project();
    const file = await writeProject(content);
    expect(file.type).to.equal('application/zip');
    expect(await plain(await readProject(file))).to.deep.equal(await plain(content));
  });

  it('is read by any program for zips, with the checksums that it states', async () => {
    const file = await writeProject(await project());
    const files = unzipSync(new Uint8Array(await file.arrayBuffer()));
    expect(Object.keys(files)).to.deep.equal([
      'project.json',
      'project.sha256',
      'pictures/p_1.jpg',
      'pictures/p_2.webp',
      'heads/h1.json',
      'heads/h1.bin',
    ]);
    const { files: listed } = JSON.parse(
      new TextDecoder().decode(files['project.json']),
    ) as ProjectManifest;
    // printf '\x01\x02\x03\xfa' | sha256sum
    expect(listed.at(-1)).to.deep.equal({
      path: 'heads/h1.bin',
      bytes: 4,
      sha256: await hex(Uint8Array.of(1, 2, 3, 250)),
    });
  });

  it('may hold heads only, which takes a few hundred bytes', async () => {
    const heads = await project({ pictures: [], samples: [] });
    const file = await writeProject(heads);
    expect(file.size).to.be.below(2000);
    expect(await readProject(file)).to.deep.equal(heads);
  });

  it('tells how far it is, and stops when it is told to', async () => {
    const fractions: number[] = [];
    const note = (fraction: number) => fractions.push(fraction);
    const content = await project();
    const file = await writeProject(content, { onProgress: note });
    expect(fractions).to.deep.equal([0.25, 0.5, 0.75, 1]);
    const signal = AbortSignal.abort();
    expect(await rejection(writeProject(content, { signal }))).to.equal('aborted');
    expect(await rejection(readProject(file, { signal }))).to.equal('aborted');
  });

  it('is not written with what could not be read again', async () => {
    const svg = { id: 'p', blob: new Blob(['<svg/>']), width: 1, height: 1 };
    expect(await rejection(writeProject(await project({ pictures: [svg], samples: [] })))).to.equal(
      'project-corrupt',
    );
    expect(await rejection(writeProject(await project({ pictures: [] })))).to.equal(
      'project-corrupt',
    );
  });

  describe('is refused', () => {
    it('when it is no project', async () => {
      for (const other of [
        new Blob([]),
        new Blob(['PK']),
        new Blob(['hello, this is text']),
        await canvasFile(4, 4),
        new Blob([zipSync({ 'heads/a.json': strToU8('{}') })]),
        await tampered((_, manifest) => {
          manifest['format'] = 'something-else';
        }),
      ]) {
        expect(await rejection(readProject(other))).to.equal('project-unrecognised');
      }
    });

    it('when it comes from a newer version', async () => {
      const newer = await tampered((_, manifest) => {
        manifest['version'] = 2;
        manifest['samples'] = 'in another form';
      });
      expect(await rejection(readProject(newer))).to.equal('project-newer');
    });

    it('wherever it is cut off', async () => {
      const file = await writeProject(await project());
      // The directory at the end, less than 600 bytes, only repeats what was there.
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 0, max: file.size - 600 }), async (length) => {
          expect(await rejection(readProject(file.slice(0, length)))).to.match(/^project-/);
        }),
        { numRuns: 60 },
      );
    });

    it('or is what it was, whatever byte is changed', async () => {
      const content = await project();
      const bytes = new Uint8Array(await (await writeProject(content)).arrayBuffer());
      const whole = await plain(content);
      await fc.assert(
        fc.asyncProperty(
          fc.nat(bytes.length - 1),
          fc.integer({ min: 1, max: 255 }),
          async (at, change) => {
            const copy = bytes.slice();
            copy[at] = (copy[at] ?? 0) ^ change;
            let read: ProjectContent;
            try {
              read = await readProject(new Blob([copy]));
            } catch (thrown) {
              expect((thrown as { code?: string }).code).to.match(/^project-/);
              return;
            }
            expect(await plain(read)).to.deep.equal(whole);
          },
        ),
        { numRuns: 150 },
      );
    });

    it('when its list of files is not the one that was written', async () => {
      const file = await writeProject(await project());
      const files = unzipSync(new Uint8Array(await file.arrayBuffer())) as Zippable;
      const written = new TextDecoder().decode(files[MANIFEST_PATH] as Uint8Array);
      const { name } = JSON.parse(written) as ProjectManifest;
      files[MANIFEST_PATH] = strToU8(written.replace(name, `${name}!`));
      const { code, detail } = await rejected(readProject(new Blob([zipSync(files)])));
      expect(code).to.equal('project-corrupt');
      expect(detail).to.include(MANIFEST_PATH);
    });

    it('when a file is not the one that was written', async () => {
      const { code, detail } = await rejected(
        readProject(
          await tampered((files) => {
            files['heads/h1.bin'] = Uint8Array.of(1, 2, 3, 251);
          }),
        ),
      );
      expect(code).to.equal('project-corrupt');
      expect(detail).to.include('heads/h1.bin');
    });

    it('when something is missing, too many, or named to do harm', async () => {
      const names = [
        '../../evil.json',
        '/heads/a.json',
        'heads\\a.json',
        'heads/../a.json',
        'heads/__proto__.js',
        'pictures/a.svg',
        'pictures/a.html',
        'heads/extra.json',
        'C:\\a.json',
        `heads/${'a'.repeat(65)}.json`,
      ];
      for (const name of names) {
        const file = await tampered((files) => {
          files[name] = strToU8('{}');
        });
        expect(await rejection(readProject(file)), name).to.equal('project-corrupt');
      }
      const missing = await tampered((files) => {
        delete files['heads/h1.bin'];
      });
      expect(await rejection(readProject(missing))).to.equal('project-corrupt');
    });

    it('when it unpacks to far more than a project has', async () => {
      const bomb = await tampered((files) => {
        files['heads/bomb.bin'] = [new Uint8Array(60_000_000), { level: 9 }];
      });
      expect(bomb.size).to.be.below(200_000);
      expect(await rejection(readProject(bomb))).to.equal('project-too-large');
    });

    it('when a picture is something else', async () => {
      const script = strToU8('<script>alert(1)</script>');
      const sha256 = await hex(script);
      const disguised = await tampered((files, manifest) => {
        files['pictures/p_1.jpg'] = script;
        manifest.files = manifest.files.map((entry) =>
          entry.path === 'pictures/p_1.jpg' ? { ...entry, bytes: script.length, sha256 } : entry,
        );
      });
      expect(await rejection(readProject(disguised))).to.equal('project-corrupt');
    });

    const wrongs: Readonly<Record<string, (manifest: Record<string, unknown>) => void>> = {
      'a sample without its picture': (it) => {
        it['samples'] = [{ ...SAMPLE, pictureId: 'gone' }];
      },
      'a sample twice': (it) => {
        it['samples'] = [SAMPLE, SAMPLE];
      },
      'a box outside of its picture': (it) => {
        it['samples'] = [{ ...SAMPLE, bbox: [64, 5, 20, 30] }];
      },
      'a box without extent': (it) => {
        it['samples'] = [{ ...SAMPLE, bbox: [4, 5, 0, 30] }];
      },
      'a box of five numbers': (it) => {
        it['samples'] = [{ ...SAMPLE, bbox: [4, 5, 6, 7, 8] }];
      },
      'a label of a thousand letters': (it) => {
        it['samples'] = [{ ...SAMPLE, label: 'x'.repeat(1000) }];
      },
      'a time that is text': (it) => {
        it['samples'] = [{ ...SAMPLE, time: 'now' }];
      },
      'an unknown kind': (it) => {
        it['samples'] = [{ ...SAMPLE, kind: 'maybe' }];
      },
      'no samples': (it) => {
        delete it['samples'];
      },
      'samples that are no list': (it) => {
        it['samples'] = { length: 1 };
      },
      'settings beyond measure': (it) => {
        it['settings'] = 'x'.repeat(200_000);
      },
      'a version that is none': (it) => {
        it['version'] = 'one';
      },
    };
    for (const [what, change] of Object.entries(wrongs)) {
      it(`for ${what}`, async () => {
        const file = await tampered((_, manifest) => {
          change(manifest);
        });
        expect(await rejection(readProject(file))).to.equal('project-corrupt');
      });
    }

    it('for a manifest that is no JSON', async () => {
      const broken = zipSync({ [MANIFEST_PATH]: strToU8('{"format":') });
      expect(await rejection(readProject(new Blob([broken])))).to.equal('project-corrupt');
    });
  });

  it('takes nothing over that it does not know, and nothing from a prototype', async () => {
    const file = await tampered((_, manifest) => {
      manifest['surprise'] = 1;
      manifest['samples'] = [
        JSON.parse(
          JSON.stringify({ ...SAMPLE, more: 2 }).replace('"more"', '"__proto__":{"evil":1},"more"'),
        ),
      ];
    });
    const content = await readProject(file);
    expect(content.samples).to.deep.equal([SAMPLE]);
    expect(content).to.not.have.property('surprise');
    expect('evil' in (content.samples[0] ?? {})).to.equal(false);
  });
});

async function hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
