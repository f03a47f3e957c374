import type { Quantity } from './article.ts';

export const QUALIFIERS = ['over', 'under', 'about', 'nearly', 'at least', 'at most'] as const;

const QUANTITY = new RegExp(
  `^(?:(${QUALIFIERS.join('|')}) )?(?:([A-Z]{0,2}[$€£¥]|[A-Z]{3}(?= )) ?)?(\\d[\\d,]*(?:\\.\\d+)?)(?: (\\S.*))?$`,
);

/**
 * Reads a number with its unit, such as `over 60 % of oil imports`, `55,000 refugees`, `£38 million` or `EUR 500`; undefined
 * if it isn't one. A currency needs no other unit.
 */
export function parseQuantity(text: string): Quantity | undefined {
  const quantity = parseNumber(text);
  return quantity && (quantity.unit || quantity.currency) ? quantity : undefined;
}

/** The same, but the number may stand alone: `450`. */
export function parseNumber(text: string): Quantity | undefined {
  const [, qualifier, currency, digits, unit] = QUANTITY.exec(text) ?? [];
  if (!digits) return undefined;
  return {
    ...(qualifier ? { qualifier } : {}),
    ...(currency ? { currency } : {}),
    value: Number(digits.replaceAll(',', '')),
    unit: unit ?? '',
  };
}

/** The number in words, the other way round. */
export function formatQuantity({ qualifier, currency = '', value, unit }: Quantity): string {
  const space = /[A-Z]$/.test(currency) ? ' ' : '';
  return [qualifier, `${currency}${space}${value.toLocaleString('en-GB')}`, unit].filter(Boolean).join(' ');
}
