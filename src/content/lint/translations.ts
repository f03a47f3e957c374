import { faultAt } from '../check.ts';
import type { Fault } from '../fault.ts';
import type { Rule } from './rule.ts';

/** Translations of claims and notes whose numbers in digits aren't those of the original. */
export const translatedNumbers: Rule = ({ topics, translations, notes }) => {
  const bySlug = new Map(topics.map((topic) => [topic.slug, topic.value]));
  const shared = notes?.value.definitions ?? {};
  return translations.flatMap((file) => {
    const topic = bySlug.get(file.slug);
    if (!topic) return [];
    const claims = new Map(topic.claims.map(({ id, text }) => [id, text]));
    const definitions = { ...shared, ...topic.definitions };
    return Object.entries(file.value).flatMap(([language, own]) => {
      const compare = (part: 'claims' | 'notes', original: (name: string) => string | undefined): Fault[] =>
        Object.entries(own[part]).flatMap(([name, text]) => {
          const [there, here] = [digitsOf(original(name) ?? ''), digitsOf(text)];
          const differing = [...there.symmetricDifference(here)];
          if (original(name) === undefined || differing.length === 0) return [];
          return [faultAt(file, [language, part, name], 'translation-number', name, differing.join(', '))];
        });
      return [...compare('claims', (id) => claims.get(id)), ...compare('notes', (label) => definitions[label]?.text)];
    });
  });
};

/** The numbers in a text that are written in digits, without what groups their digits or marks their fraction. */
function digitsOf(text: string): ReadonlySet<string> {
  const numbers = text.normalize('NFKC').match(/\d+(?:[ \u00A0]\d{3}(?!\d)|[.,]\d+)*/g) ?? [];
  return new Set(numbers.map((one) => one.replace(/\D/g, '')));
}
