import type { Refusal } from '../../core/search.ts';

/** Questions that no passage of an article can answer, by what they want of the bot. */
const PATTERNS: readonly (readonly [Refusal, RegExp])[] = [
  [
    'instruction',
    /\b(ignore|disregard|forget|override) (all|any|your|the|previous|prior|these)\b|\b(system|hidden|initial|your) (prompt|instructions)\b|\bpretend\b|\brole.?play\b|\bact as\b|\byou are now\b|\bjailbreak\b|\bdeveloper mode\b|(?:^|\b(?:please|now|and|then|must|(?:can|could|would|will) you|(?:i|we) (?:want|need) you to) )(?:please )?(?:write|compose|make|create|generate|draft) (?:me |us |up )?(?:a|an|some|your own) (?:\w+ )?(?:poem|song|story|joke|speech|essay|article|tweet|letter|rap|haiku|headline|press release)\b|\b(tell|say) (me )?(a joke|something (funny|offensive|rude))\b|^say (that|something)\b|\brepeat after me\b/,
  ],
  [
    'quotation',
    /\b(exact|direct|verbatim|literal|word.for.word) (quot\w*|words|wording|text|statement)\b|\b(?:give|find|show|tell|get|send|need|want)(?: me| us)? (?:a|the|some|any)? ?(?:\w+ )?quotes?\b|^quote\b|\bquote me\b|\bverbatim\b|\bword for word\b|\b(make|made|think|come) up (a|an|some)\b|\binvent (a|an|some)\b|\bfake (a |an )?(quote|statement)\b|\b(full|whole|entire|complete) (text|article|essay)\b/,
  ],
  [
    'side',
    /\bwho('s| is| was| are)? (right|wrong|to blame|guilty|at fault|the (aggressor|bad guys?|good guys?|villain|victim))\b|\b(which|what|whose) side (should|do|is|are)\b|\b(take|pick|choose) (a |my |your )?sides?\b|\bdo you (support|like|love|hate|prefer|agree|believe|think|condemn|stand)\b|\b(what('s| is)|give me) your (own )?(opinion|view|take|position)\b|\bshould (i|we|people|one) (support|hate|boycott|trust|side|believe)\b|\bis (\w+ ){1,3}(evil|good|bad|racist|terrorists?|a terrorist (state|country)|fascist|nazi|corrupt|criminal|innocent|guilty|better|worse|the best)(?! (?:for|at|to|of|in|with|than|idea|news|friend|partner|relations?)\b)\b|\bare (\w+ ){1,3}(evil|racist|terrorists?|liars|criminals|savages|barbaric|innocent|guilty)\b|\b(who|which) (is|are|was) (better|worse|more (moral|evil))\b|\b(is|are|was|were) (?!(that|there)\b)(\w+ ){1,3}(?<!\b(the|a|an|to) )(right|wrong|mistaken|justified|lying|a liar)\b(?! (now|next|after|away|wing|that)\b)/,
  ],
];

/** Why a text isn't a question to an article; undefined if it may be one. */
export function readRefusal(text: string): Refusal | undefined {
  const lower = plain(text);
  return PATTERNS.find(([, pattern]) => pattern.test(lower))?.[0];
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll('’', "'");
}
