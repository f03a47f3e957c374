import type { Command } from 'commander';
import { composeDatabaseUrl } from '../app/database-url.ts';
import { commandNames } from '../app/open-content.ts';
import { loadContent } from '../content/load.ts';
import { countNoun } from '../core/count.ts';
import { SHOWN_HOW } from '../core/uses.ts';
import { openStore } from '../store/open-store.ts';
import { type ClaimUses, readUses } from '../store/uses.ts';
import { parseSince } from './parse-since.ts';
import { readConfig } from './read-config.ts';
import { print } from './terminal.ts';

interface Typed {
  readonly since: string;
  readonly unused?: boolean;
  readonly json?: boolean;
}

/** A claim that can be shown, or that was. */
interface ClaimLine extends ClaimUses {
  /** Whether readers can still be shown it. */
  readonly live: boolean;
}

export function addStats(program: Command): void {
  program
    .command('stats')
    .description('show how often each claim was shown to readers, those that answered most questions first')
    .option('--since <time>', 'a day such as 2026-11-24, or for how long, such as 7d', '30d')
    .option('--unused', 'only claims that answered no question in a reader’s own words')
    .option('--json', 'as JSON')
    .action(async ({ since, unused = false, json }: Typed) => {
      const lines = await list(parseSince(since, Date.now()));
      const shown = unused ? lines.filter(({ live, counts }) => live && counts.answer === 0) : lines;
      if (json) print(JSON.stringify(shown.map(toData)));
      else printTable(shown, lines);
    });
}

/** Every claim that is live, and those that were shown and are gone now. */
async function list(since: number): Promise<ClaimLine[]> {
  const config = readConfig();
  const { topics } = await loadContent(config.contentDirectory, commandNames);
  const live = new Set(topics.flatMap(({ claims }) => claims.map(({ id }) => id)));
  const store = await openStore(composeDatabaseUrl(config));
  try {
    const uses = await readUses(store.db, since);
    const used = new Set(uses.map(({ claim }) => claim));
    const counts = { answer: 0, nearest: 0, page: 0, digest: 0 };
    const never = [...live].filter((id) => !used.has(id)).map((claim) => ({ claim, counts, last: 0, live: true }));
    return [...uses.map((one) => ({ ...one, live: live.has(one.claim) })), ...never];
  } finally {
    await store.close();
  }
}

function toData({ claim, counts, last, live }: ClaimLine): object {
  return { claim, ...counts, last: last === 0 ? null : new Date(last).toISOString().slice(0, 10), live };
}

function printTable(shown: readonly ClaimLine[], all: readonly ClaimLine[]): void {
  print(`${SHOWN_HOW.map((how) => how.padStart(8)).join('')}  claim`);
  for (const { claim, counts, live } of shown)
    print(`${SHOWN_HOW.map((how) => String(counts[how]).padStart(8)).join('')}  ${claim}${live ? '' : ' (gone)'}`);
  const living = all.filter(({ live }) => live);
  const silent = living.filter(({ counts }) => counts.answer === 0).length;
  print(`${countNoun(silent, 'claim')} of ${living.length} answered no question in a reader’s own words.`);
}
