import type { FindActors, Mention } from './actors.ts';
import { roleWords } from './actors.ts';
import {
  AUXILIARIES,
  CLAUSE_STARTS,
  DONE_TO,
  FILLERS,
  GIVEN,
  GOAL_PREPOSITIONS,
  JOINTS,
  PARTICIPLES,
  PASSIVES,
  SOURCE_PREPOSITIONS,
  SYMMETRIC,
  TAKEN,
  TAKING,
} from './words.ts';

/**
 * What a party does in a sentence:
 * - giver: it acts, or something comes from it
 * - taker: something is done to it, or comes to it
 */
export type Role = 'giver' | 'taker';

/** Whoever a sentence names, each with its role; undefined if the role can't be told, or if it has both. */
export type Roles = ReadonlyMap<string, Role | undefined>;

/** Nouns further than this behind an adjective are not what it describes. */
const NOUN_REACH = 3;
/** Words between a form of “be” and its participle, or between a verb and the preposition that belongs to it. */
const PASSIVE_REACH = 4;
/** Words behind a subject in which its verb is looked for. */
const VERB_REACH = 12;

/** Reads who does what to whom, by the order of words, prepositions and the voice of the verb. */
export function readRoles(text: string, findActors: FindActors): Roles {
  const words = roleWords(text);
  const mentions = findActors(words);
  const sentence = { words, mentions };
  const named = mentions.flatMap((mention) => mention.actors.map((actor) => ({ actor, mention })));
  const found = Map.groupBy(named, ({ actor }) => actor);
  return new Map(
    [...found].map(([actor, list]) => {
      const roles = new Set(list.map(({ mention }) => roleOf(mention, sentence)).filter((role) => role !== undefined));
      return [actor, roles.size === 1 ? [...roles][0] : undefined];
    }),
  );
}

interface Sentence {
  readonly words: readonly string[];
  readonly mentions: readonly Mention[];
}

function roleOf(mention: Mention, sentence: Sentence): Role | undefined {
  const { words } = sentence;
  const joined = joinedTo(mention, sentence);
  if (joined) return roleOf(joined, sentence);
  if (mention.describes) {
    const noun = describedNoun(mention, sentence);
    if (noun && TAKEN.has(noun)) return 'taker';
    if (noun && GIVEN.has(noun)) return 'giver';
  }
  const before = previous(mention.from, sentence);
  const preposition = before === undefined ? undefined : words[before];
  if (preposition !== undefined && SYMMETRIC.has(preposition)) return undefined;
  // `by Azerbaijan` acts, but `bought by Azerbaijan` takes.
  if (preposition === 'by') return takesBefore(before as number, sentence) ? 'taker' : 'giver';
  if (preposition !== undefined && SOURCE_PREPOSITIONS.has(preposition)) return 'giver';
  if (preposition !== undefined && GOAL_PREPOSITIONS.has(preposition)) return 'taker';
  if (preposition === 'on' || preposition === 'upon')
    return takesBefore(before as number, sentence) ? 'giver' : 'taker';
  if (preposition === 'of') {
    const noun = words[(before as number) - 1];
    return noun && DONE_TO.has(noun) ? 'taker' : undefined;
  }
  return roleByOrder(mention, sentence);
}

/** The party right before a mention, with nothing or an “and” between them: what holds for one holds for both. */
function joinedTo({ from }: Mention, { words, mentions }: Sentence): Mention | undefined {
  let end = from;
  while (end > 0 && JOINTS.has(words[end - 1] as string)) end -= 1;
  return mentions.find(({ to, describes }) => to === end && !describes);
}

/** The noun that an adjective or a possessive describes: the first of the few words behind it that has a role of its own. */
function describedNoun({ to }: Mention, { words }: Sentence): string | undefined {
  return words.slice(to, to + NOUN_REACH).find((word) => TAKEN.has(word) || GIVEN.has(word));
}

