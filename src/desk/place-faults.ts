import type { Fault } from '../content/fault.ts';
import type { Lines } from '../content/source.ts';

/** Faults by the field at which they stand; those of the whole are under `text`. */
export type PlacedFaults = Readonly<Record<string, readonly Fault[]>>;

/**
 * The faults of one part of a file, such as `claims.3`, by its fields: `kind`, or `text` for the part itself. Those elsewhere in
 * the file are left out.
 */
export function placeFaults(faults: readonly Fault[], places: Lines, part: string): PlacedFaults {
  const fields = new Map<number, string>();
  for (const [path, line] of places) {
    if (path !== part && !path.startsWith(`${part}.`)) continue;
    const field = path.slice(part.length + 1).split('.')[0] || 'text';
    // The part's first line holds its text.
    if (!fields.has(line) || field === 'text') fields.set(line, field);
  }
  return Object.groupBy(
    faults.filter(({ line }) => fields.has(line)),
    ({ line }) => fields.get(line) ?? 'text',
  ) as PlacedFaults;
}

/**
 * The key of a file of settings at which a fault stands; of one that is missing the fault says the name. Undefined if it is
 * none of these.
 */
export function keyAt({ line, what }: Fault, lines: Lines, keys: readonly string[]): string | undefined {
  const [word = ''] = what.split(' ');
  // What is missing stands nowhere.
  if (keys.includes(word) && !lines.has(word)) return word;
  const at = [...lines].find(([, one]) => one === line)?.[0].split('.')[0];
  return at !== undefined && keys.includes(at) ? at : undefined;
}

/** The faults of a file of settings by its keys; those at none of them are under `text`. */
export function placeByKey(faults: readonly Fault[], lines: Lines, keys: readonly string[]): PlacedFaults {
  return Object.groupBy(faults, (fault) => keyAt(fault, lines, keys) ?? 'text') as PlacedFaults;
}
