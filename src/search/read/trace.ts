/** How people ask who says a thing, whether it is fact or opinion, and what it rests on. What is left is the thing. */
const PATTERNS: readonly RegExp[] = [
  // "does he give a source for the 55,000?", "does she prove that …?"
  /\b(?:does|did|do|can) (?:he|she|they|it|the (?:author|writer|article|essay|text|piece))(?: ever| even| actually| really)? (?:give|cite|name|have|provide|offer|quote|show|mention|state|supply)(?: us)?(?: with)?(?: an?| any| the| some| his| her| their)? ?(?:sources?|evidence|proofs?|references?|citations?|footnotes?|links?|data|polls?|study|studies|authority|backing|anybody|anyone|somebody|someone)(?: to| for| of| on| behind| that| about)?(?: the (?:claim|figure|number) (?:that|of))?\b/,
  /\b(?:does|did|do|can) (?:he|she|they|it|the (?:author|writer|article|essay|text|piece))(?: ever| even| actually| really)? (?:back up|prove|source|reference|document|substantiate)(?: that| the (?:claim|figure|number)(?: that| of)?)?\b/,
  /\b(?:is|are|was|were) there (?:an?|any|some)? ?(?:sources?|evidence|proofs?|references?|citations?|data|polls?|backing)(?: given| named| cited)?(?: for| of| that| behind| to)?\b/,
  /\bwhat(?:'s| is| was|’s)? (?:the|his|her|their) (?:sources?|evidence|proofs?|basis|references?)(?: given| named)?(?: for| of| that| behind)?\b/,
  /\bwho(?:'s| is| was|’s)? the source (?:for|of|behind)\b/,
  /\bwhere (?:does|did|do) (?:he|she|they|it|the (?:author|writer|article)) (?:get|take|have|find)\b/,
  /\bwhere (?:does|did|do)\b(?=.*\bcome from\b)|\bcome from\b$/,
  // "who says that …?", "who gives the figure of …?", "according to whom …?"
  /^(?:and |so |but )?who (?:says|said|claims|claimed|states|stated|argues|argued|gives|gave|reports|reported|quotes|estimates|estimated|put|puts|came up with|told|asserts|asserted|thinks|believes|wrote|writes|calls|called)(?: that| the (?:figure|number|claim)(?: of)?| so| this)?\b/,
  /\b(?:according to whom|on whose authority|whose words? (?:is|are|was)|whose (?:figure|number|claim|estimate|opinion|view|statement|judgement|judgment|words?) (?:is|are|was)(?: it)?(?: that)?|in whose (?:opinion|view|words))\b/,
  // "is that his own number?", "is it a fact or his opinion that …?"
  /\b(?:his|her|their|the author's|the writer's) own (?:figure|number|claim|words?|opinion|view|estimate|statement|idea|judgement|judgment|count|conclusion)\b/,
  /\b(?:an? )?(?:established |proven |hard |real |actual )?facts?,? or (?:just |only |merely |simply )?(?:an? |the |his |her |their |the author's )?(?:own |personal )?(?:opinions?|views?|claims?|judge?ments?|beliefs?|interpretation|fiction|propaganda|spin)\b/,
  /\b(?:an? |just |only |merely |his |her |the author's )+(?:opinions?|views?|claims?|judge?ments?) or (?:an? )?(?:established |proven |real |actual )?facts?\b/,
  /\b(?:is|was|are|were)(?: it| that| this)? (?:just |only |merely |simply |really |presented as |stated as )?(?:an? |the |his |her |their |the author's )(?:own |personal )?(?:opinion|view|fact|proven fact|quote|quotation|assertion|interpretation)(?: that)?\b/,
  /\b(?:presented|stated|reported|given|described|put) as (?:an? )?(?:fact|opinion|quote)\b/,
  // "which word does he use for …?", "what does he call …?"
  /\b(?:which|what) (?:words?|terms?|phrases?|labels?|expressions?|name)(?: exactly)? (?:does|did|do) (?:he|she|they|it|the (?:author|writer|article)) (?:use|choose|employ|give)(?: for| of| to describe| to| about| on)?\b/,
  /\b(?:what|how) (?:does|did|do) (?:he|she|they|the (?:author|writer|article)) (?:call|describe|refer to|label|term|characterise|characterize)\b/,
];

const FILLERS =
  /\b(?:is|are|was|were|it|that|this|these|those|the|an?|of|for|about|so|or|really|just|actually|he|she|they|author|writer|article|claims?|figure|number|statement|says?|said)\b/g;

/** A question about who says a thing. */
export interface TraceQuestion {
  /** The thing, in the asker's words; empty if it only points back, as in “is that a fact?”. */
  readonly thing: string;
}

/**
 * Reads whether a question asks who says a thing, what it rests on, or whether it is fact or opinion; undefined if not.
 * `authors` are the names of the articles' authors.
 */
export function readTrace(text: string, authors: readonly string[]): TraceQuestion | undefined {
  const plain = callAuthor(text.toLowerCase().replaceAll('’', "'"), authors)
    .replace(/[?!.]+$/, '')
    .trim();
  let thing = plain;
  for (const pattern of PATTERNS) thing = thing.replace(pattern, ' ');
  if (thing === plain) return undefined;
  const telling = thing
    .replace(FILLERS, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  return { thing: telling ? thing.replace(/\s+/g, ' ').trim() : '' };
}

/** Puts “the author” in place of an author's name, whole or the last part of it. */
function callAuthor(text: string, authors: readonly string[]): string {
  const names = authors
    .flatMap((author) => [author, author.split(' ').at(-1) ?? author])
    .map((name) => name.toLowerCase());
  return names.reduce((read, name) => (name.length > 2 ? read.replaceAll(name, 'the author') : read), text);
}
