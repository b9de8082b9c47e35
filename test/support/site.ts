import { distDir } from '../../tools/root.js';
import { startServer } from '../../tools/server.js';

/** A running server of the built site. */
export interface Site {
  /** `http://localhost:PORT/` or with the base path, always with a trailing slash. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/**
 * Serves `dist/` with the real headers on a free port.
 *
 * @param base Path to serve under, to prove that the site can live anywhere.
 */
export async function startSite(base = '/'): Promise<Site> {
  const { url, close } = await startServer({ dir: distDir, port: 0, base });
  return { url, close };
}
