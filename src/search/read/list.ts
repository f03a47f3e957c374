/** What a question wants all of. */
export type Wanted =
  | { readonly of: 'figures' | 'dates' | 'people' | 'organisations' | 'places' }
  | { readonly of: 'group'; readonly group: string };

const ALL =
  /\b(?:list|name|enumerate|show|give me|tell me|what are|who are|which are|mention)\b.*\b(?:all|every|each)\b|\b(?:list|enumerate) |\ball (?:the |of the )?|\bevery\b|\b(?:which|what|who are the|how many) .*\b(?:mentioned|named|listed|appear|occur|come up|quoted|cited|feature)\b|\b(?:which|what) .*\b(?:does|do|did) (?:he|she|it|the (?:author|article|text|essay|writer|piece)) (?:mention|name|list|cite|quote|give|refer to|talk about)\b|\bname (?:the|some|all)\b/;

const KINDS: readonly (readonly [Exclude<Wanted['of'], 'group'>, RegExp])[] = [
  ['figures', /\b(?:figures|numbers|statistics|stats|percentages|quantities|data)\b/],
  ['dates', /\b(?:dates|years|timeline|chronology|time frames?)\b/],
  ['people', /\b(?:people|persons|individuals|names|personalities|everyone|everybody)\b/],
  ['organisations', /\b(?:organi[sz]ations|institutions|bodies)\b/],
  ['places', /\b(?:places|locations)\b/],
];

/** Reads whether a question wants a list of what an article names, given the plural names of its groups; undefined if not. */
export function readList(text: string, groups: Iterable<string>): Wanted | undefined {
  const plain = text.toLowerCase().replaceAll('’', "'");
  if (!ALL.test(plain)) return undefined;
  // The longest name is the most exact: “Israeli officials” before “officials”.
  const group = [...groups]
    .filter((name) => new RegExp(`\\b${escapePattern(name.toLowerCase())}\\b`).test(plain))
    .sort((a, b) => b.length - a.length)[0];
  if (group) return { of: 'group', group };
  const kind = KINDS.find(([, pattern]) => pattern.test(plain))?.[0];
  return kind ? { of: kind } : undefined;
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
