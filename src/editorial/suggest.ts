import { TEXT_LIMITS } from '../content/limits.ts';
import { textKey } from '../content/lint/tokens.ts';
import type { Article, Claim, Topic } from '../core/article.ts';
import { holdsLoaded } from '../core/loaded.ts';
import { formatQuantity } from '../core/quantity.ts';
import { capitalize } from '../core/text.ts';
import { weightOf } from '../core/weight.ts';
import { contentStems, tokens } from '../search/words.ts';
import { type Clause, readClause } from './clause.ts';

/** Suggestions at most: an editor looks at each. */
export const MAX_SUGGESTIONS = 8;

/**
 * Wordings for a claim that it doesn't have yet, made from its data by patterns: yes or no, who, when, where and how many,
 * and in few words, in doubt and from afar. Always the same for the same claim. `taken` are the questions that stand
 * elsewhere in the content. An editor decides on each.
 */
export function suggestWordings(claim: Claim, topic: Topic, taken: readonly string[] = []): readonly string[] {
  const { article } = topic;
  const clause = readClause(claim.text, namesOf(article));
  const asked = [
    ...(clause ? askForms(clause, claim, article) : []),
    ...askForFigure(claim),
    ...askForDate(claim, topic),
    ...askForSpeaker(claim, topic),
    ...(clause ? askInDoubt(clause) : []),
    ...askInFewWords(claim),
  ];
  return chooseSuggestions(asked, topic, taken);
}

/**
 * Questions on a topic that its claims don't answer: each claim turned round, and the number, the time, the place, the doer
 * or the reason that it doesn't tell. Always the same for the same topic. An editor decides on each.
 */
export function suggestOpen(topic: Topic, taken: readonly string[] = []): readonly string[] {
  const names = namesOf(topic.article);
  const read = topic.claims.flatMap((claim) => {
    const clause = readClause(claim.text, names);
    return clause ? [{ claim, clause }] : [];
  });
  // What is turned round is what a search takes for the claim most easily, so it comes first.
  const turned = read.flatMap(({ clause }) => turnRound(clause, topic) ?? []);
  const lacking = read.flatMap(({ claim, clause }) => askForLacking(claim, clause));
  return chooseSuggestions([...turned, ...lacking], topic, taken);
}

/** Every question in these topics, to be given as `taken`. */
export function listQuestions(topics: readonly Topic[]): readonly string[] {
  return topics.flatMap(({ claims, unanswered }) => [...claims.flatMap(({ asks }) => asks), ...unanswered]);
}

/** Of some questions on a topic those that are new, short enough and without a loaded word. */
export function chooseSuggestions(texts: readonly string[], topic: Topic, taken: readonly string[]): readonly string[] {
  const known = new Set([...listQuestions([topic]), ...taken].map(textKey));
  const chosen: string[] = [];
  for (const text of texts) {
    const key = textKey(text);
    if (known.has(key) || weightOf(text) > TEXT_LIMITS.ask || holdsLoaded(text, topic.article)) continue;
    known.add(key);
    chosen.push(text);
    if (chosen.length === MAX_SUGGESTIONS) break;
  }
  return chosen;
}

/** Whatever an article names, by all its names. */
export function namesOf({ parties, people, organisations, places }: Article): readonly string[] {
  return [parties, people, organisations, places].flatMap((group) =>
    Object.entries(group as Record<string, { readonly also: readonly string[] }>).flatMap(([name, { also }]) => [
      name,
      ...also,
    ]),
  );
}

