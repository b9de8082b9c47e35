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
