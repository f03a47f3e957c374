import type { WeightsOf } from '../decide/logistic.ts';

/** One case that a model learns from. */
export interface Example<Features> {
  readonly features: Features;
  /** Whether what the model tells is so. */
  readonly holds: boolean;
  /** How much it counts, above 0. */
  readonly weight: number;
}

const STEPS = 4000;
const RATE = 0.5;
/** Keeps weights of features that say the same from growing against each other. */
const PENALTY = 0.001;

/** Fits a logistic regression by gradient descent. `left` names features that are left out: their weight is 0. */
export function fitLogistic<Features extends object>(
  examples: readonly Example<Features>[],
  left: readonly (keyof Features)[] = [],
): WeightsOf<Features> {
  const names = (Object.keys(examples[0]?.features ?? {}) as (keyof Features)[]).filter((name) => !left.includes(name));
  const width = names.length + 1;
  const rows = new Float64Array(examples.length * width);
  for (const [at, { features }] of examples.entries()) {
    rows[at * width] = 1;
    for (const [place, name] of names.entries()) rows[at * width + place + 1] = Number(features[name]);
  }
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  const weights = new Float64Array(width);
  const momentum = new Float64Array(width);
  for (let step = 0; step < STEPS; step += 1) {
    const gradient = weights.map((weight, place) => (place === 0 ? 0 : PENALTY * weight));
    for (const [at, { holds, weight }] of examples.entries()) {
      let sum = 0;
      for (let place = 0; place < width; place += 1)
        sum += (weights[place] as number) * (rows[at * width + place] as number);
      const error = (weight * (1 / (1 + Math.exp(-sum)) - (holds ? 1 : 0))) / total;
      for (let place = 0; place < width; place += 1) {
        gradient[place] = (gradient[place] as number) + error * (rows[at * width + place] as number);
      }
    }
    for (let place = 0; place < width; place += 1) {
      momentum[place] = 0.9 * (momentum[place] as number) - RATE * (gradient[place] as number);
      weights[place] = (weights[place] as number) + (momentum[place] as number);
    }
  }
  const rounded = (value: number | undefined) => Number((value ?? 0).toFixed(2));
  const fitted = names.map((name, place) => [name, rounded(weights[place + 1])]);
  return Object.fromEntries([['constant', rounded(weights[0])], ...fitted, ...left.map((name) => [name, 0])]);
}
