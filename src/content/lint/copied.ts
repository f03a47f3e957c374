import { faultAt } from '../check.ts';
import { placeClaims, type Rule } from './rule.ts';
import { type Token, tokenize } from './tokens.ts';

/** Words in a row that may be the same as the article's. */
const MOST_WORDS = 7;

/** Claims and summaries with more than seven words in a row from the article. */
export const copied: Rule = (linted) => {
  if (!linted.source) return [];
  const runs = new Map<string, string>();
  for (const [name, text] of linted.source) {
    const tokens = tokenize(text);
    for (const at of tokens.keys()) {
      const run = runAt(tokens, at);
      if (run !== undefined) runs.set(run, name);
    }
  }
  const find = (text: string): readonly [words: string, paragraph: string] | undefined => {
    const tokens = tokenize(text);
    for (const at of tokens.keys()) {
      const paragraph = runs.get(runAt(tokens, at) ?? '');
      if (paragraph !== undefined)
        return [
          tokens
            .slice(at, at + MOST_WORDS + 1)
            .map((one) => one.text)
            .join(' '),
          paragraph,
        ];
    }
    return undefined;
  };
  return [
    ...placeClaims(linted).flatMap(({ claim, fault }) => {
      const found = find(claim.text);
      return found ? fault(undefined, 'source-copied', ...found) : [];
    }),
    ...linted.topics.flatMap((topic) => {
      const found = find(topic.value.summary);
      return found ? [faultAt(topic, ['summary'], 'source-copied', ...found)] : [];
    }),
  ];
};

function runAt(tokens: readonly Token[], at: number): string | undefined {
  const run = tokens.slice(at, at + MOST_WORDS + 1);
  return run.length > MOST_WORDS ? run.map(({ key }) => key).join(' ') : undefined;
}
