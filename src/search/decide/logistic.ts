/** What each feature adds to a logistic model's score. */
export type WeightsOf<Features> = Readonly<Record<keyof Features | 'constant', number>>;

/** The probability, from 0 to 1, that a logistic model gives. */
export function probability<Features extends object>(features: Features, weights: WeightsOf<Features>): number {
  let sum = weights.constant;
  for (const [name, value] of Object.entries(features)) sum += value * weights[name as keyof Features];
  return 1 / (1 + Math.exp(-sum));
}
