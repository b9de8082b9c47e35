import { turning } from '../../../support/stage-source.js';
import { destroyTeaching, TaughtSession } from '../../../support/taught-session.js';

/** How long a person waits, in milliseconds. */
export interface LiveHeadTimes {
  readonly samples: number;
  /** From the last sample to a head that names things, with a trainer that has to start. */
  readonly whole: number;
  /** Of that, until the first training began: looking at what was not looked at yet. */
  readonly looking: number;
  /** The same at once again, when all is looked at and the trainer runs. */
  readonly again: number;
}

/** Examples of one recording: then the room looks different. */
const PER_BURST = 10;

/**
 * The app's whole way, from a stage before the camera to a head that names: records two
 * cats in many rooms, one as it is and one dyed, while the detector looks, then trains.
 */
export async function timeLiveHead(pictureUrl: string, samples: number): Promise<LiveHeadTimes> {
  await destroyTeaching();
  const response = await fetch(pictureUrl);
  const cat = await createImageBitmap(await response.blob());
  const session = new TaughtSession(turning(cat));
  try {
    await session.start();
    for (let burst = 0; session.state.samples.length < samples; burst++) {
      const isDyed = burst % 2 === 1;
      const wall = `hsl(${(burst * 47) % 360} 35% ${20 + ((burst * 13) % 50)}%)`;
      session.show(turning(cat, isDyed ? 'rgb(70, 110, 255)' : undefined, wall));
      const left = samples - session.state.samples.length;
      await session.record('cat', isDyed ? 'Blue' : 'Chelsea', Math.min(PER_BURST, left));
    }
    const start = performance.now();
    let looking = 0;
    const stop = session.teach.onState(({ training }) => {
      if (looking === 0 && training.phase === 'training') looking = performance.now() - start;
    });
    await session.teach.train();
    const whole = performance.now() - start;
    stop();
    if (session.state.heads.length !== 1) {
      throw new Error('there is no head');
    }
    const startAgain = performance.now();
    await session.teach.train();
    const again = performance.now() - startAgain;
    return { samples: session.state.samples.length, whole, looking, again };
  } finally {
    await session.dispose();
    await destroyTeaching();
  }
}
