import { expect } from 'vitest';
import type { Topic } from '../../src/core/article.ts';
import { composeTrace } from '../../src/core/reply.ts';
import { composeCard, composeDigest } from '../../src/digest/compose-digest.ts';
import { takeTurn } from '../../src/digest/turn.ts';
import { english } from '../../src/i18n/words.ts';

/** What the digest of any topic owes: a headline, claims with their traces, notes, a byline and ways on. */
export function expectDigest(topic: Topic): void {
  const { claims } = takeTurn(topic);
  const reply = composeDigest(topic, claims);
  expect(reply.title).toBe(`Daily briefing: ${topic.title}`);
  expect(reply.byline).toContain(topic.article.author);
  // Long notes with their sources leave room for the headline and one claim at least.
  expect(reply.entries.length).toBeGreaterThanOrEqual(Math.min(2, topic.claims.length));
  expect(reply.entries.length).toBeLessThanOrEqual(4);
  for (const entry of reply.entries) {
    if (entry.type !== 'claim') throw new Error(`a digest has an entry that is a ${entry.type}`);
    expect(composeTrace(entry.claim, english).source).toMatch(/¶|paragraph|note/i);
  }
  expect(reply.actions.map(({ label }) => label)).toEqual(['Read on', 'All topics', 'Sources', 'This digest']);
  expect(reply.offersQuestion).toBe(true);
  const card = composeCard(topic, claims);
  expect(card).toMatchObject({ title: topic.title, byline: expect.stringContaining(topic.article.author) });
  expect(topic.claims.map(({ text }) => text)).toContain(card?.text);
}
