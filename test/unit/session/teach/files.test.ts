import { expect } from 'chai';
import { strToU8, unzipSync, zipSync, type Zippable } from 'fflate';
import { UNKNOWN, type Head } from '../../../../src/domain/head.js';
import { createNetwork } from '../../../../src/domain/network/network.js';
import type { Sample } from '../../../../src/domain/sample.js';
import { DEFAULT_TEACH_SETTINGS } from '../../../../src/domain/teach/settings.js';
import { HeadStore } from '../../../../src/platform/head-store.js';
import { SampleStore } from '../../../../src/platform/sample-store.js';
import type { ExportFormat } from '../../../../src/session/teach/types.js';
import { canvasFile } from '../../../support/files.js';
import { rejection } from '../../../support/promises.js';
import { replacing } from '../../../support/replace.js';
import { DATABASES, destroyTeaching, TaughtSession } from '../../../support/taught-session.js';

const SIZE = 576;

function head(id: string, overrides: Partial<Head> = {}): Head {
  const labels = ['Tässe “ä” 🍵', 'mug', UNKNOWN];
  const network = createNetwork(
    {
      inputs: SIZE,
      hidden: [5],
      outputs: labels.length,
      activation: 'relu',
      outputActivation: 'linear',
    },
    7,
  );
  return {
    id,
    name: 'Kitchen',
    source: {
      model: 'coco-ssd',
      maps: ['feature_0'],
      channels: [SIZE],
      normalisation: 'l2',
    },
    labels,
    // As training gives them: numbers that fit into 32 bits.
    network: {
      layers: network.layers.map((layer) => ({
        ...layer,
        weights: layer.weights.map(Math.fround),
        biases: layer.biases.map((_, at) => Math.fround(0.1 * at)),
      })),
    },
    output: 'softmax-cross-entropy',
    temperature: 1.3,
    threshold: 0.42,
    bases: ['cup', 'bowl'],
    created: 1_700_000_000_000,
    ...overrides,
  };
}

function sample(id: string, overrides: Partial<Sample> = {}): Sample {
  return {
    id,
    pictureId: 'p1',
    bbox: [4, 6, 20, 30],
    kind: 'example',
    label: 'mug',
    base: 'cup',
    source: 'camera',
    burst: 'b1',
    time: 1_700_000_000_000,
    ...overrides,
  };
}

const SAMPLES = [
  sample('s1'),
  sample('s2', { label: 'Tässe “ä” 🍵', bbox: [30, 2, 25.5, 40], time: 1_700_000_000_001 }),
  sample('s3', { pictureId: 'p2', kind: 'negative', burst: 'b2', time: 1_700_000_000_002 }),
  sample('s4', {
    pictureId: 'p3',
    kind: 'negative',
    label: '',
    burst: 'b3',
    time: 1_700_000_000_003,
  }),
];

const scene = (context: CanvasRenderingContext2D): void => {
  context.fillRect(0, 0, 9, 9);
};

