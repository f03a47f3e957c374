import { createHash } from 'node:crypto';
import type { Topic } from '../core/article.ts';
import { REPORT } from '../core/digests.ts';
import type { Library } from '../core/library.ts';
import type { Shown } from '../store/ledger.ts';

/** Changes whenever what a topic says changes. */
export function fingerprintOf({ title, summary, claims, notes }: Topic): string {
  const said = claims.map(({ text, kind, speaker, paragraphs, date, number, notes: own }) => ({
    text,
    date,
    number,
    kind,
    speaker,
    paragraphs,
    own,
  }));
  return createHash('sha256').update(JSON.stringify({ title, summary, said, notes })).digest('base64url').slice(0, 16);
}

/** What a delivery brings: a topic, or the report of what readers missed. */
export type Brought = Topic | typeof REPORT;

/** What the ledger and the rotation call it, and what tells whether it has changed. */
export function nameBrought(brought: Brought): { readonly topic: string; readonly fingerprint: string } {
  if (brought === REPORT) return { topic: REPORT, fingerprint: '' };
  return { topic: brought.slug, fingerprint: fingerprintOf(brought) };
}

/**
 * The topic whose turn it is: first those that were never shown or have changed since, but never the one shown last, then
 * the one that was shown longest ago. So all are shown before any comes again. Undefined if there are no topics.
 */
export function chooseTopic(
  { topics, findAll }: Library,
  wanted: readonly string[],
  history: readonly Shown[],
): Topic | undefined {
  // Also by the file's name: a topic's command changes if another article adds one of the same name.
  const chosen = [...new Set(wanted.flatMap((slug) => findAll(slug)))];
  const pool = chosen.length > 0 ? chosen : topics;
  const shown = new Map(history.map((one) => [one.topic, one]));
  const last = history.reduce<Shown | undefined>(
    (latest, one) => (latest && latest.shownAt >= one.shownAt ? latest : one),
    undefined,
  );
  const isNew = (topic: Topic) => {
    const before = shown.get(topic.slug);
    return !before || (before.fingerprint !== fingerprintOf(topic) && topic.slug !== last?.topic);
  };
  const time = (topic: Topic) => shown.get(topic.slug)?.shownAt ?? Number.NEGATIVE_INFINITY;
  return pool.toSorted((a, b) => Number(isNew(b)) - Number(isNew(a)) || compare(time(a), time(b)))[0];
}

/** Infinities have no difference. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
