import { contentStems } from '../words.ts';
import { isSmallTalk } from './talk.ts';

/** Characters of a message that are read for courtesies. */
const MAX_LENGTH = 1000;
/** Telling words that a question needs to be understood without what stands before it. */
const MIN_TELLING = 2;

/** What people say of themselves before they ask: “I am a teacher”, “I hope you are well”. */
const OF_ONESELF = /^(?:i|i'm|i'd|i've|we|we're|my|our|hope|hoping|sorry|excuse me|quick question|just curious)\b/i;
/** What asks for an answer and isn't part of the question. */
const ASKING_FOR =
  /^(?:(?:so|and|but|well|ok|okay|please),? )*(?:(?:can|could|would|will) (?:you|someone|anybody|anyone|u) (?:please |kindly |also |perhaps |quickly )*(?:(?:tell|explain to|remind) (?:me|us)|say|explain|help me (?:understand|find out)|let me know)|do you (?:happen to )?know|(?:i|we)(?: would|'d)? (?:like|love|want|need) to know|i(?: was|'m| am)? wonder(?:ing)?(?: if you know)?|i(?:'m| am) curious|please tell me|any idea),? (?=(?:who|whom|whose|what|which|when|where|why|how|if|whether)\b)/i;
const THANKS =
  /[,.!?]* *(?:please|thanks|thank you|thx|cheers)(?: (?:a lot|so much|very much|in advance))?[?.!:;()^-]*$/i;
/** What can't be understood without what stands before it. */
const LEANING =
  /\b(?:it|its|they|them|their|he|him|his|she|her)\b|\b(?:that|this|those|these|so)(?= *[?.,!]|$)|\b(?:is|are|was|were|does|do|did|of|about) (?:that|this|those|these)\b/i;
const QUESTION =
  /\b(?:who|whom|whose|what|which|when|where|why|how|did|does|do|is|are|was|were|has|have|had|list|name)\b/i;

/**
 * A question without greetings, thanks and what its asker says of themselves: `I'm a teacher. Could you tell me who buys the
 * oil?` asks `who buys the oil?`. A text that is nothing else, or whose question leans on what stands before it, comes back
 * as it is.
 */
export function withoutCourtesies(text: string): string {
  if (text.length > MAX_LENGTH) return text;
  const parts = text.replaceAll('’', "'").split(/(?<=[.!?,;:\n])\s+/);
  let first = 0;
  while (first < parts.length - 1 && isCourtesy(parts[first] as string, parts.slice(first + 1).join(' '))) first += 1;
  const rest = first === 0 ? text : parts.slice(first).join(' ');
  const asked = rest.replaceAll('’', "'").replace(ASKING_FOR, '');
  const kept = (asked.length < rest.length && !/^(?:if|whether)\b/i.test(asked) ? asked : rest).replace(
    THANKS,
    (end) => (end.includes('?') ? '?' : ''),
  );
  return kept.trim() === '' ? text : kept;
}

/** Whether a part before a question belongs to its asker and not to what is asked. */
function isCourtesy(part: string, rest: string): boolean {
  if (isSmallTalk(part)) return true;
  const standsAlone = QUESTION.test(rest) && !LEANING.test(rest) && contentStems(rest).length >= MIN_TELLING;
  return OF_ONESELF.test(part) && !part.includes('?') && standsAlone;
}
