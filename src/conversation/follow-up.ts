import type { Claim } from '../core/article.ts';
import type { Meant, Reading } from '../core/conversation.ts';
import type { Library } from '../core/library.ts';
import type { Before } from '../core/search.ts';
import { beginsWithAuxiliary, questionWordOf, subjectOf } from '../core/talk.ts';
import { withoutCourtesies } from '../search/read/courtesy.ts';

/** Words in a text beyond which it says what it means. */
const MAX_WORDS = 9;
/** Telling words that a text may have and still point at what was answered before, by a word such as “it” or “and”. */
const MAX_TELLING = 4;
/** The same without such a word: “who refused?”. */
const MAX_TELLING_ALONE = 1;
/** Words that can take the place of others in the question before. */
const MAX_REPLACING = 4;
/** Questions that one text is taken to mean, at most. */
const MAX_MEANT = 3;

const words = (text: string) => text.split(' ').filter(Boolean);

/** Words that say nothing of a subject. */
const EMPTY = new Set(
  words(
    'a an the and or but so of to for in on at by with from about as into over than then if because ' +
      'who whom whose what which when where why how is are was were be been being am do does did done has have had ' +
      'can could will would shall should may might must it its this that these those they them their he him his she her ' +
      'i me my we us our you your there here one ones thing things not no yes any some every all each both much many ' +
      'long often far big high large old year years time date number amount reason reasons more most less else other ' +
      'others same way again also too just only really exactly actually even still yet already ever now please ' +
      'mean means meant happen happened happens say says said tell told know think thought come comes came',
  ),
);

/** Words that point at something or somebody. */
const POINTING = /\b(it|this|that|these|those|they|them|their|there|then|one|ones|he|him|his|she|her)\b/;

/** “Are there churches?” points at nothing. */
const EXISTENTIAL = /\b(?:is|are|was|were|be|been|has|have) there\b|\bthere (?:is|are|was|were|has|have|be)\b/g;

const OPENING = /^(?:(?:and|but|so|ok|okay|well|also|or|then|oh|right|hm+)\b[\s,.:;–-]*)+/;

const MORE = new RegExp(
  '^(?:(?:can|could|would) you )?(?:please )?(?:' +
    '(?:tell|show|give) (?:me|us) (?:some |any |a bit |a little )?(?:more|further)(?: details?| information| info)?|' +
    'say more|go on|go ahead|continue|keep going|carry on|elaborate|expand|explain|more|more details?|details?|' +
    'what(?: is| was)? (?:else|more)|anything (?:else|more)|something else|is there (?:any(?:thing)? )?(?:more|else)|' +
    'tell me|next' +
    ')(?: (?:is there|please|then))?(?: ?(?:about|on|of|for)? (?:it|that|this|them|these|those))?(?: please)?$',
);

const IT = '(?:it|that|this|these|those|they|so)';
const AUTHOR = '(?:he|she|they|you|we|the author|the writer)';
const TRACE = new RegExp(
  `^(?:who (?:says|said|claims|claimed|told you|thinks|thought)(?: ${IT})?|says who|according to whom?|` +
    `whose (?:number|figure|claim|opinion|view|idea|words?)(?: (?:is|was) ${IT})?|` +
    `(?:is|was|are|were) ${IT} (?:really |actually |only |just )?(?:true|right|correct|accurate|proven|confirmed|official|certain|` +
    '(?:a |an )?(?:facts?|opinions?|claims?|guess)(?: or (?:an? )?(?:facts?|opinions?))?|' +
    "(?:his|her|their|the author's) (?:own )?(?:opinion|view|number|figure|claim|words?|idea))|" +
    `really|are you sure|how (?:does|do|can|would) ${AUTHOR} know(?: ${IT})?|` +
    `(?:does|do|did|can|could) ${AUTHOR} (?:prove|back up|support|show|source|know|give (?:a |any )?(?:sources?|proof|evidence)(?: for)?|name (?:a |any |his |her )?sources?(?: for)?)(?: ${IT}(?: up)?)?|` +
    `(?:what|where)(?: is|'s) (?:the|his|her|their|your) (?:source|proof|evidence)(?: (?:for|of) ${IT})?|` +
    `where (?:does|did) ${IT} (?:number |figure |claim )?come from|where (?:does|did) ${AUTHOR} (?:get|have) ${IT} from|` +
    '(?:any|what) (?:sources?|proof|evidence)|sources?|proof|evidence)$',
);

/** What can be asked of the article as a whole, too. */
const OF_ARTICLE = /\b(?:this|sources?|proof|evidence|the author|the writer)\b/;

/** What a claim's own data answers. */
const DATA: readonly (readonly [asked: RegExp, has: (claim: Claim) => boolean])[] = [
  [
    /^how (?:much|many|big|high|large)|^(?:what|which) (?:number|amount|share)/,
    ({ number, kind }) => number !== undefined || kind === 'figure',
  ],
  [
    /^(?:since |in |by |until )?(?:when|(?:what|which) (?:year|date|time|day))|^how long ago/,
    ({ date }) => date !== undefined,
  ],
];

