import { faultAt } from '../check.ts';
import type { Rule } from './rule.ts';

/** A text at hand that has not as many paragraphs as the record says: then all numbers may be shifted. */
export const sourceSize: Rule = ({ article, source }) => {
  if (!source) return [];
  const found = [...source.keys()].filter((name) => name !== 'author').length;
  const { paragraphs } = article.value;
  return found === paragraphs ? [] : [faultAt(article, ['paragraphs'], 'source-size', found, paragraphs)];
};
