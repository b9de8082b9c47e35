import type { PropertyValues, TemplateResult } from 'lit';
import {
  pointLesson,
  shareRight,
  type Moment,
  type PointLesson,
} from '../../../domain/learn/experiment.js';
import type { LessonKey, LessonState } from '../../../domain/learn/lesson.js';
import { EXTENT, toExamples } from '../../../domain/learn/points.js';
import { answerGrid } from '../../../domain/learn/surface.js';
import { LEARN_TEXTS } from '../../../i18n/learn-messages.js';
import { ChapterElement } from '../chapter-element.js';
import { player } from '../player.js';
import { scatterPlot, type ScatterPlot } from '../scatter-plot.js';
import { TrainingRun } from '../training-run.js';

/** What may change without the training having to begin anew. */
const LOOKS: ReadonlySet<LessonKey> = new Set<LessonKey>([
  'chapter',
  'step',
  'example',
  'weight',
  'threshold',
  'term',
  'show',
  'z',
  'answer',
]);

const GRID = 26;
/** Steps after which most networks here have learnt what they can. */
const LONG = 300;

/** A chapter in which a network learns points of the plane. */
export abstract class TrainingChapter extends ChapterElement {
  protected readonly run: TrainingRun = new TrainingRun(this, () => {
    if (this.run.step !== this.lesson.step) this.change({ step: this.run.step });
  });
  protected subject!: PointLesson;
  #counted: { readonly at: Moment; readonly share: number } | undefined;

  override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('lesson')) return;
    const before = changed.get('lesson');
    if (before === undefined || isOther(before, this.lesson)) {
      this.subject = pointLesson(this.lesson);
      this.run.use(this.subject.experiment, this.lesson.step);
    } else if (before.step !== this.lesson.step && !this.run.isPlaying) {
      this.run.seek(this.lesson.step);
    }
  }

  override rest(): void {
    if (this.run.isPlaying) this.run.pause();
  }

  /** The part of all points that is right now. */
  protected get share(): number {
    const { experiment, points } = this.subject;
    const { now, network, setup } = experiment;
    // Asked for several times a frame.
    if (this.#counted?.at !== now) {
      this.#counted = { at: now, share: shareRight(network, toExamples(points), setup.objective) };
    }
    return this.#counted.share;
  }

  /** Whether it has had time enough, so that other random numbers are worth a try. */
  protected get hasHadTime(): boolean {
    return this.run.step >= LONG;
  }

  /** The points over the network's answers. */
  protected plane(extra: Partial<ScatterPlot> = {}): TemplateResult {
    const { points, trained, experiment } = this.subject;
    return scatterPlot({
      points,
      trained,
      grid: answerGrid(experiment.network, experiment.setup.objective, GRID, EXTENT),
      label: LEARN_TEXTS.plot.label(points.length, this.share),
      ...extra,
    });
  }

  protected player(): TemplateResult {
    return player({
      run: this.run,
      experiment: this.subject.experiment,
      seed: this.lesson.seed,
      reseed: (seed) => {
        this.configure({ seed });
      },
    });
  }
}

function isOther(before: LessonState, after: LessonState): boolean {
  const keys = Object.keys(after) as LessonKey[];
  return keys.some((key) => !LOOKS.has(key) && String(before[key]) !== String(after[key]));
}