/** How a text is to be read after `before`, the last answer to the same person in the same place. */
export function readFollowUp(message: string, last: Before | undefined, library: Library): Reading {
  const text = withoutCourtesies(message);
  const before = last && { ...last, question: withoutCourtesies(last.question) };
  const whole = plain(text);
  const rest = whole.replace(OPENING, '').trim();
  const telling = words(rest).filter((word) => !EMPTY.has(word));
  const points = rest === '' || MORE.test(rest) || TRACE.test(rest) || telling.length === 0;
  if (!before) {
    return points ? { kind: 'unclear', mayMeanArticle: !TRACE.test(rest) || OF_ARTICLE.test(rest) } : { kind: 'alone' };
  }
  if (rest === '' || MORE.test(rest)) return { kind: 'more', before };
  if (TRACE.test(rest)) return { kind: 'trace', ids: before.claims, before };
  if (telling.length === 0) return readVague(rest, before, library);

  const replacing = readReplacing(text, whole, rest);
  if (replacing)
    return {
      kind: 'follow-up',
      meant: replace(before.question, replacing, text).slice(0, MAX_MEANT),
      before,
      asksFurther: false,
      mayStandAlone: false,
      mayRepeat: false,
    };
  const leans = isPointing(rest) || whole !== rest;
  const asks = questionWordOf(rest) !== undefined || beginsWithAuxiliary(rest);
  const isFollowUp = leans ? telling.length <= MAX_TELLING : asks && telling.length <= MAX_TELLING_ALONE;
  if (!isFollowUp || words(rest).length > MAX_WORDS) return { kind: 'alone', before };
  const meant = [...inContext(rest, before, library), alone(text)];
  const mayStandAlone = !isPointing(rest) && telling.length > MAX_TELLING_ALONE;
  return { kind: 'follow-up', meant, before, asksFurther: false, mayStandAlone, mayRepeat: true };
}

function isPointing(text: string): boolean {
  return POINTING.test(text.replace(EXISTENTIAL, ''));
}

/** `why?`, `how much was that?`: the claims that were shown, if they hold it, else the same asked of the question before. */
function readVague(rest: string, before: Before, library: Library): Reading {
  const [, has] = DATA.find(([asked]) => asked.test(rest)) ?? [];
  if (has) {
    const shown = new Set(before.claims);
    const claims = library.topics.flatMap((topic) => topic.claims).filter((claim) => shown.has(claim.id) && has(claim));
    if (claims.length > 0) return { kind: 'claims', ids: claims.map(({ id }) => id), before };
  }
  const asked = questionWordOf(rest) ?? rest;
  return {
    kind: 'follow-up',
    meant: inContext(asked, before, library),
    before,
    asksFurther: true,
    mayStandAlone: false,
    mayRepeat: false,
  };
}

/** A text put together with what was talked about: what was asked before, or the topic's title. */
function inContext(text: string, { question, topic }: Before, { topics }: Library): Meant[] {
  const title = topics.find(({ slug }) => slug === topic)?.title;
  // A subject of several sentences is still one subject.
  const asked = subjectOf(question).replace(/[?!](?= )/g, ',');
  return [asked, ...(title ? [title] : [])].map((subject) => ({ text, subject }));
}

function alone(text: string): Meant {
  return { text, subject: '' };
}

/** `Turkey` of “what about Turkey?” and “and Turkey?”, as it was typed; undefined if a text is neither. */
function readReplacing(text: string, whole: string, rest: string): string | undefined {
  const named = /^(?:what|how) about (.+)$/.exec(rest)?.[1] ?? (whole === rest ? undefined : rest);
  if (!named || words(named).length > MAX_REPLACING) return undefined;
  if (named === rest && (questionWordOf(named) !== undefined || beginsWithAuxiliary(named))) return undefined;
  const start = text.toLowerCase().replaceAll('’', "'").lastIndexOf(named);
  return start < 0 ? named : text.slice(start, start + named.length);
}

const PREPOSITION = '(?:in|from|to|of|with|by|for|at|on|via|about|against)';
const AFTER_PREPOSITION = new RegExp(`\\b${PREPOSITION} $`, 'i');
const OWN_PREPOSITION = new RegExp(`^${PREPOSITION} `, 'i');

/** A text with other words in the place of some; of two prepositions, the one that stands there already. */
function exchange(text: string, start: number, length: number, words: string): string {
  const before = text.slice(0, start);
  const fitting = AFTER_PREPOSITION.test(before) ? words.replace(OWN_PREPOSITION, '') : words;
  return `${before}${fitting}${text.slice(start + length)}`;
}

/**
 * The question with a name or a year in it replaced, the question with the new words added, and the new words alone. “And in Spain?” after
 * “who sells oil to France?” is answered by nothing but who sells oil to Spain.
 */
function replace(question: string, named: string, text: string): Meant[] {
  const [wanted = ''] = /\b\d{4}\b/.exec(named) ?? [];
  const replaced = wanted
    ? [question.replace(/\b\d{4}\b/, wanted)]
    : [...question.matchAll(/(?<!^)\b\p{Lu}[\p{L}'’-]*(?: \p{Lu}[\p{L}'’-]*)*/gu)]
        .slice(-1)
        .map(({ 0: name, index }) => exchange(question, index, name.length, named));
  const exchanged = replaced.filter((one) => one !== question).map(alone);
  const others = [{ text: named, subject: subjectOf(question) }, alone(text)];
  return exchanged.length === 0 ? others : [...exchanged, ...others.map((one) => ({ ...one, loose: true as const }))];
}

function plain(text: string): string {
  return text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/[^\p{L}\p{N}'%£$€ -]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
