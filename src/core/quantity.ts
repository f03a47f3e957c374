import type { Quantity } from './article.ts';

export const QUALIFIERS = ['over', 'under', 'about', 'nearly', 'at least', 'at most'] as const;

const QUANTITY = new RegExp(`^(?:(${QUALIFIERS.join('|')}) )?(\\d[\\d,]*(?:\\.\\d+)?) (\\S.*)$`);

/** Reads a number with its unit, such as `over 60 % of oil imports` or `55,000 refugees`; undefined where it is none. */
export function parseQuantity(text: string): Quantity | undefined {
  const [, qualifier, digits, unit] = QUANTITY.exec(text) ?? [];
  if (!digits || !unit) return undefined;
  return { ...(qualifier ? { qualifier } : {}), value: Number(digits.replaceAll(',', '')), unit };
}

/** The number in words, the other way round. */
export function formatQuantity({ qualifier, value, unit }: Quantity): string {
  return [...(qualifier ? [qualifier] : []), value.toLocaleString('en-GB'), unit].join(' ');
}