/** Yes or no, who, when, where and how many. */
function askForms({ subject, auxiliary, rest, predicate }: Clause, claim: Claim, article: Article): string[] {
  const date = claim.date === undefined ? undefined : DATE.exec(rest)?.[0];
  const place = claim.places.map((one) => ` in ${one}`).find((phrase) => rest.includes(phrase));
  const quantities = [...(claim.number ? [claim.number] : []), ...claim.numbers];
  const [counted] = quantities.flatMap(({ unit }) => findCounted(rest, unit) ?? []);
  const isActor = [article.parties, article.people, article.organisations].some((group) =>
    Object.entries(group as Record<string, { readonly also: readonly string[] }>).some(([name, { also }]) =>
      [name, ...also].some((one) => subject.endsWith(one)),
    ),
  );
  const verb = predicate.split(' ')[0] ?? '';
  if (NEGATED.test(predicate)) return [ask(auxiliary, subject, rest)];
  return [
    ask(auxiliary, subject, rest),
    ...(isActor && !/^(are|were|have)$/.test(verb) ? [ask('who', predicate)] : []),
    ...(date ? [ask('when', auxiliary, subject, without(rest, date))] : []),
    ...(place ? [ask('where', auxiliary, subject, without(rest, place))] : []),
    ...(counted ? [ask('how many', counted.noun, auxiliary, subject, without(rest, counted.phrase))] : []),
  ].filter((text) => text.split(' ').length > 3);
}

/** Of what did not happen nobody asks when or where it did. */
const NEGATED = /\b(?:no|not|never|none|nothing|nobody|neither)\b/i;

/** A time within a clause. */
const DATE =
  / (?:(?:in|on|by|since|until|from|during) )(?:the )?(?:(?:early|late|mid) )?(?:\d{1,2} )?(?:(?:January|February|March|April|May|June|July|August|September|October|November|December) )?\d{4}(?: (?:to|until) (?:\w+ )?\d{4})?/;

/** A number in digits and the noun that it counts, such as ` over 900 tonnes`. */
const COUNTED =
  / (?:(?:over|under|about|nearly|some|roughly|at least|at most|more than) )?\d[\d,.]*(?: million| billion)? (?<noun>[\p{Ll}-]+s)(?![\p{L}-])/gu;

/** Where a clause counts what a quantity does. */
function findCounted(rest: string, unit: string): { readonly phrase: string; readonly noun: string } | undefined {
  const noun = /^(?:million |billion )?([\p{Ll}-]+s)(?![\p{L}-])/u.exec(unit)?.[1];
  const found = [...` ${rest}`.matchAll(COUNTED)].find(({ groups }) => noun && groups?.noun === noun);
  return noun && found ? { phrase: found[0], noun } : undefined;
}

function without(text: string, phrase: string): string {
  return ` ${text}`.replace(phrase, '').trim();
}

/** Where a number comes from. */
function askForFigure({ number, kind }: Claim): string[] {
  if (!number || kind !== 'figure') return [];
  const figure = formatQuantity(number);
  return [ask('who gives the figure of', figure), ask('where does the figure of', figure, 'come from')];
}

/** What happened then, if no other claim of the topic has the time. */
function askForDate({ date, id }: Claim, topic: Topic): string[] {
  const year = /^\d{4}(?=-|$)/.exec(date ?? '')?.[0];
  const others = topic.claims.filter((one) => one.id !== id);
  if (!year || others.some((one) => one.date?.includes(year) || one.text.includes(year))) return [];
  return [ask('what happened in', year)];
}

/** What somebody says, if this is all they say on the topic. */
function askForSpeaker({ speaker, id, text }: Claim, { article, claims }: Topic): string[] {
  const isOne = speaker !== article.author && !/ and |,/.test(speaker);
  if (!isOne || claims.some((one) => one.id !== id && one.speaker === speaker)) return [];
  const name = text.includes(`the ${speaker}`) || text.startsWith(`The ${speaker}`) ? `the ${speaker}` : speaker;
  const does = /(?:^| )\p{Ll}+s$/u.test(speaker) ? 'do' : 'does';
  return [ask('what', does, name, 'say'), ask('what is', `${possessive(name)} view`)];
}

function possessive(name: string): string {
  return name.endsWith('s') ? `${name}'` : `${name}'s`;
}

/** As somebody asks who doesn't believe it. */
function askInDoubt({ subject, predicate }: Clause): string[] {
  return [ask('is it true that', subject, predicate), ask('who says that', subject, predicate)];
}

/** Words of a question that nobody types who is in a hurry. */
const HURRIED = new Set(
  'do does did has have had is are was were can could will would according its their his her'.split(' '),
);

