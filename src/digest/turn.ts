import type { Claim, Topic } from '../core/article.ts';
import { composeDigest } from './compose-digest.ts';
import { codesOf, readMemory, writeMemory } from './memory.ts';

/** Claims of one digest, its headline among them. */
const CLAIMS = 4;

/** What one digest brings. */
export interface Turn {
  readonly topic: Topic;
  /** At most four, the headline first; none if the topic has none. */
  readonly claims: readonly Claim[];
  /** What its subscription has had of the topic once it has arrived, as the rotation keeps it. */
  readonly memory: string;
}

/**
 * A topic's turn for a subscription that remembers this of it; nothing if it never had it. First come claims that are new since
 * then, next those that it hasn't had; once it has had all, it begins anew.
 */
export function takeTurn(topic: Topic, remembered?: string): Turn {
  const memory = readMemory(remembered);
  const codes = codesOf(topic);
  const codeOf = (claim: Claim) => codes.get(claim) ?? '';
  const had = (claim: Claim) => memory?.shown.has(codeOf(claim)) ?? false;
  const isNew = (claim: Claim) =>
    memory !== undefined && !memory.shown.has(codeOf(claim)) && !memory.known.has(codeOf(claim));
  const { claims } = topic;
  const hadAll = claims.every(had);
  const pools = hadAll
    ? [claims]
    : [claims.filter(isNew), claims.filter((claim) => !isNew(claim) && !had(claim)), claims.filter(had)];
  const headline = headlineOf(pools.find((pool) => pool.length > 0) ?? []);
  const ordered = [...(headline ? [headline] : []), ...pools.flat().filter((claim) => claim !== headline)];
  const chosen = ordered.slice(0, CLAIMS);
  // What doesn't fit into the message has not been shown.
  const brought = composeDigest(topic, chosen).entries.flatMap((entry) => (entry.type === 'claim' ? entry.claim : []));
  const isShown = (claim: Claim) => brought.includes(claim) || (!hadAll && had(claim));
  return { topic, claims: chosen, memory: writeMemory(topic, isShown) };
}

/** A figure if there is one, since a number says the most in one line; otherwise the first claim. */
function headlineOf(claims: readonly Claim[]): Claim | undefined {
  return (
    claims.find(({ kind, number }) => kind === 'figure' && number) ?? claims.find(({ number }) => number) ?? claims[0]
  );
}
