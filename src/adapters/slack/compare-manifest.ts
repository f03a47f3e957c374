import { isDeepStrictEqual } from 'node:util';
import type { Manifest } from './compose-manifest.ts';

/** One difference between how an app is and how it should be. */
export interface Difference {
  /** Such as `features.slash_commands./drones`. */
  readonly path: string;
  readonly kind: 'missing' | 'unneeded' | 'different';
}

/** What an exported manifest lacks, what it has in excess, and what differs from ours. Fields we don't set are ignored. */
export function compareManifests(ours: Manifest, theirs: unknown): Difference[] {
  return compare(ours, theirs, '');
}

function compare(ours: unknown, theirs: unknown, path: string): Difference[] {
  if (theirs === undefined) return [{ path, kind: 'missing' }];
  if (Array.isArray(ours)) return compareLists(ours, Array.isArray(theirs) ? theirs : [], path);
  if (typeof ours === 'object' && ours !== null) {
    return Object.entries(ours).flatMap(([key, value]) =>
      compare(value, (theirs as Record<string, unknown> | null)?.[key], path ? `${path}.${key}` : key),
    );
  }
  return isDeepStrictEqual(ours, theirs) ? [] : [{ path, kind: 'different' }];
}

/** Slack treats lists as sets: their order means nothing. */
function compareLists(ours: readonly unknown[], theirs: readonly unknown[], path: string): Difference[] {
  const known = new Map(theirs.map((item) => [nameOf(item), item]));
  const wanted = new Set(ours.map(nameOf));
  return [
    ...ours.flatMap((item) => compare(item, known.get(nameOf(item)), `${path}.${nameOf(item)}`)),
    ...theirs
      .filter((item) => !wanted.has(nameOf(item)))
      .map((item) => ({ path: `${path}.${nameOf(item)}`, kind: 'unneeded' as const })),
  ];
}

function nameOf(item: unknown): string {
  const {
    command,
    callback_id: callback,
    title,
  } = (typeof item === 'object' && item !== null ? item : {}) as Record<string, unknown>;
  return String(command ?? callback ?? title ?? item);
}

const VERBS = { missing: 'add', unneeded: 'remove', different: 'change' } as const;

/** What to change in the app, one line per difference, or that nothing has to change. */
export function formatDifferences(differences: readonly Difference[]): string {
  if (differences.length === 0) return 'The app is as it should be.';
  const lines = differences.map(({ path, kind }) => `  ${VERBS[kind].padEnd(8)}${path}`);
  return [
    'The app differs from what the bot needs:',
    ...lines,
    'To correct everything at once, paste the output of `npx briefing manifest` under App Manifest.',
  ].join('\n');
}
