import type { Fault } from '../fault.ts';
import { FAULT_TEXTS } from '../fault-texts.ts';
import { askedTwice, asksOfForm } from './asks.ts';
import { claimsInSource } from './claims-in-source.ts';
import { contestedFigures } from './contested.ts';
import { copied } from './copied.ts';
import { dataInText } from './data.ts';
import { loadedSynonyms, loadedWords } from './loaded.ts';
import { notesOfSources } from './notes.ts';
import { type LintedArticle, placeClaims, type Rule } from './rule.ts';
import { sourceSize } from './source-size.ts';
import { standAlone } from './stand-alone.ts';
import { translatedNumbers } from './translations.ts';

/** Comments of editors that name a check which doesn't exist. */
const allowances: Rule = (linted) =>
  placeClaims(linted).flatMap(({ claim, fault }) =>
    claim.allowed
      .filter((code) => !Object.hasOwn(FAULT_TEXTS, code))
      .flatMap((code) => fault(undefined, 'allow-unknown', code)),
  );

/** Every check of an article that an editor should look at, and that doesn't keep the bot from answering. */
const RULES: readonly Rule[] = [
  sourceSize,
  claimsInSource,
  copied,
  standAlone,
  contestedFigures,
  loadedWords,
  loadedSynonyms,
  notesOfSources,
  dataInText,
  askedTwice,
  asksOfForm,
  translatedNumbers,
  allowances,
];

export function lintArticle(article: LintedArticle): Fault[] {
  return RULES.flatMap((rule) => rule(article));
}
