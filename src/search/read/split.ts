/** Questions answered in one message; what is more is left out. */
export const MAX_PARTS = 4;

/** Characters of a message that are split. */
const MAX_LENGTH = 1000;

const ASKING =
  'who|whos|whom|whose|what|whats|which|when|where|wheres|why|how|did|does|do|is|are|was|were|has|have|had|can|could|will|would|should|tell me|name|list|give me';
const QUESTION = new RegExp(`\\b(?:${ASKING})\\b`, 'i');
/** What stands between two questions that share a sentence. */
const JOINT = new RegExp(
  `(?:[,;]? (?:and|but|or)(?: also| then)?|[,;]|[,;]? as well as|[,;]? also|[,;]? plus) (?=(?:(?:from|to|by|in|for|with|on|at) )?(?:${ASKING})\\b)`,
  'i',
);
/** A question of one word, at the end of another. */
const BARE = /^(?:why|when|where|how)\b/i;
/** A beginning that isn't a question yet: “and”, “tell me”, “I want to know”. */
const MIN_WORDS = 2;

/**
 * Takes a message apart into the questions that it asks, each in its own words, at most `MAX_PARTS`. One question comes back
 * as it is.
 */
export function splitQuestions(text: string): readonly string[] {
  const parts = text
    .slice(0, MAX_LENGTH)
    .split(/(?<=[?!])\s+|\n+/)
    .flatMap(splitSentence)
    .map((part) => part.replace(/^(and|but|or|also|plus|then|so)\b[, ]*/i, '').trim())
    .filter((part) => /\p{L}|\p{N}/u.test(part));
  return parts.length > 1 ? parts.slice(0, MAX_PARTS) : [text];
}

function splitSentence(sentence: string): string[] {
  const joint = JOINT.exec(sentence);
  if (!joint) return [sentence];
  const first = sentence.slice(0, joint.index);
  const rest = sentence.slice(joint.index + joint[0].length);
  // “Which countries and which people” asks one thing of two; “what he says and does” has no question before its joint.
  if (!isQuestion(first) || words(first) < MIN_WORDS || (words(rest) < MIN_WORDS && !BARE.test(rest)))
    return [sentence];
  return [first, ...splitSentence(rest)];
}

function isQuestion(text: string): boolean {
  return QUESTION.test(text);
}

function words(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}
