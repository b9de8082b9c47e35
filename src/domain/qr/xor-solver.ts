/** A set of parts, bit by bit: part 0 is the lowest. */
export type PartSet = bigint;

interface Equation {
  readonly parts: PartSet;
  readonly sum: Uint8Array;
}

/**
 * Finds parts of equal length out of sums (exclusive or) of some of them: any that say
 * something new bring it one step on, whichever they are. Gaussian elimination over bits,
 * a step for each sum as it comes.
 */
export class XorSolver {
  readonly #count: number;
  /** By their lowest part. */
  readonly #equations = new Map<number, Equation>();

  /** @param count Of the parts. */
  constructor(count: number) {
    this.#count = count;
  }

  /** How many sums that say something new there are; with as many as parts, all are known. */
  get rank(): number {
    return this.#equations.size;
  }

  /**
   * @param sum As long as a part.
   * @returns Whether it says something new.
   */
  add(parts: PartSet, sum: Uint8Array): boolean {
    let left: Equation = { parts, sum };
    while (left.parts !== 0n) {
      const lowest = lowestOf(left.parts);
      const known = this.#equations.get(lowest);
      if (known === undefined) {
        this.#equations.set(lowest, left);
        return true;
      }
      left = added(left, known);
    }
    return false;
  }

  /** The parts in their order; `undefined` as long as some are not known. */
  get parts(): readonly Uint8Array[] | undefined {
    if (this.rank < this.#count) return undefined;
    const solved: Uint8Array[] = [];
    for (let part = this.#count - 1; part >= 0; part--) {
      const { parts = 0n, sum = new Uint8Array() } = this.#equations.get(part) ?? {};
      const own = sum.slice();
      for (let other = part + 1; other < this.#count; other++) {
        if (((parts >> BigInt(other)) & 1n) === 1n) addTo(own, solved[other]);
      }
      solved[part] = own;
    }
    return solved;
  }
}

function lowestOf(parts: PartSet): number {
  let index = 0;
  while (((parts >> BigInt(index)) & 1n) === 0n) index++;
  return index;
}

function added(a: Equation, b: Equation): Equation {
  const sum = a.sum.slice();
  addTo(sum, b.sum);
  return { parts: a.parts ^ b.parts, sum };
}

/** Exclusive or, in place. */
export function addTo(sum: Uint8Array, other: Uint8Array = new Uint8Array()): void {
  for (let at = 0; at < sum.length; at++) sum[at] = (sum[at] ?? 0) ^ (other[at] ?? 0);
}
