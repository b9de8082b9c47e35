import {
  formatSettings,
  matchClasses,
  parseSettings,
  type SettingProblem,
  type Settings,
} from '../../domain/settings.js';

/**
 * The app's settings, which live in the address: they survive a reload and
 * can be sent to somebody. The history does not grow, and the hash is left
 * alone (a change of it makes some phones ask for the camera again).
 */
export class AddressSettings {
  /** What in the address could not be used. */
  readonly problems: readonly SettingProblem[];
  #current: Settings;

  constructor() {
    const { settings, problems } = parseSettings(location.search);
    this.#current = settings;
    this.problems = problems;
  }

  get current(): Settings {
    return this.#current;
  }

  /** Changes settings and address together. */
  change(changes: Partial<Settings>): void {
    this.#current = { ...this.#current, ...changes };
    const query = formatSettings(this.#current, location.search);
    history.replaceState(history.state, '', `${location.pathname}${query}${location.hash}`);
  }

  /**
   * Leaves out classes that the model does not know.
   *
   * @returns Those, as they were written.
   */
  fitClasses(labels: readonly string[]): readonly string[] {
    const { classes } = this.#current;
    const { known, unknown } = matchClasses(classes, labels);
    if (known.join() !== classes.join()) this.change({ classes: known });
    return unknown;
  }
}