describe('Files of a project', function () {
  this.timeout(60_000);
  let test: TaughtSession;

  async function fill(heads: readonly Head[] = [head('h1')], own = 'h1'): Promise<void> {
    const samples = await SampleStore.open(DATABASES.samples);
    for (const [index, id] of ['p1', 'p2', 'p3'].entries()) {
      const blob = await canvasFile(64, 48, 'image/jpeg', `hsl(${String(index * 90)} 80% 50%)`);
      const picture = { id, blob, width: 64, height: 48 };
      await samples.add(
        picture,
        SAMPLES.filter(({ pictureId }) => pictureId === id),
      );
    }
    samples.close();
    const store = await HeadStore.open<undefined, undefined>(DATABASES.heads);
    await store.put(
      heads.map((each) => ({
        id: each.id,
        head: each,
        isOn: each.id === own,
        report: undefined,
        trainedOn: each.id === own ? '4-abc' : undefined,
      })),
    );
    store.close();
  }

  /** A device that has seen nothing yet. */
  async function elsewhere(): Promise<void> {
    await test.dispose();
    await destroyTeaching();
    test = new TaughtSession(scene);
    await test.teach.open();
  }

  async function exported(format: ExportFormat): Promise<File> {
    const { name, blob } = await test.teach.export(format);
    return new File([blob], name);
  }

  const contents = async (file: Blob): Promise<Zippable> =>
    unzipSync(new Uint8Array(await file.arrayBuffer()));
  const zipped = (files: Zippable): File => new File([zipSync(files)], 'some.zip');
  const text = (bytes: unknown): string => new TextDecoder().decode(bytes as Uint8Array);

  beforeEach(async () => {
    await destroyTeaching();
    test = new TaughtSession(scene);
  });

  afterEach(async () => {
    await test.dispose();
    await destroyTeaching();
  });

  it('hold everything, and come back as they were', async () => {
    await fill([head('h1'), head('h2', { bases: [], created: 1_700_000_000_009 })]);
    test.teach.settings = { ...DEFAULT_TEACH_SETTINGS, denseUnits: 12, learningRate: 0.01 };
    await test.teach.open();
    const before = test.state;
    const file = await exported('project');
    expect(file.name).to.match(/^mug-Tässe-ä-\d{4}-\d\d-\d\d\.sightline\.zip$/);
    await elsewhere();
    expect(await test.teach.import(file)).to.deep.equal({
      samples: 4,
      labels: 2,
      heads: 2,
      skipped: [],
    });
    expect(test.state.samples).to.deep.equal(before.samples);
    expect(test.state.heads).to.deep.equal(before.heads);
    expect(test.state.settings).to.deep.equal(before.settings);
    expect(test.state.labels).to.deep.equal(before.labels);
    const shown = await test.teach.thumbnail('s2');
    const { width, height } = await createImageBitmap(shown ?? new Blob());
    expect([width, height]).to.deep.equal([26, 40]);
    // Once more brings nothing new, and changes nothing.
    expect(await test.teach.import(file)).to.deep.equal({
      samples: 0,
      labels: 0,
      heads: 0,
      skipped: [{ reason: 'already-there', count: 6 }],
    });
    await test.teach.undo();
    expect(test.state.samples).to.deep.equal([]);
  });

  it('hold the heads alone in a few kilobytes', async () => {
    await fill();
    await test.teach.open();
    const [{ head: before } = { head: undefined }] = test.state.heads;
    const file = await exported('heads');
    expect(file.size).to.be.below(16_000);
    await elsewhere();
    expect(await test.teach.import(file)).to.deep.equal({
      samples: 0,
      labels: 2,
      heads: 1,
      skipped: [],
    });
    expect(test.state.heads).to.deep.equal([{ head: before, isOn: true, report: undefined }]);
    expect(test.state.samples).to.deep.equal([]);
  });

  it('in Teachable Machine’s form are what others read, and come back as they were', async () => {
    await fill();
    await test.teach.open();
    const [{ head: before } = { head: undefined }] = test.state.heads;
    const file = await exported('teachable-machine');
    const files = await contents(file);
    expect(Object.keys(files)).to.deep.equal(['model.json', 'weights.bin', 'metadata.json']);
    const metadata = JSON.parse(text(files['metadata.json'])) as { labels: string[] };
    expect(metadata.labels).to.deep.equal(['Tässe “ä” 🍵', 'mug', 'unknown']);
    await elsewhere();
    expect(await test.teach.import(file)).to.include({ heads: 1 });
    expect(test.state.heads[0]?.head).to.deep.equal(before);
    // Somebody else's has no word about features, and no detector is there that could tell.
    await elsewhere();
    const { labels } = metadata;
    const foreign = { ...files, 'metadata.json': strToU8(JSON.stringify({ labels })) };
    expect(await rejection(test.teach.import(zipped(foreign)))).to.equal('not-loaded');
    await test.session.load({ backend: 'wasm', runtime: 'litert', model: 'coco-ssd' });
    test.teach.settings = { ...DEFAULT_TEACH_SETTINGS, maps: before?.source.maps ?? [] };
    expect(await test.teach.import(zipped(foreign))).to.include({ heads: 1 });
    expect(test.state.heads[0]?.head).to.deep.include({ labels, bases: [], temperature: 1 });
    test.teach.settings = { ...DEFAULT_TEACH_SETTINGS, maps: ['feature_1'] };
    expect(await rejection(test.teach.import(zipped(foreign)))).to.equal('head-incompatible');
  });

  for (const format of ['coco', 'yolo'] as const) {
    it(`as ${format} hold the examples, and come back with the same boxes`, async () => {
      await fill();
      await test.teach.open();
      const file = await exported(format);
      const files = await contents(file);
      // The picture of the negative says nothing in this form.
      expect(Object.keys(files).filter((path) => path.startsWith('images/'))).to.deep.equal([
        'images/p1.jpg',
        'images/p3.jpg',
      ]);
      await elsewhere();
      const summary = await test.teach.import(file);
      expect(summary).to.deep.equal({ samples: 11, labels: 2, heads: 0, skipped: [] });
      const examples = test.state.samples.filter(({ kind }) => kind === 'example');
      expect(examples.map(({ label }) => label).sort()).to.deep.equal(['Tässe “ä” 🍵', 'mug']);
      for (const { bbox, label, source } of examples) {
        const original = SAMPLES.find((one) => one.label === label)?.bbox ?? [];
        bbox.forEach((value, at) => {
          expect(value).to.be.closeTo(original[at] ?? NaN, 0.001);
        });
        expect(source).to.equal('import');
      }
      expect(test.state.background).to.equal(1);
      await test.teach.undo();
      expect(test.state.samples).to.deep.equal([]);
    });
  }

  it('may lie in a folder, beside other things, with pictures of another size or none', async () => {
    await test.teach.open();
    const picture = new Uint8Array(await (await canvasFile(128, 96)).arrayBuffer());
    const annotations = {
      images: [
        { id: 1, file_name: 'a.png', width: 64, height: 48 },
        { id: 2, file_name: 'gone.png', width: 64, height: 48 },
        { id: 3, file_name: 'broken.png', width: 64, height: 48 },
      ],
      categories: [{ id: 1, name: 'mug' }],
      annotations: [
        { image_id: 1, category_id: 1, bbox: [10, 10, 20, 20], iscrowd: 0 },
        { image_id: 1, category_id: 9, bbox: [10, 10, 20, 20], iscrowd: 0 },
        { image_id: 1, category_id: 1, bbox: [10, 10, 20, 20], iscrowd: 1 },
      ],
    };
    const summary = await test.teach.import(
      zipped({
        'set/annotations/instances_train.json': strToU8(JSON.stringify(annotations)),
        'set/images/a.png': picture,
        'set/images/broken.png': strToU8('no picture'),
        'set/readme.md': strToU8('# Mugs'),
        '__MACOSX/set/._a.png': strToU8('rubbish'),
      }),
    );
    expect(summary.samples).to.equal(1);
    expect(new Map(summary.skipped.map(({ reason, count }) => [reason, count]))).to.deep.equal(
      new Map([
        ['no-label', 1],
        ['crowd', 1],
        ['no-picture', 1],
        ['unsupported-file', 1],
      ]),
    );
    expect(test.state.samples[0]?.bbox).to.deep.equal([20, 20, 40, 40]);
  });

  it('that are damaged, foreign, newer or hostile are refused, and change nothing', async () => {
    await fill();
    await test.teach.open();
    const before = test.state;
    const project = await exported('project');
    const files = await contents(project);
    const teachable = await contents(await exported('teachable-machine'));
    const manifest = JSON.parse(text(files['project.json'])) as Record<string, unknown>;
    const { 'weights.bin': weights, ...incomplete } = teachable;
    const bytes = new Uint8Array(await project.arrayBuffer());
    const flipped = bytes.slice();
    flipped[Math.floor(bytes.length / 2)] = 255 - (flipped[Math.floor(bytes.length / 2)] ?? 0);
    const broken: [what: string, file: File, code: string][] = [
      ['no zip', new File(['hello'], 'a.zip'), 'project-unrecognised'],
      ['nothing', new File([], 'a.zip'), 'project-unrecognised'],
      ['another zip', zipped({ 'a.doc': strToU8('x') }), 'project-unrecognised'],
      ['cut off', new File([bytes.slice(0, bytes.length / 2)], 'a.zip'), 'project-corrupt'],
      ['a changed byte', new File([flipped], 'a.zip'), 'project-corrupt'],
      [
        'a newer version',
        zipped({ ...files, 'project.json': strToU8(JSON.stringify({ ...manifest, version: 99 })) }),
        'project-newer',
      ],
      ['a path trick', zipped({ '../../evil.json': strToU8('{}') }), 'project-corrupt'],
      ['a path trick in a project', zipped({ ...files, '../x': strToU8('') }), 'project-corrupt'],
      ['a bomb', zipped({ 'a.json': new Uint8Array(60_000_000) }), 'project-too-large'],
      ['no weights', zipped(incomplete), 'project-corrupt'],
      [
        'weights of nothing',
        zipped({ ...teachable, 'weights.bin': (weights as Uint8Array).map(() => 255) }),
        'project-corrupt',
      ],
      [
        'short weights',
        zipped({ ...teachable, 'weights.bin': (weights as Uint8Array).slice(0, 40) }),
        'project-corrupt',
      ],
      ['no JSON', zipped({ ...teachable, 'metadata.json': strToU8('{') }), 'project-corrupt'],
      ['labels of nothing', zipped({ 'annotations.json': strToU8('[]') }), 'dataset-corrupt'],
    ];
    for (const [what, file, code] of broken) {
      expect(await rejection(test.teach.import(file)), what).to.equal(code);
      expect(test.state.problem?.code, what).to.equal(code);
    }
    expect(test.state.samples).to.deep.equal(before.samples);
    expect(test.state.heads).to.deep.equal(before.heads);
  });

  it('with a head for another network are refused; its samples are taken all the same', async () => {
    const other = head('h9', { source: { ...head('h9').source, model: 'another-net' } });
    await fill([other], '');
    await test.teach.open();
    const [project, heads, three] = [
      await exported('project'),
      await exported('heads'),
      await exported('teachable-machine'),
    ];
    await elsewhere();
    await test.session.load({ backend: 'wasm', runtime: 'litert', model: 'coco-ssd' });
    expect(await rejection(test.teach.import(heads))).to.equal('head-incompatible');
    expect(await rejection(test.teach.import(three))).to.equal('head-incompatible');
    expect(await test.teach.import(project)).to.deep.equal({
      samples: 4,
      labels: 2,
      heads: 0,
      skipped: [{ reason: 'head-incompatible', count: 1 }],
    });
    expect(test.state.heads).to.deep.equal([]);
  });

  it('that do not fit on the disk are not taken over in part', async () => {
    await fill();
    await test.teach.open();
    const file = await exported('project');
    await elsewhere();
    let writes = 0;
    const original = Object.getOwnPropertyDescriptor(IDBObjectStore.prototype, 'put');
    const put = original?.value as IDBObjectStore['put'];
    const almostFull = function (this: IDBObjectStore, value: unknown): IDBRequest<IDBValidKey> {
      if (++writes > 4) throw new DOMException('full', 'QuotaExceededError');
      return put.call(this, value);
    };
    await replacing(IDBObjectStore.prototype, 'put', almostFull, async () => {
      expect(await rejection(test.teach.import(file))).to.equal('storage-full');
    });
    await test.dispose();
    test = new TaughtSession(scene);
    await test.teach.open();
    expect(test.state.samples).to.deep.equal([]);
    expect(await test.teach.import(file)).to.include({ samples: 4 });
  });

  it('cannot be written of nothing', async () => {
    await test.teach.open();
    for (const format of ['heads', 'teachable-machine', 'coco', 'yolo'] as const) {
      expect(await rejection(test.teach.export(format))).to.equal('nothing-to-export');
    }
    const file = await exported('project');
    expect(await test.teach.import(file)).to.deep.equal({
      samples: 0,
      labels: 0,
      heads: 0,
      skipped: [],
    });
  });
});
