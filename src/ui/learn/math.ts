/** Small pieces of MathML, and formulas made of them. */
import { mathml, type TemplateResult } from 'lit';

/** A piece of a formula. */
export type Maths = TemplateResult;

/** A part of a formula that lights up when its turn comes. */
export interface FormulaTerm {
  /** What other views highlight with it. */
  readonly id: string;
  readonly maths: Maths;
  /** The number that stands below it. */
  readonly value?: string | undefined;
  /** What happens there, in words, with the numbers. */
  readonly words: string;
}

/** A formula as it is drawn, read and stepped through. */
export interface FormulaView {
  /** The whole of it in spoken words. */
  readonly spoken: string;
  readonly parts: readonly (FormulaTerm | Maths)[];
  /** Ids of the terms in the order in which they light up; as they stand when absent. */
  readonly walk?: readonly string[];
  /** Long formulas are written smaller. */
  readonly isLong?: boolean;
}

export const operator = (sign: string): Maths => mathml`<mo>${sign}</mo>`;
export const text = (words: string): Maths => mathml`<mtext>${words}</mtext>`;
export const name = (letter: string): Maths => mathml`<mi>${letter}</mi>`;

/** ŷ and its like. */
export const hat = (letter: string): Maths =>
  mathml`<mover accent="true"><mi>${letter}</mi><mo>^</mo></mover>`;

/** A letter with a number below and, in brackets, a layer above. */
export function indexed(letter: string, below?: string | number, layer?: number): Maths {
  const low = below === undefined ? undefined : mathml`<mn>${below}</mn>`;
  const high =
    layer === undefined ? undefined : mathml`<mrow><mo>(</mo><mn>${layer}</mn><mo>)</mo></mrow>`;
  if (low !== undefined && high !== undefined) {
    return mathml`<msubsup><mi>${letter}</mi>${low}${high}</msubsup>`;
  }
  if (low !== undefined) return mathml`<msub><mi>${letter}</mi>${low}</msub>`;
  if (high !== undefined) return mathml`<msup><mi>${letter}</mi>${high}</msup>`;
  return name(letter);
}

export const fraction = (above: Maths, below: Maths): Maths =>
  mathml`<mfrac><mrow>${above}</mrow><mrow>${below}</mrow></mfrac>`;

/** ∂above / ∂below. */
export const derivative = (above: Maths, below: Maths): Maths =>
  fraction(mathml`<mo>∂</mo>${above}`, mathml`<mo>∂</mo>${below}`);

/** Pieces side by side. */
export const row = (...pieces: readonly Maths[]): Maths => mathml`<mrow>${pieces}</mrow>`;

export function isTerm(part: FormulaTerm | Maths): part is FormulaTerm {
  return 'words' in part;
}
