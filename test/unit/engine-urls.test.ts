import { expect } from 'chai';
import { engineUrls } from '../../src/engine-urls.js';

const NONE = { engineUrl: undefined, modelsUrl: undefined };

describe('engineUrls', () => {
  it('finds everything beside the published file, under any path', () => {
    expect(engineUrls('https://example.org/some/where/', NONE)).to.deep.equal({
      workerUrl: 'https://example.org/some/where/engine/worker.js',
      trainerUrl: 'https://example.org/some/where/engine/trainer.js',
      wasmUrl: 'https://example.org/some/where/engine/wasm-4.22.0/',
      liteRtUrl: 'https://example.org/some/where/engine/litert-2.5.3/',
      modelsUrl: 'https://example.org/some/where/models/',
      negativesUrl: 'https://example.org/some/where/negatives/',
      demoUrls: [
        'https://example.org/some/where/demo/demo.webm',
        'https://example.org/some/where/demo/demo.mp4',
      ],
    });
  });

  it('leaves the query of a page behind', () => {
    const { workerUrl } = engineUrls('https://example.org/app/?source=demo', NONE);
    expect(workerUrl).to.equal('https://example.org/app/engine/worker.js');
  });

  it('takes folders that an element names, with or without a slash, relative to the page', () => {
    const urls = engineUrls('https://example.org/', {
      engineUrl: 'vendor/engine',
      modelsUrl: 'https://models.example/v1/',
    });
    expect(urls.workerUrl).to.equal(new URL('vendor/engine/worker.js', document.baseURI).href);
    expect(urls.trainerUrl).to.equal(new URL('vendor/engine/trainer.js', document.baseURI).href);
    expect(urls.wasmUrl).to.equal(new URL('vendor/engine/wasm-4.22.0/', document.baseURI).href);
    expect(urls.modelsUrl).to.equal('https://models.example/v1/');
  });
});