/** The place of the last word before a mention that is not a filler, an adjective of the same noun phrase, or a party joined by “and”. */
function previous(from: number, { words, mentions }: Sentence): number | undefined {
  for (let at = from - 1; at >= 0; at -= 1) {
    const word = words[at] as string;
    if (FILLERS.has(word)) continue;
    if (word === 'and' || word === 'or') {
      const joined = mentions.find(({ to }) => to === at);
      if (joined) {
        at = joined.from;
        continue;
      }
    }
    return at;
  }
  return undefined;
}

/** Whether the verb before a `by` is one whose subject takes. */
function takesBefore(by: number, { words }: Sentence): boolean {
  return words.slice(Math.max(0, by - PASSIVE_REACH), by).some((word) => TAKING.has(word));
}

function roleByOrder(mention: Mention, sentence: Sentence): Role | undefined {
  const { words } = sentence;
  const start = clauseStart(mention.from, words);
  const auxiliary = words.findIndex((word, at) => at >= start && at < mention.from && AUXILIARIES.has(word));
  const between = auxiliary < 0 ? [] : words.slice(auxiliary + 1, mention.from).filter((word) => !FILLERS.has(word));
  const inverted = auxiliary >= 0 && between.every((word) => SUBJECT_WORDS.has(word));
  const first = !sentence.mentions.some(({ from }) => from >= start && from < mention.from);
  const leading = words.slice(start, mention.from).every((word) => FILLERS.has(word) || word === 'and');
  const isSubject = inverted || (first && leading) || (auxiliary < 0 && first && !hasVerb(start, mention.from, words));
  const rest = words.slice(mention.to);
  if (isSubject) {
    const verbs = rest.slice(0, VERB_REACH);
    const passive = isPassive(inverted ? [words[auxiliary] as string, ...verbs] : verbs, inverted);
    const takes = verbs.some((word) => TAKING.has(word)) && !passive;
    // Of “Israeli drones were used” it is the drones that bear it.
    if (passive && mention.describes) return undefined;
    return passive || takes ? 'taker' : 'giver';
  }
  // An object: whatever acts, acts on it.
  return 'taker';
}

/** Words that stand between an auxiliary and a party that is part of its subject, as in `did the government of Israel`. */
const SUBJECT_WORDS: ReadonlySet<string> = new Set(
  'government president prime minister foreign ministry army military forces state people republic leader leaders of ordinary and'.split(
    ' ',
  ),
);

function clauseStart(from: number, words: readonly string[]): number {
  for (let at = from - 1; at >= 0; at -= 1) if (CLAUSE_STARTS.has(words[at] as string)) return at + 1;
  return 0;
}

/** Whether some words hold what may be a verb: anything that ends as verbs do, or a question word with its verb. */
function hasVerb(from: number, to: number, words: readonly string[]): boolean {
  return words
    .slice(from, to)
    .some((word) => TAKING.has(word) || AUXILIARIES.has(word) || /(ed|ing)$/.test(word) || VERBS.has(word));
}

/** Words of verbs, and question words that are the subject themselves. */
const VERBS: ReadonlySet<string> = new Set(
  'who what which helped gave give gives sold sell sells sent send sends supply supplies provide provides attack attacks back backs threaten threatens thank thanks praise praises host hosts stood stand stands condemn condemns support supports bring brought made make makes fought fight fights'.split(
    ' ',
  ),
);

/** Whether the words from an auxiliary on make a passive: a form of “be”, then a participle, and no object of its own. */
function isPassive(words: readonly string[], inverted: boolean): boolean {
  const be = words.findIndex((word) => PASSIVES.has(word));
  if (be < 0 || (inverted && be > 0)) return false;
  const next = words.slice(be + 1, be + 1 + PASSIVE_REACH);
  return next.some((word) => (/[a-z]{2}ed$/.test(word) || PARTICIPLES.has(word)) && word !== 'need');
}
