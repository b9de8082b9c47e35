import { TrainerClient } from '../../../../src/platform/trainer-client.js';
import { delay, until } from '../../../support/promises.js';
import { turning, type Scene } from '../../../support/stage-source.js';
import { destroyTeaching, TaughtSession, URLS } from '../../../support/taught-session.js';

/** How long a person waits, in milliseconds. */
export interface LiveHeadTimes {
  readonly samples: number;
  /** From the last sample to a head that names things. */
  readonly whole: number;
  /** Of that, until the first training began: looking at what was not looked at yet. */
  readonly looking: number;
}

/** Views that are recorded live, last; the others are added as photographs before. */
const LIVE = 20;
/** Views of one recording: then the room looks different. */
const PER_RECORDING = 5;
/** Milliseconds of a recording, at most: where nothing new is to be seen, nothing is taken. */
const RECORDING_MS = 6000;
/** Milliseconds until the trainer is let go: it has to start for the training that counts, once. */
const TRAINER_IDLE = 1000;

/**
 * The app's whole way, from a stage before the camera to a head that names: two cats, one
 * as it is and one dyed, most of them added as photographs and taught once, as on a day
 * before; the last recorded while the detector looks. The trainer has to start.
 */
export async function timeLiveHead(pictureUrl: string, samples: number): Promise<LiveHeadTimes> {
  await destroyTeaching();
  const response = await fetch(pictureUrl);
  const cat = await createImageBitmap(await response.blob());
  const trainer = new TrainerClient(URLS.trainerUrl, { idle: TRAINER_IDLE });
  const session = new TaughtSession(viewOf(cat, 0), { trainer });
  const count = (): number => session.state.samples.length;
  try {
    await session.start();
    for (let view = 0; count() < samples - LIVE; view++) {
      const file = await photographOf(viewOf(cat, view), view);
      await session.teach.addPictures([{ file, label: labelOf(view) }]);
      if (view > 2 * samples) throw new Error('photographs without cats');
    }
    await session.teach.train();
    for (let view = samples; count() < samples; view++) {
      session.show(viewOf(cat, view));
      const target = { kind: 'track', trackId: await catIn(session) } as const;
      const wanted = Math.min(samples, count() + PER_RECORDING);
      await session.teach.record(target, labelOf(view));
      const end = performance.now() + RECORDING_MS;
      while (count() < wanted && performance.now() < end) await delay(20);
      session.teach.stopRecording();
      await until(() => session.state.recording === undefined, 'the recording has ended');
      if (view > 2 * samples) throw new Error('nothing new is to be seen');
    }
    await until(() => !trainer.isRunning, 'the trainer was let go');
    const start = performance.now();
    let looking = 0;
    const stop = session.teach.onState(({ training }) => {
      if (looking === 0 && training.phase === 'training') looking = performance.now() - start;
    });
    await session.teach.train();
    const whole = performance.now() - start;
    stop();
    const { training, heads } = session.state;
    if (training.phase !== 'done' || heads.length !== 1) throw new Error('there is no head');
    return { samples: count(), whole, looking };
  } finally {
    await session.dispose();
    trainer.dispose();
    await destroyTeaching();
  }
}

/** Id of the cat that is followed, by whatever name it goes already. */
async function catIn({ results }: TaughtSession): Promise<number> {
  const find = (): number | undefined =>
    results.at(-1)?.detections.find((one) => (one.taught?.base ?? one.class) === 'cat')?.trackId;
  await until(() => find() !== undefined, 'a cat is followed', 20_000);
  return find() ?? 0;
}

/** Every other view is of the dyed cat. */
function labelOf(view: number): string {
  return view % 2 === 1 ? 'Blue' : 'Chelsea';
}

/** Each in a room of its own, in another light. */
function viewOf(cat: ImageBitmap, view: number): Scene {
  const tint = labelOf(view) === 'Blue' ? 'rgb(70, 110, 255)' : undefined;
  const wall = `hsl(${(view * 47) % 360} 35% ${20 + ((view * 13) % 50)}%)`;
  const draw = turning(cat, tint, wall);
  return (context, t) => {
    context.filter = `brightness(${0.7 + ((view * 7) % 10) / 15}) contrast(${0.8 + ((view * 3) % 10) / 20})`;
    draw(context, t);
    context.filter = 'none';
  };
}

async function photographOf(scene: Scene, view: number): Promise<File> {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [640, 480];
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no 2D canvas');
  scene(context, view * 0.37);
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/jpeg', 0.9);
  });
  if (blob === null) throw new Error('no photograph');
  return new File([blob], `${view}.jpg`, { type: 'image/jpeg' });
}
