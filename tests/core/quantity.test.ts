import { describe, expect, it } from 'vitest';
import { findFigures, formatQuantity, parseQuantity } from '../../src/core/quantity.ts';

describe('a quantity', () => {
  it.each([
    ['over 60 % of oil imports', { qualifier: 'over', value: 60, unit: '% of oil imports' }],
    ['55,000 refugees', { value: 55_000, unit: 'refugees' }],
    ['£38 million', { currency: '£', value: 38, unit: 'million' }],
    ['about $1.5 billion a year', { qualifier: 'about', currency: '$', value: 1.5, unit: 'billion a year' }],
    ['US$40', { currency: 'US$', value: 40, unit: '' }],
    ['EUR 5 million', { currency: 'EUR', value: 5, unit: 'million' }],
    ['€1,200', { currency: '€', value: 1200, unit: '' }],
  ])('%s is read, and written as it was', (text, quantity) => {
    expect(parseQuantity(text)).toEqual(quantity);
    expect(formatQuantity(quantity)).toBe(text);
  });

  it.each(['many', '24', '£ million', '£38million', 'EURO 5', 'eur 5', '5£ more', ''])('%j is none', (text) => {
    expect(parseQuantity(text)).toBeUndefined();
  });
});

describe('figures in a text', () => {
  const quantity = (value: number) => ({ value, unit: '' });

  it('are those of its quantities alone, with what belongs to them, and no run is empty', () => {
    expect(findFigures('24 points, 1.25 million readers in 2024', [quantity(24), quantity(1.25)])).toEqual([
      { text: '24', isFigure: true },
      { text: ' points, ', isFigure: false },
      { text: '1.25 million', isFigure: true },
      { text: ' readers in ', isFigure: false },
      { text: '2024', isFigure: false },
    ]);
  });

  it('are no words, even if nothing is a quantity', () => {
    expect(findFigures('from 0', [quantity(0)])).toEqual([
      { text: 'from ', isFigure: false },
      { text: '0', isFigure: true },
    ]);
  });
});
