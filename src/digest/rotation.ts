import type { Topic } from '../core/article.ts';
import { REPORT } from '../core/digests.ts';
import type { Library } from '../core/library.ts';
import type { Shown } from '../store/ledger.ts';
import { hasNews } from './memory.ts';
import { type Turn, takeTurn } from './turn.ts';

/** What a delivery brings: a topic's turn, or the report of what readers missed. */
export type Brought = Turn | typeof REPORT;

/** What the ledger and the rotation call it, and what is remembered of it once it has arrived. */
export function nameBrought(brought: Brought): { readonly topic: string; readonly fingerprint: string } {
  if (brought === REPORT) return { topic: REPORT, fingerprint: '' };
  return { topic: brought.topic.slug, fingerprint: brought.memory };
}

/**
 * The topic whose turn it is: first those that were never shown or have new or corrected claims, but never the one shown last,
 * then the one that was shown longest ago. So all are shown before any comes again. Undefined if there are no topics.
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
    return !before || (topic.slug !== last?.topic && hasNews(topic, before.fingerprint));
  };
  const time = (topic: Topic) => shown.get(topic.slug)?.shownAt ?? Number.NEGATIVE_INFINITY;
  return pool.toSorted((a, b) => Number(isNew(b)) - Number(isNew(a)) || compare(time(a), time(b)))[0];
}

/** The turn of the topic whose turn it is; undefined if there are no topics. */
export function chooseTurn(library: Library, wanted: readonly string[], history: readonly Shown[]): Turn | undefined {
  const topic = chooseTopic(library, wanted, history);
  return topic && turnOf(topic, history);
}

/** A topic's turn, after all that its subscription has had. */
export function turnOf(topic: Topic, history: readonly Shown[]): Turn {
  return takeTurn(topic, history.find((one) => one.topic === topic.slug)?.fingerprint);
}

/** Infinities have no difference. */
function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
