const AUTHOR =
  '(?:he|she|they|it|(?:the|this) (?:author|writer|journalist|essayist|reporter|article|essay|text|piece|report|story))';
const WHOSE = "(?:his|her|their|its|the (?:author|writer|journalist|article|essay)'s|somebody else's|someone else's)";
const ADVERB = '(?: ever| even| actually| really| only| merely| simply| just)?';
const PROOF =
  '(?:sources?|evidence|proofs?|references?|citations?|footnotes?|links?|data|polls?|surveys?|stud(?:y|ies)|documents?|documentation|authority|backing|basis|anything|anybody|anyone|somebody|someone)';
const WORDING =
  '(?:words?|wording|terms?|phrases?|phrasing|labels?|expressions?|name|figure|number|claim|opinion|view|estimate|statement|idea|judge?ment|count|conclusion|assertion|interpretation|spin)';
/** What stands between the question and the thing: `for the claim that`. */
const LEAD =
  '(?: to| for| of| on| behind| that| about| with)?(?: the (?:claim|figure|number|statement|idea|assertion|fact))?(?: that| of| on| about)?';
const SAY =
  '(?:says?|said|claims?|claimed|states?|stated|argues?|argued|(?:gives?|gave|puts?)(?= the (?:figure|number|estimate|count)\\b)|reports?|reported|quotes|estimates?|estimated|came up with|told us|tells us|told|asserts?|asserted|thinks?|believes?|believed|writes?|calls?|called|describes?|described|vouches|vouched|talks of|speaks of|insists?|maintains?|alleges?|alleged|reckons?)';
const FACT = '(?:an? )?(?:established |proven |proved |hard |real |actual |settled )?facts?';
const OPINION =
  "(?:an? |the |his |her |their |the author's |the writer's )?(?:own |personal |mere )?(?:opinions?|views?|claims?|judge?ments?|beliefs?|interpretation|fiction|propaganda|spin)";

/** How people ask who says a thing, whether it is fact or opinion, and what it rests on. What is left is the thing. */
const WHO_SAYS: readonly string[] = [
  // "does he give a source for the 55,000?", "does she prove that …?", "or does he merely assert it"
  `\\b(?:does|did|do|can|has|have) ${AUTHOR}${ADVERB} (?:give|given|cite|cited|name|named|have|provide|offer|offered|quote|show|mention|state|supply|present)(?: us)?(?: with)?(?: an?| any| the| some| ${WHOSE})? ?${PROOF}${LEAD}\\b`,
  `\\b(?:does|did|do|can|has|have) ${AUTHOR}${ADVERB} (?:back up|backed up|prove|proved|proven|source|sourced|reference|document|documented|substantiate|support)${LEAD}\\b`,
  `,? or (?:does|did|is|was) (?:${AUTHOR}|that|this)${ADVERB} (?:assert|claim|say|made|make|invent)(?: it| that| this)?(?: up)?$`,
  `,? or (?:is|was) (?:that|it|this)${ADVERB} (?:${WHOSE} (?:own )?${WORDING}|${AUTHOR} (?:telling us|saying so|talking))$`,
  `\\b(?:is|are|was|were) there (?:an?|any|some)? ?${PROOF}(?: at all)?(?: given| named| cited| offered)?${LEAD}\\b`,
  `^(?:and |so |but )?(?:any|what|which) ${PROOF}(?: (?:is|are|was|were)(?: there)?)?(?: given| named| cited| offered| does ${AUTHOR} (?:give|cite|have|offer|name))?${LEAD}\\b`,
  `\\bwhat(?:'s| is| was| are) ${WHOSE} ${PROOF}(?: given| named)?${LEAD}\\b`,
  `\\bwhat(?:'s| is| was| are) the (?:sources?|evidence|proofs?|basis|references?)(?: given| named)?${LEAD}\\b`,
  `\\bwho(?:'s| is| was)? the source${LEAD}\\b`,
  `\\bwhere (?:does|did|do) ${AUTHOR} (?:get|take|have|find)(?: the (?:idea|figure|number|claim|statement))?(?: that| of)?\\b`,
  `\\b(?:say|says|tell|tells us|mention) where (?:it|he|she) (?:got|took|has|gets)\\b(?=.* from$)`,
  '\\bwhere (?:does|did|do) (?=(?:the|this|that|his|her|their) (?:figure|number|claim|statement|idea|estimate|percentage|count)\\b)|(?<=\\b(?:figure|number|claim|statement|idea|estimate|percentage|count)\\b.*)\\bcome from$',
  `\\bon what (?:grounds?|basis|authority|evidence) (?:does|did|do) ${AUTHOR} ${SAY}(?: that| so)?\\b`,
  `\\bhow (?:does|did|do|can|could|would) ${AUTHOR} (?:know|be sure|prove|back up)(?: that| about)?\\b`,
  `\\bwhat makes (?:him|her|them|${AUTHOR}) (?:say|think|believe|so sure|so certain|claim)(?: that)?\\b`,
  // "who says that …?", "says who that …?", "according to whom …?"
  `^(?:and |so |but )?who(?:'s| is)?(?: it that| the one who| exactly)? ${SAY}${LEAD}(?: so| this)?\\b`,
  `^(?:and |so |but )?who(?:'s| is) (?:it that |the one who )?(?:speaking|talking|saying)(?: when it says| when it is said| here)?(?: that)?\\b`,
  '^says who(?: that)?\\b',
  `\\b(?:according to whom?|on whose authority|(?:by|in|from) whose (?:account|reckoning|judge?ment|opinion|view|words|mouth)|whose ${WORDING} (?:is|are|was)(?: it)?(?: that| here)?|whose words? (?:do we have|have we) for)(?: are we told)?(?: that)?\\b`,
  `\\b(?:does|did|has) (?:anyone|anybody|someone|somebody|any source) (?:apart from|besides|other than|except|but) (?:${AUTHOR}|him|her) ${SAY}(?: that| so| this)?\\b`,
  // "is that his own number?", "is it a fact or his opinion that …?"
  `\\b${WHOSE} (?:own )?${WORDING},? or (?:${WHOSE} ?(?:own )?(?:${WORDING})?|somebody else's|someone else's)`,
  `,? or ${WHOSE} (?:own )?${WORDING}$`,
  `\\b${WHOSE} own ${WORDING}\\b`,
  `\\b(?:is|are|was|were) (?:it|that|this|these) ${WHOSE} ${WORDING}\\b`,
  `\\b${WHOSE} (?:wording|phrase|phrasing|words?|terms?|expression)$`,
  `\\b${FACT},? or${ADVERB} ${OPINION}\\b`,
  `\\b${OPINION},? or ${FACT}\\b`,
  `\\b(?:is|was|are|were)(?: it| that| this)?${ADVERB} (?:presented as |stated as )?${WHOSE} (?:own |personal )?(?:opinion|view|fact|quote|quotation|assertion|interpretation)(?: that)?\\b`,
  `\\b(?:is|was|are|were) (?:it|that|this)${ADVERB} (?:an? )?(?:established|proven|proved|documented|settled)(?: facts?)?(?: that)?\\b`,
  '\\b(?:presented|stated|reported|given|described|put|taken|take it|take this|take that) as (?:an? )?(?:established |proven )?(?:facts?|opinion|quote)(?: that)?\\b',
  '\\b(?:an? )?(?:established|proven|proved|documented) (?:facts?|figures?|numbers?)$',
  `\\b(?:sourced|documented|substantiated|backed up|backed|evidenced|attributed)(?: by| with| to)?(?: an?| any)?(?: ${PROOF})?$`,
  '\\b(?:quoted|paraphrased|described|reported)(?: directly)? or (?:only |just |merely )?(?:quoted|paraphrased|described|reported|summed up)\\b',
  '\\b(?:himself|herself|themselves)\\b(?= (?:say|said|state|claim|give|put)\\b)',
];

