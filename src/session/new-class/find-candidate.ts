import type { TeachState } from '../teach/types.js';

/** Boxes from which on learning to find a thing is offered by itself. */
const WORTH_IT = 3;

type Taught = Pick<TeachState, 'samples' | 'finds' | 'finding'>;

/**
 * The label that is best learnt to be found next: one whose examples are mostly boxes
 * that somebody drew, not objects that the detector finds already, and that is not found yet, or has examples
 * that it was not learnt from. What is being learnt comes first.
 */
export function findCandidate({ samples, finds, finding }: Taught): string | undefined {
  const drawn = drawnBoxes(samples);
  if ('label' in finding && finding.phase !== 'done' && drawn.has(finding.label)) {
    return finding.label;
  }
  const [best] = [...drawn]
    .filter(([label, count]) => {
      const found = finds.find((each) => each.label === label);
      return count >= WORTH_IT && (found === undefined || found.isOutdated);
    })
    .sort(([, a], [, b]) => b - a);
  return best?.[0];
}

/** What becomes such a label with a few boxes more, and with how many. */
export function findBeginning({
  samples,
  finds,
}: Pick<Taught, 'samples' | 'finds'>):
  { readonly label: string; readonly missing: number } | undefined {
  const [best] = [...drawnBoxes(samples)]
    .filter(([name, count]) => {
      return count > 0 && count < WORTH_IT && finds.every(({ label }) => label !== name);
    })
    .sort(([, a], [, b]) => b - a);
  return best && { label: best[0], missing: WORTH_IT - best[1] };
}

/** Boxes of each label that somebody drew, less those around what the detector finds. */
function drawnBoxes(samples: TeachState['samples']): ReadonlyMap<string, number> {
  const drawn = new Map<string, number>();
  const bursts = new Map<string, number>();
  for (const { burst } of samples) bursts.set(burst, (bursts.get(burst) ?? 0) + 1);
  for (const { kind, label, base, burst, source } of samples) {
    if (kind !== 'example') continue;
    // A box that was drawn alone may lie over something that the detector calls otherwise.
    const isAlone = bursts.get(burst) === 1 && source !== 'photo';
    drawn.set(label, (drawn.get(label) ?? 0) + (base === undefined || isAlone ? 1 : -1));
  }
  return drawn;
}
