import { expect } from 'chai';
import type { ModelFile, ModelIndex } from '../../../src/domain/model-manifest.js';
import { loadModel } from '../../../src/engine/models/load-model.js';
import { fetchModelFiles } from '../../../src/engine/models/model-files.js';
import { MODELS_URL } from '../../support/engine-fixtures.js';

const { signal } = new AbortController();

async function firstFile(): Promise<ModelFile> {
  const index = (await (await fetch(`${MODELS_URL}index.json`)).json()) as ModelIndex;
  const file = index.models[0]?.selfTest.picture;
  if (!file) throw new Error('the compiled index is empty');
  return file;
}

async function failure(file: ModelFile, baseUrl = MODELS_URL): Promise<unknown> {
  return fetchModelFiles(baseUrl, [file], signal, () => undefined).catch((e: unknown) => e);
}

describe('Model files', () => {
  it('come whole, with progress', async () => {
    const file = await firstFile();
    const progress: number[] = [];
    const [buffer] = await fetchModelFiles(MODELS_URL, [file], signal, (loaded) =>
      progress.push(loaded),
    );
    expect(buffer?.byteLength).to.equal(file.bytes);
    expect(progress.at(-1)).to.equal(file.bytes);
  });

  it('are refused when altered', async () => {
    const file = await firstFile();
    const altered = { ...file, sha256: file.sha256.replace(/^./, (c) => (c === '0' ? '1' : '0')) };
    const error = await failure(altered);
    expect(error).to.have.property('code', 'model-corrupt');
    expect(error).to.have.property('detail').that.includes(file.sha256);
  });

  it('are refused when truncated or too long', async () => {
    const file = await firstFile();
    expect(await failure({ ...file, bytes: file.bytes + 1 })).to.have.property(
      'code',
      'model-corrupt',
    );
    expect(await failure({ ...file, bytes: file.bytes - 1 })).to.have.property(
      'code',
      'model-download-failed',
    );
  });

  it('that are missing are a failed download, with the status', async () => {
    const error = await failure({ ...(await firstFile()), path: 'missing.json' });
    expect(error).to.have.property('code', 'model-download-failed');
    expect(error).to.have.property('detail').that.includes('404');
  });

  it('of an unknown model are told from known ones', async () => {
    const error = await loadModel(MODELS_URL, 'yolo', signal).catch((e: unknown) => e);
    expect(error).to.have.property('code', 'model-unknown');
    expect(error).to.have.property('detail').that.includes('coco-ssd');
  });

  it('end as aborted when the caller cancels', async () => {
    const error = await loadModel(MODELS_URL, 'coco-ssd', AbortSignal.abort()).catch(
      (e: unknown) => e,
    );
    expect(error).to.have.property('code', 'aborted');
  });

  it('from a server that answers everything with a page are corrupt', async () => {
    const page = new URL('/test/support/page-for-everything/', location.href).href;
    const error = await loadModel(page, 'coco-ssd', signal).catch((e: unknown) => e);
    expect(error)
      .to.have.property('code')
      .that.matches(/^model-(corrupt|download-failed)$/);
  });
});