/** How people ask which word a writer has for a thing. */
const WHICH_WORD: readonly string[] = [
  `\\b(?:which|what) (?:words?|terms?|phrases?|labels?|expressions?|name|adjectives?)(?: exactly)? (?:does|did|do) ${AUTHOR} (?:use|choose|employ|give|pick|have|apply)(?: for| of| to describe| to| about| on)?\\b`,
  `\\b(?:what|how) (?:does|did|do) ${AUTHOR} (?:call|describe|refer to|label|term|name|characterise|characterize)\\b`,
  `\\bwhat(?:'s| is) ${WHOSE} (?:word|term|name|label|phrase|expression) for\\b`,
];

const PATTERNS: RegExp[] = [];
for (const source of WHO_SAYS) PATTERNS.push(new RegExp(source));
const WORD_PATTERNS: RegExp[] = [];
for (const source of WHICH_WORD) WORD_PATTERNS.push(new RegExp(source));

const FILLERS =
  /\b(?:is|are|was|were|it|that|this|these|those|the|an?|of|for|about|so|or|really|just|actually|he|she|they|author|writer|article|claims?|figure|number|statement|says?|said)\b/g;

/** A question about who says a thing. */
export interface TraceQuestion {
  /** The thing, in the asker's words; empty if it only points back, as in “is that a fact?”. */
  readonly thing: string;
  /** It asks which word the writer has for the thing. */
  readonly word: boolean;
}

/**
 * Reads whether a question asks who says a thing, what it rests on, whether it is fact or opinion, or which word the writer has
 * for it; undefined if not. `authors` are the names of the articles' authors.
 */
export function readTrace(text: string, authors: readonly string[]): TraceQuestion | undefined {
  const plain = callAuthor(text.toLowerCase().replaceAll('’', "'").replaceAll(/[“”"]/g, ''), authors)
    .replace(/[?!.]+$/, '')
    .trim();
  const word = WORD_PATTERNS.some((pattern) => pattern.test(plain));
  let thing = plain;
  for (const pattern of [...WORD_PATTERNS, ...PATTERNS]) thing = thing.replace(pattern, ' ');
  if (thing === plain) return undefined;
  const telling = thing
    .replace(FILLERS, ' ')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const tidy = thing
    .replace(/\s+/g, ' ')
    .replace(/^[\s,:;–-]+/, '')
    .trim();
  return { thing: telling ? tidy : '', word };
}

/** Puts “the author” in place of an author's name, whole or the last part of it. */
function callAuthor(text: string, authors: readonly string[]): string {
  const names = authors
    .flatMap((author) => [author, author.split(' ').at(-1) ?? author])
    .map((name) => name.toLowerCase());
  return names.reduce((read, name) => (name.length > 2 ? read.replaceAll(name, 'the author') : read), text);
}
