import { createHash } from 'node:crypto';
import type { Claim, Topic } from '../core/article.ts';

/** Characters of a claim's code. By chance, a new claim has the code of one among fifty others once in 300,000 times. */
const CODE_LENGTH = 4;
/** How a text begins that holds codes. One that doesn't is older, and knows of no claim. */
const FORMAT = '2:';
const TEXT = /^2:((?:[\w-]{4})*)\.((?:[\w-]{4})*)$/;

/** What a subscription has had of a topic. */
export interface TopicMemory {
  /** Codes of claims that it has had. */
  readonly shown: ReadonlySet<string>;
  /** Codes of claims that the topic had then, too. */
  readonly known: ReadonlySet<string>;
}

const codes = new WeakMap<Topic, ReadonlyMap<Claim, string>>();

/**
 * The code of each of a topic's claims. It stays the same if a claim is worded anew, and changes if it is corrected: whoever
 * was told what was wrong is told what is right.
 */
export function codesOf(topic: Topic): ReadonlyMap<Claim, string> {
  const found = codes.get(topic);
  if (found) return found;
  const made = new Map(topic.claims.map((claim) => [claim, codeOf(claim)]));
  codes.set(topic, made);
  return made;
}

function codeOf({ id, corrected }: Claim): string {
  const text = corrected ? `${id} ${corrected.date}` : id;
  return createHash('sha256').update(text).digest('base64url').slice(0, CODE_LENGTH);
}

/** Undefined if there is none, or one from before claims were remembered. */
export function readMemory(text: string | undefined): TopicMemory | undefined {
  const [, shown, known] = TEXT.exec(text ?? '') ?? [];
  if (shown === undefined || known === undefined) return undefined;
  return { shown: new Set(split(shown)), known: new Set(split(known)) };
}

/** What is remembered of a topic of which these claims have been shown. Claims that are gone are forgotten. */
export function writeMemory(topic: Topic, isShown: (claim: Claim) => boolean): string {
  const all = [...codesOf(topic)];
  const join = (shown: boolean) => all.flatMap(([claim, code]) => (isShown(claim) === shown ? code : [])).join('');
  return `${FORMAT}${join(true)}.${join(false)}`;
}

/** Whether a topic has a claim that it didn't have then, or one that was corrected since. */
export function hasNews(topic: Topic, remembered: string): boolean {
  const memory = readMemory(remembered);
  if (!memory) return false;
  return [...codesOf(topic).values()].some((code) => !memory.shown.has(code) && !memory.known.has(code));
}

function split(text: string): string[] {
  return Array.from({ length: Math.floor(text.length / CODE_LENGTH) }, (_, at) =>
    text.slice(at * CODE_LENGTH, (at + 1) * CODE_LENGTH),
  );
}
