/** What a question asks for, as far as its form tells. */
export type Want = 'price' | 'measure' | 'number' | 'time' | 'place' | 'person' | 'reason' | 'other';

const PATTERNS: readonly (readonly [Want, RegExp])[] = [
  [
    'price',
    /\b(prices?|priced|costs?|costing|expensive|salary|budgets?)\b|\bhow much (money|is|are|was|were)\b|\b(how much|what) .*\b(pays?|paid|spends?|spent|earns?|earned|dollars?|euros?)\b/,
  ],
  [
    'measure',
    /\bhow (long|far|big|large|high|tall|deep|fast|heavy|old|wide)\b|\b(age|length|range|speed|size|height|weight|altitude|distance|width|depth) of\b|\b(age|length|range|speed|size|height|weight|altitude|distance|width|depth)(?: in \w+)?\??$/,
  ],
  [
    'number',
    /\bhow (many|much|often)\b|\b(number|amount|percentage|percent|per cent|share|count|quantity|total|population|toll) of\b|\bwhat (percentage|percent|per cent|share|number|proportion|fraction)\b/,
  ],
  ['time', /\b(when|what (year|date|day|month|time)|(which|what) (year|date|day|month)|since when|how long ago)\b/],
  ['place', /\b(where|(what|which) (city|venue|place|street|address|hotel|hall|building))\b/],
  ['person', /\b(who|whom|whose)\b/],
  ['reason', /\b(why|how come|what for|reasons?)\b/],
];

/** Reads the form of a question. */
export function readWant(text: string): Want {
  const lower = text.toLowerCase();
  return PATTERNS.find(([, pattern]) => pattern.test(lower))?.[0] ?? 'other';
}

/** Words of a text that may be a name and no question. */
const MAX_BARE = 3;

/** Whether a text is a few words and no question, such as a name that somebody looks up. */
export function isBare(text: string): boolean {
  return readWant(text) === 'other' && text.trim().split(/\s+/).length <= MAX_BARE && !ASKS.test(text);
}

const ASKS =
  /\?|^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|what|which|how|name|list|tell)\b/i;

/** “More than anyone else” asks for nobody else. */
const COMPARED = /\b(?:than|like|as|before|unlike) (?:any|every|all|no)(?:one|body|thing|where)? ?(?:else|other)\b/g;
const OTHERS = /\b(else|besides|apart from)\b|(?<!\bone )\banother\b|(?<!\b(each|the) )\bothers?\b|\bthe other \w/;

/** Whether a question wants more than what is told, such as “who else”, “which other” or “apart from”. */
export function asksForOthers(text: string): boolean {
  return OTHERS.test(text.toLowerCase().replace(COMPARED, ''));
}

/** Wants that a claim can meet only where it holds the very thing: a number, a date, a place. */
const PARTICULAR: ReadonlySet<Want> = new Set(['price', 'measure', 'number', 'time', 'place']);

/** Whether a question wants a particular thing that none of the questions which a claim answers wants. */
export function missesWant(want: Want, answered: ReadonlySet<Want>): boolean {
  return PARTICULAR.has(want) && !answered.has(want);
}

const FOCUS =
  /\b(?:what|which|whose|how many|how much)\s+(?:other |kind of |kinds of |sort of |type of |types of |share of |percentage of |proportion of |number of )?(?:the |of the )?([\p{L}-]+)(?:\s+([\p{L}-]+))?/u;
const NO_FOCUS =
  /^(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must|may|might|he|she|it|they|the|a|an|if|about|in|on|of|for|to|by|from|at|with|came|made|makes|happens|happened|s|else|so)$/;

/** The noun right behind “which”, “what” or “how many”, in lower case; undefined if there is none. */
export function readFocus(text: string): string | undefined {
  const [, first] = FOCUS.exec(text.toLowerCase()) ?? [];
  return first && !NO_FOCUS.test(first) ? first : undefined;
}

/** How a question asks: by which question word. */
export type Form = 'who' | 'when' | 'where' | 'why' | 'how many' | 'how' | 'which' | 'what' | 'yes or no';

const FORMS =
  /\b(who|whom|whose|when|where|why|how come|how (?:many|much|long|far|old|often|big|large|high)|how|which|what (?:year|date|day|month|time|reason|share|percentage|number|place|city)|what (?!is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|he|she|it|they|the|a|an|if|about|in|on|of|for|to|by|from|happen|happened|happens|made|makes|came)[a-z]+|what)\b/;

/** Reads by which question word a text asks; `yes or no` if there is none. */
export function readForm(text: string): Form {
  const word = FORMS.exec(text.toLowerCase())?.[1];
  if (!word) return 'yes or no';
  if (/^who/.test(word)) return 'who';
  if (/^(?:how come|why|what reason)$/.test(word)) return 'why';
  if (/^(?:when|what (?:year|date|day|month|time))$/.test(word)) return 'when';
  if (/^(?:where|what (?:place|city))$/.test(word)) return 'where';
  if (/^(?:how .+|what (?:share|percentage|number))$/.test(word)) return 'how many';
  if (word === 'how' || word === 'what') return word;
  return 'which';
}
