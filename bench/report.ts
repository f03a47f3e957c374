import { styleText } from 'node:util';

/** One line of the table of benchmarks. */
export interface Row {
  readonly what: string;
  readonly ours: string;
  readonly peer: string;
  /** Ours over the peer's. Below 1 is better, but for rates. */
  readonly ratio?: number | undefined;
}

/** Shows a result, and hands it to `npm run bench` where that runs this benchmark. */
export function report(row: Row): void {
  const ratio = row.ratio === undefined ? '' : `; ratio ${styleText('bold', row.ratio.toFixed(2))}`;
  print(`${row.what}: ${row.ours}; ${row.peer}${ratio}`);
  process.send?.(row);
}

export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The value below which this share of the values lies; 0 where there are none. */
export function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;
}

/** A log that shows errors alone. */
export const quiet = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: (details: object, message: string) => print(`${message} ${JSON.stringify(details)}`),
};

/**
 * Runs each several times in turn, so that none always has the warmer process, and gives each its results.
 */
export async function takeTurns<Name extends string, T>(
  rounds: number,
  runs: Readonly<Record<Name, () => Promise<T>>>,
): Promise<Record<Name, T[]>> {
  const names = Object.keys(runs) as Name[];
  const results = Object.fromEntries(names.map((name) => [name, [] as T[]])) as Record<Name, T[]>;
  for (let round = 0; round < rounds; round += 1) {
    for (const at of names.keys()) {
      const name = names[(at + round) % names.length] as Name;
      results[name].push(await runs[name]());
    }
  }
  return results;
}
