import { createHash } from 'node:crypto';
import { textKey } from '../content/lint/tokens.ts';
import type { MissedQuestion, MissedText } from '../core/missed.ts';
import { contentStems } from '../search/words.ts';

/** Share of all telling words of two texts that both must have to be alike. */
const ALIKE = 0.6;
/** Texts shown of a group. */
const MAX_TEXTS = 20;
/** Claims shown as the nearest. */
const MAX_NEAREST = 3;
const ID_LENGTH = 12;

/** Whether two texts ask nearly the same. */
export type Alike = (a: string, b: string) => boolean;

/**
 * Groups missed questions by their likeness, the most often asked first. A question is the same however it is written. The most
 * frequent one of a group leads it, and all others are like the leader. By words unless told otherwise.
 */
export function groupMissed(missed: readonly MissedText[], alike: Alike = createWordLikeness()): MissedQuestion[] {
  const spellings = [...Map.groupBy(missed, ({ text }) => textKey(text)).values()].map((list) =>
    list.toSorted(byFrequency),
  );
  const groups: MissedText[][] = [];
  for (const spelt of spellings.toSorted(byTotal)) {
    const found = groups.find(([leader]) => leader && spelt[0] && alike(leader.text, spelt[0].text));
    if (found) found.push(...spelt);
    else groups.push([...spelt]);
  }
  return groups.map(composeGroup).sort((a, b) => b.count - a.count || compare(b.last, a.last) || compare(a.id, b.id));
}

function byTotal(a: readonly MissedText[], b: readonly MissedText[]): number {
  const [first, second] = [a[0], b[0]];
  return totalOf(b) - totalOf(a) || (first && second ? byFrequency(first, second) : 0);
}

function totalOf(list: readonly MissedText[]): number {
  return list.reduce((sum, { count }) => sum + count, 0);
}

function byFrequency(a: MissedText, b: MissedText): number {
  return b.count - a.count || b.last - a.last || compare(a.text, b.text);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function composeGroup(group: readonly MissedText[]): MissedQuestion {
  const [leader] = group;
  const texts = [...new Map(group.toReversed().map(({ text }) => [textKey(text), text])).values()].toReversed();
  const article = group.flatMap((one) => one.article ?? [])[0];
  return {
    id: createHash('sha256')
      .update(textKey(leader?.text ?? ''))
      .digest('hex')
      .slice(0, ID_LENGTH),
    texts: texts.slice(0, MAX_TEXTS),
    verdict: leader?.verdict ?? 'declined',
    count: totalOf(group),
    first: toDay(Math.min(...group.map(({ first }) => first))),
    last: toDay(Math.max(...group.map(({ last }) => last))),
    ...(article === undefined ? {} : { article }),
    nearest: [...new Set(group.flatMap(({ claim }) => claim ?? []))].slice(0, MAX_NEAREST),
    wanted: [...new Set(group.flatMap(({ wanted }) => wanted))],
  };
}

function toDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** Texts are alike if they have most of their telling words in common. */
export function createWordLikeness(): Alike {
  const known = new Map<string, ReadonlySet<string>>();
  const stemsOf = (text: string): ReadonlySet<string> => {
    const stems = known.get(text) ?? new Set(contentStems(text));
    known.set(text, stems);
    return stems;
  };
  return (a, b) => {
    const [first, second] = [stemsOf(a), stemsOf(b)];
    const all = first.union(second);
    const isTelling = first.size > 0 && second.size > 0;
    return isTelling && first.intersection(second).size / all.size >= ALIKE;
  };
}

/** Words that say how something is asked, and not of what. */
const ASKING = ['much', 'many', 'does', 'did', 'what', 'when', 'who', 'why', 'how', 'where', 'which'];

/** Texts have a subject in common if they share a telling word that isn't one of these names. */
export function createSubjectLikeness(names: readonly string[]): Alike {
  const ignored = new Set([...names, ...ASKING].flatMap((name) => contentStems(name)));
  return (a, b) => {
    const other = new Set(contentStems(b));
    return contentStems(a).some((stem) => other.has(stem) && !ignored.has(stem));
  };
}
