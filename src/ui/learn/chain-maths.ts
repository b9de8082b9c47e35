/** How weights and factors of the chain rule are written. */
import type { ChainFactor } from '../../domain/learn/chain.js';
import type { WeightName } from '../../domain/learn/weights.js';
import { weightText } from '../../i18n/learn-descent-messages.js';
import { derivative, hat, indexed, name, type Maths } from './math.js';

/** @param units Of the hidden layer. */
export function weightLabel(weight: WeightName, units: number): string {
  return weightText(weight, 2, weight.layer === 1 ? units : 1);
}

/** One factor as a fraction of differentials. */
export function factorMaths({ kind, layer }: ChainFactor, weight: WeightName): Maths {
  const unit = weight.layer === 1 ? weight.to : weight.from;
  const activated = indexed('a', unit);
  switch (kind) {
    case 'loss-by-output':
      return derivative(name('J'), hat('y'));
    case 'output-by-z':
      return layer === 2
        ? derivative(hat('y'), indexed('z', undefined, 2))
        : derivative(activated, indexed('z', unit, 1));
    case 'z-by-input':
      return derivative(indexed('z', undefined, 2), activated);
    case 'z-by-weight':
      return layer === 2
        ? derivative(indexed('z', undefined, 2), indexed('w', weight.from, 2))
        : derivative(indexed('z', unit, 1), indexed('w', `${weight.from},${weight.to}`, 1));
  }
}

/** What of the graph a lit term is about: edges and units as `networkGraph` names them. */
export interface Lit {
  readonly edges: readonly string[];
  readonly units: readonly string[];
}

/**
 * Where a term sits in a network with one hidden layer and one output. With no term,
 * the whole way from the chosen weight to the loss.
 */
export function litBy(term: string, { layer, from, to }: WeightName): Lit {
  const own = `${layer}/${from}/${to}`;
  const unit = layer === 1 ? to : from;
  const onward = `2/${unit}/1`;
  const hidden = /^hidden-(\d)$/.exec(term)?.[1];
  if (hidden !== undefined) {
    const number = Number(hidden) + 1;
    return { edges: [`1/1/${number}`, `1/2/${number}`], units: [`1/${number}`] };
  }
  switch (term) {
    case 'input':
      return { edges: [], units: ['0/1', '0/2'] };
    case 'loss':
    case 'output':
    case 'loss-by-output-2':
    case 'output-by-z-2':
      return { edges: [], units: ['2/1'] };
    case 'z-by-input-2':
      return { edges: [onward], units: [] };
    case 'output-by-z-1':
      return { edges: [], units: [`1/${unit}`] };
    case 'z-by-weight-1':
    case 'z-by-weight-2':
      return { edges: [own], units: [`${layer - 1}/${from}`] };
    default:
      return layer === 1
        ? { edges: [own, onward], units: [`1/${to}`, '2/1'] }
        : { edges: [own], units: ['2/1'] };
  }
}