/** As somebody types it who is in a hurry: the telling words of the claim's first whole question. */
function askInFewWords({ asks, text }: Claim): string[] {
  const source = asks.find((one) => one.endsWith('?')) ?? text;
  const telling = tokens(source).filter((word) => contentStems(word).length > 0 && !HURRIED.has(word));
  const words = [...new Set(telling)].slice(0, 4);
  return words.length < 2 ? [] : [words.join(' ')];
}

/** Verbs and joints by which both parties do the same. */
const MUTUAL =
  /\b(with|between|both|each other|and|agree\w*|met|meet\w*|trade[sd]?|border\w*|share[sd]?|cooperat\w*|sign\w*|relat\w*|like|than|near)\b/i;

/** A clause in which two parties have changed places; undefined if it names only one, if both do the same, or if it is told so. */
function turnRound({ subject, auxiliary, rest }: Clause, { article, claims }: Topic): string | undefined {
  const groups = [article.parties, article.organisations, article.people];
  const actors = groups.flatMap((group) => Object.keys(group));
  const own = subject.replace(/^the /, '');
  const other = actors
    .filter((name) => name !== own && indexOfWord(rest, name) >= 0)
    .toSorted((a, b) => indexOfWord(rest, a) - indexOfWord(rest, b) || b.length - a.length)[0];
  if (!other || !actors.includes(own) || MUTUAL.test(rest)) return undefined;
  const isTold = claims.some(({ text }) => text.startsWith(other) && text.includes(own));
  if (isTold) return undefined;
  const name = indexOfWord(rest, other);
  const at = rest.slice(0, name).endsWith('the ') ? name - 'the '.length : name;
  const end = name + other.length;
  return ask(auxiliary, rest.slice(at, end), `${rest.slice(0, at)}${subject}${rest.slice(end)}`);
}

/** Where a name stands as a word of its own, and not as somebody's. */
function indexOfWord(text: string, name: string): number {
  const at = text.indexOf(name);
  const [before, after] = [text[at - 1] ?? ' ', text.slice(at + name.length)];
  return at >= 0 && !/[\p{L}\p{N}-]/u.test(before) && !/^(?:['’]|[\p{L}\p{N}-])/u.test(after) ? at : -1;
}

/** Words of a clause about which more is asked. */
const MAX_LACKING = 10;

/** What a claim does not tell. */
function askForLacking(claim: Claim, { subject, auxiliary, rest }: Clause): string[] {
  if (rest.split(' ').length > MAX_LACKING || NEGATED.test(rest)) return [];
  const hasTime =
    claim.date !== undefined ||
    /\b\d{4}\b|\b(?:year|month|week|day|today|since|until|when|after|before)s?\b/i.test(claim.text);
  const hasNumber = claim.number !== undefined || claim.numbers.length > 0 || /\d/.test(claim.text);
  const hasReason = /\b(?:because|since|so that|due to|owing to|in order to|for fear|reasons?)\b/i.test(claim.text);
  const [verb, ...others] = rest.split(' ');
  const noun = others[0] ?? '';
  const isPassive = /^(?:was|were)$/.test(auxiliary) && /^[a-z]+(?:ed|en|ilt|old|ut)$/.test(verb ?? '');
  const counts = !hasNumber && /^\p{Ll}{3,}[^siu]s$/u.test(noun);
  return [
    ...(counts ? [ask('how many', noun, auxiliary, subject, verb ?? '', others.slice(1).join(' '))] : []),
    ...(hasTime ? [] : [ask('when', auxiliary, subject, rest)]),
    ...(isPassive && !/ by /.test(claim.text) ? [ask('by whom', auxiliary, subject, rest)] : []),
    ...(hasReason ? [] : [ask('why', auxiliary, subject, rest)]),
  ];
}

/** A question of these parts. */
function ask(...parts: readonly string[]): string {
  const text = parts.filter(Boolean).join(' ').replace(/\s+/g, ' ').trim();
  return `${capitalize(text)}?`;
}
