import type { RecordPart } from '../../core/search.ts';

/** Words for the article as a whole, its author, and all that it says. */
const WHOLE =
  "(?:article|essay|text|piece|story|column|op.?ed|paper|author(?:'s)?|writer(?:'s)?|he|she|him|his|her|this|it|its|here|you|your|bot|information|info|claims?|answers?|figures?|numbers?|statistics|stats|facts?|data|everything|all)";

/** How people ask for each part of an article's record, given that they mean the whole of it. */
const ASPECTS: readonly (readonly [RecordPart, string])[] = [
  [
    'publication',
    'published?|publish(?:es|ing|er)?|publication|printed|come out|came out|appear(?:ed)?|released|dated|up.to.date|outdated|when (?:was|is) (?:this|it|the \\w+) (?:written|from)|where can i (?:read|find)|link to|url|web ?site|newspaper|magazine|outlet',
  ],
  [
    'genre',
    'opinions?|op.?ed|news|report(?:age|ing)?|editorial|analysis|fact or (?:opinion|fiction)|(?:kind|sort|type|genre) of (?:text|article|essay|piece|writing)',
  ],
  [
    'bias',
    'bias(?:ed)?|unbiased|pro-\\w+|anti-\\w+|neutral(?:ity)?|balanced?|unbalanced|objective|impartial|fair|unfair|one.?sided|both sides|propaganda|advocacy|lobby\\w*|partisan|slanted|agenda|spin|reliable|trustworthy|credible|trust|believe|paid|sponsored|commissioned|independent|conflict of interest|takes? (?:a )?sides?|whose side|on (?:the )?side',
  ],
  [
    'figures',
    'true|accurate|accuracy|correct|verified|verify|verifiable|checked|fact.?check(?:ed)?|confirmed|proven|made up|invented|exaggerated|lying|lies|wrong|errors?|mistakes?',
  ],
  [
    'sources',
    'sources?|sourced|references?|footnotes?|citations?|cites?|cited|evidence|proofs?|links|bibliography|backed up|based on|rests? on|come from|documents?',
  ],
  [
    'omissions',
    "leaves? out|left out|leaving out|omits?|omitted|omissions?|missing|silent (?:about|on)|not (?:say|mention|tell|told|mentioned|said)|doesn't (?:say|mention|tell|cover)|fails? to mention|ignores?|ignored|other side|opposing|counter.?arguments?|critics?|critical|criticism|criticises?|criticizes?|dissent\\w*|other views?|perspectives?",
  ],
  ['title', 'title|headline|titled|entitled|called|heading'],
  ['labels', 'labels?|(?:editors?. |context )?notes? mean|mean by'],
];

/** Two words are looked for, each in linear time, and not one before the other. */
const MEANS_WHOLE = new RegExp(`\\b${WHOLE}\\b`);
const PATTERNS: [RecordPart, RegExp][] = [];
for (const [part, aspect] of ASPECTS) PATTERNS.push([part, new RegExp(`\\b(?:${aspect})\\b`)]);

/** What is asked of the record in a form of its own. */
const OWN_FORMS: readonly (readonly [RecordPart, RegExp])[] = [
  [
    'publication',
    /\b(?:date|year|place) of publication\b|\bhow (?:old|recent|current) is (?:this|the|that|your) (?:article|essay|text|piece|information|info)\b|\bpublication date\b|\b(?:image|picture|photo) (?:ai|generated|made)\b|\bhow many paragraphs\b/,
  ],
  ['labels', /\bwhat do (?:the )?(?:labels?|notes?|context notes?) mean\b/],
];

/** Words without which a question about these is one about the subject: “who cites whom”. */
const ASKING =
  /\?|^(?:so |and |but |ok |hmm )*(?:is|are|was|were|does|do|did|has|have|can|could|should|how|what|which|where|when|who|why|any|tell|name|give|list)\b/;

/**
 * Which parts of the article's own record a question asks for; none if it is not about the article itself. `names` says
 * whether the question names somebody or something of the article: then it is about that, except for what is left out.
 */
export function readRecord(text: string, names: boolean): readonly RecordPart[] {
  const plain = text.toLowerCase().replaceAll('’', "'");
  const own = OWN_FORMS.filter(([, pattern]) => pattern.test(plain)).map(([part]) => part);
  if (own.length > 0 || !ASKING.test(plain) || !MEANS_WHOLE.test(plain)) return own;
  const parts = PATTERNS.filter(([part, pattern]) => (!names || part === 'omissions') && pattern.test(plain));
  return parts.map(([part]) => part);
}

/** Whether a question has a word for the article as a whole, its author, what it says or its readers, such as “this”, “he” or “we”. */
export function meansWhole(text: string): boolean {
  const plain = text.toLowerCase().replaceAll('’', "'");
  return MEANS_WHOLE.test(plain) || /\b(?:i|we|us)\b/.test(plain);
}

/** Whether a question asks who wrote the article. */
export function asksForAuthor(text: string): boolean {
  return /\bwho(?: is|'s| was| are)? (?:the (?:author|writer|journalist)|(?:wrote|written|writes|penned|authored) (?:this|it|the \w+))\b|\b(?:author|writer)(?:'s)? name\b|\bname of the (?:author|writer)\b/.test(
    text.toLowerCase().replaceAll('’', "'"),
  );
}
