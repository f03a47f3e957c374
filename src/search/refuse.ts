import type { RecordPart, Refusal } from '../core/search.ts';

/** Questions that no passage of an article can answer, by what they want of the bot. */
const PATTERNS: readonly (readonly [Refusal, RegExp])[] = [
  [
    'instruction',
    /\b(ignore|disregard|forget|override) (all|any|your|the|previous|prior|these)\b|\b(system|hidden|initial|your) (prompt|instructions)\b|\bpretend\b|\brole.?play\b|\bact as\b|\byou are now\b|\bjailbreak\b|\bdeveloper mode\b|\b(write|compose|make|create|generate|draft) (me |us |up )?(a|an|some|your own) (poem|song|story|joke|speech|essay|article|tweet|letter|rap|haiku|headline|press release)\b|\b(tell|say) (me )?(a joke|something (funny|offensive|rude))\b|^say (that|something)\b|\brepeat after me\b/,
  ],
  [
    'quotation',
    /\b(exact|direct|verbatim|literal|word.for.word) (quot\w*|words|wording|text|statement)\b|\bquote (from|by|of|me)\b|\bverbatim\b|\bword for word\b|\b(make|made|think|come) up (a|an|some)\b|\binvent (a|an|some)\b|\bfake (a |an )?(quote|statement)\b|\b(full|whole|entire|complete) (text|article|essay)\b/,
  ],
  [
    'side',
    /\bwho('s| is| was| are)? (right|wrong|to blame|guilty|at fault|the (aggressor|bad guys?|good guys?|villain|victim))\b|\b(which|what|whose) side (should|do|is|are)\b|\b(take|pick|choose) (a |my |your )?sides?\b|\bdo you (support|like|love|hate|prefer|agree|believe|think|condemn|stand)\b|\b(what('s| is)|give me) your (own )?(opinion|view|take|position)\b|\bshould (i|we|people|one) (support|hate|boycott|trust|side|believe)\b|\bis (\w+ ){1,3}(evil|good|bad|racist|terrorists?|a terrorist (state|country)|fascist|nazi|corrupt|criminal|innocent|guilty|better|worse|the best)\b|\bare (\w+ ){1,3}(evil|racist|terrorists?|liars|criminals|savages|barbaric|innocent|guilty)\b|\b(who|which) (is|are|was) (better|worse|more (moral|evil))\b|\b(is|are|was|were) (?!(that|there)\b)(\w+ ){1,3}(?<!\b(the|a|an|to) )(right|wrong|mistaken|justified|lying|a liar)\b(?! (now|next|after|away|wing|that)\b)/,
  ],
];

/** Why a question is no question to an article; undefined where it may be one. */
export function readRefusal(text: string): Refusal | undefined {
  const lower = plain(text);
  return PATTERNS.find(([, pattern]) => pattern.test(lower))?.[0];
}

const ARTICLE =
  '(article|essay|text|piece|story|report|paper|op.?ed|author|writer|this|it|here|you|bot|information|info|claims?|answers?)';
const BIAS = 'bias(ed)?|neutral|objective|impartial|one.?sided|propaganda|advocacy|reliable|trustworthy|credible';
const RECORD: readonly (readonly [RecordPart, RegExp])[] = [
  [
    'publication',
    new RegExp(
      `\\b(when|what (date|year|day)|where|who) (was|is|were|did) .*\\b${ARTICLE}\\b.*\\b(published|publish|written|released|dated|printed|posted|come out)\\b|` +
        '\\b(date|year|place) of publication\\b|\\bpublication date\\b|' +
        '\\bhow (old|recent|current|up.to.date) is (this|the|that|your) (article|essay|text|piece|information|info)\\b',
    ),
  ],
  ['genre', new RegExp(`\\b${ARTICLE}\\b.*\\b(facts?|opinions?)\\b|\\b(facts?|opinions?)\\b.*\\b${ARTICLE}\\b`)],
  ['bias', new RegExp(`\\b${ARTICLE}\\b.*\\b(${BIAS})\\b|\\b(${BIAS})\\b.*\\b${ARTICLE}\\b`)],
  [
    'figures',
    /\bis (everything|all|what (he|she|it) says|((the|this) )?(article|essay|text|piece|author|writer))\b( in it| here| says)* (true|accurate|correct|balanced|honest)\b/,
  ],
  [
    'sources',
    new RegExp(
      `\\b${ARTICLE}\\b.*\\b(sources?|references?|footnotes?|citations?|cites?|cited|evidence|links)\\b|` +
        '\\b(sources?|references?|footnotes?|citations?) (of|for|in|behind|used in) (this|the|that|its|his|your)\\b|' +
        '\\bwhat are (the|its|his|your) sources\\b|' +
        '\\bwhere (does|do|did) (this|the|your) (information|info|answers?|data|claims?|facts?) come from\\b',
    ),
  ],
  [
    'title',
    /\b(title|headline|name) of (this|the|that) (article|essay|text|piece)\b|\bwhat('s| is) (this|the) (article|essay|text|piece) (called|titled|named)\b/,
  ],
  ['genre', /\bwhat (kind|sort|type) of (article|essay|text|piece)\b/],
  ['labels', /\bwhat do (the )?(labels?|notes?|context notes?) mean\b/],
  ['publication', /\b(image|picture|photo) (ai|generated|made)\b|\bhow many paragraphs\b/],
];

/** Whether a question asks who wrote the article. */
export function asksForAuthor(text: string): boolean {
  return /\bwho( is|'s| was)? (the (author|writer|journalist)|(wrote|written) (this|it|the \w+))\b|\b(author|writer)('s)? name\b|\bname of the (author|writer)\b/.test(
    plain(text),
  );
}

/** Which parts of the article's own record a question asks for; none if it is not about the article itself. */
export function readRecord(text: string): readonly RecordPart[] {
  const lower = plain(text);
  return [...new Set(RECORD.filter(([, pattern]) => pattern.test(lower)).map(([part]) => part))];
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll('’', "'");
}
