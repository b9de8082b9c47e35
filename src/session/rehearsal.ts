import { SightlineError } from '../domain/errors.js';
import { abortable } from '../platform/abort.js';
import type { Rehearsal } from './offline-check.js';
import type { DetectSession, LoadSettings } from './types.js';

/** The clip shows something in nearly every frame; this many without a box mean that nothing works. */
const MOST_FRAMES = 10;

/**
 * Runs the whole app but for its page: a fresh engine, the built-in clip, and
 * frames until something is recognised.
 *
 * @param createSession Makes a session with an engine of its own.
 * @param settings What the person's own session runs on.
 */
export function rehearsal(
  createSession: () => DetectSession,
  settings: () => LoadSettings,
): Rehearsal {
  return async (signal) => {
    const session = createSession();
    try {
      const info = await abortable(session.load(settings()), signal);
      const recognised = new Promise<readonly string[]>((resolve, reject) => {
        let frames = 0;
        session.onResult(({ detections }) => {
          frames += 1;
          const labels = detections.map((detection) => detection.class);
          if (labels.length > 0 || frames >= MOST_FRAMES) resolve([...new Set(labels)]);
        });
        session.onState(({ engine, problem }) => {
          if (engine.phase === 'failed') reject(engine.error);
          else if (problem !== undefined) reject(problem);
        });
      });
      await abortable(session.open({ kind: 'demo' }), signal);
      await session.start();
      const labels = await abortable(recognised, signal);
      return { labels, backend: info.backend };
    } catch (thrown) {
      if (signal.aborted) throw new SightlineError('aborted', 'the rehearsal took too long');
      throw thrown;
    } finally {
      await session.dispose();
    }
  };
}
