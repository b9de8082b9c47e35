/** The non-linear part g of a perceptron: a = g(z). Without one, stacked layers stay a line. */
export interface Activation {
  /** a = g(z). */
  readonly value: (z: number) => number;
  /** g′(z), given z and a = g(z), for most are simpler in terms of a. */
  readonly derivative: (z: number, a: number) => number;
}

export const ACTIVATION_NAMES = ['relu', 'sigmoid', 'tanh', 'linear'] as const;
export type ActivationName = (typeof ACTIVATION_NAMES)[number];

/** The activations by name; ReLU's derivative at 0 is taken as 0, as everyone does. */
export const ACTIVATIONS: Readonly<Record<ActivationName, Activation>> = {
  relu: { value: (z) => Math.max(0, z), derivative: (z) => (z > 0 ? 1 : 0) },
  sigmoid: { value: (z) => 1 / (1 + Math.exp(-z)), derivative: (_z, a) => a * (1 - a) },
  tanh: { value: (z) => Math.tanh(z), derivative: (_z, a) => 1 - a * a },
  linear: { value: (z) => z, derivative: () => 1 },
};
