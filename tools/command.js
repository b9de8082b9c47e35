/** What all commands have in common: options, plain error messages, a clean end. */
import { parseArgs, styleText } from 'node:util';

/** An error that is explained to the person as it is, without a stack. */
export class UsageError extends Error {}

/**
 * Runs a command; a failure is printed for people and sets the exit code.
 *
 * @param {() => Promise<void>} main
 * @returns {Promise<void>}
 */
export async function runCommand(main) {
  try {
    await main();
  } catch (error) {
    console.error(`\n${describeError(error)}\n`);
    process.exitCode = 1;
  }
}

/**
 * The message for errors that say what to do; everything for those that only a
 * mistake in the code can cause.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function describeError(error) {
  if (!(error instanceof Error)) return String(error);
  const isMistake = [TypeError, ReferenceError, SyntaxError, RangeError].some(
    (type) => error instanceof type,
  );
  if (isMistake && error.stack !== undefined) return error.stack;
  // Rollup and esbuild put the lines in question into these.
  const frame = 'frame' in error && typeof error.frame === 'string' ? `\n${error.frame}` : '';
  const id = 'id' in error && typeof error.id === 'string' ? `${error.id}: ` : '';
  return `${id}${error.message}${frame}`;
}

/**
 * @typedef {object} ServeOptions
 * @property {number | undefined} port Exactly this one; otherwise the first free from 8080.
 * @property {string | undefined} host
 * @property {string} base
 * @property {boolean} lan
 */

/**
 * @param {readonly string[]} argv Without node and script.
 * @param {string} command As in `npm run serve --`, for the help text.
 * @returns {ServeOptions}
 * @throws {UsageError}
 */
export function parseServeOptions(argv, command) {
  const usage = `Usage: ${command} [--port N] [--host ADDRESS] [--base /PATH/] [--lan]

  --port N         exactly this port (otherwise the first free one from 8080)
  --host ADDRESS   listen on this address (otherwise only this machine can connect)
  --base /PATH/    serve below this path, as on a host with several sites
  --lan            HTTPS for phones and others on the local network, with a QR code`;
  const values = parse(argv, usage);
  if (values.help) {
    console.log(usage);
    process.exit(0);
  }
  const port = values.port === undefined ? undefined : Number(values.port);
  if (port !== undefined && !(Number.isInteger(port) && port >= 0 && port <= 65535)) {
    throw new UsageError(`--port takes a number from 0 to 65535, not "${values.port ?? ''}".`);
  }
  return { port, host: values.host, base: values.base, lan: values.lan };
}

/**
 * @param {readonly string[]} argv
 * @param {string} usage
 */
function parse(argv, usage) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        base: { type: 'string', default: '/' },
        lan: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : ''}\n\n${usage}`);
  }
}

/**
 * @param {string} text
 * @returns {string}
 */
export const bold = (text) => paint('bold', text);

/**
 * @param {string} text
 * @returns {string}
 */
export const dim = (text) => paint('dim', text);

/**
 * @param {'bold' | 'dim' | 'green' | 'red' | 'yellow'} style
 * @param {string} text
 * @returns {string} The text, styled where the terminal can do that.
 */
export function paint(style, text) {
  const isPlain = process.env['NO_COLOR'] !== undefined || !process.stdout.isTTY;
  return isPlain ? text : styleText(style, text);
}
