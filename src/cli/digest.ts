import type { Command } from 'commander';
import { renderTerminal } from '../adapters/terminal/render-reply.ts';
import { composeDatabaseUrl } from '../app/database-url.ts';
import { commandNames } from '../app/open-content.ts';
import { loadContent } from '../content/load.ts';
import { countNoun } from '../core/count.ts';
import { formatDue } from '../core/date.ts';
import { type FixedDigest, isReport, type Subscription } from '../core/digests.ts';
import { UserError } from '../core/errors.ts';
import { composeDigest } from '../digest/compose-digest.ts';
import { planSubscription } from '../digest/plan.ts';
import { chooseTopic } from '../digest/rotation.ts';
import { settleRestored } from '../digest/settle-restored.ts';
import { takeTurn } from '../digest/turn.ts';
import { platforms } from '../platforms.ts';
import { countDeliveries, openDeliveries, readRotation } from '../store/ledger.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { listAll } from '../store/subscriptions.ts';
import { readConfig } from './read-config.ts';
import { currentTerminal, print, style } from './terminal.ts';

/** The most deliveries listed. */
const MOST_OPEN = 1000;

export function addDigest(program: Command): void {
  const digest = program.command('digest').description('inspect the daily digests');
  digest
    .command('list')
    .description('list all subscriptions, and how many deliveries are in each state')
    .action(() => withStore(list));
  digest.command('preview [topic]').description('print the digest of a topic, or of the first topic').action(preview);
  digest
    .command('after-restore')
    .description('make a restored PostgreSQL database safe to go on from; stop all bots first')
    .option(
      '--missed',
      'count digests that were due until now as missed, instead of looking for them in their channels',
    )
    .action(({ missed = false }: { missed?: boolean }) =>
      withStore(async (store) => {
        const { catchUpMs } = readConfig().digest;
        print(describeSettled(await settleRestored(store, { now: Date.now(), catchUpMs, missed }), missed));
      }),
    );
  digest
    .command('run-due')
    .description('show what is due; the running bot delivers it')
    .option('--dry-run', 'write nothing, send nothing')
    .option('--at <time>', 'as if it were this time, such as 2026-11-24T08:00Z')
    .action(async ({ dryRun, at }: { dryRun?: boolean; at?: string }) => {
      if (!dryRun) throw new UserError('The running bot delivers what is due', 'Add --dry-run to see what that is.');
      const now = at === undefined ? Date.now() : Date.parse(at);
      if (Number.isNaN(now)) throw new UserError(`--at ${at} isn't a time`, 'Write one such as 2026-11-24T08:00Z');
      await withStore((store) => showDue(store, now));
    });
}

/** What becomes of the digests that were due when a backup was restored. */
export function describeSettled(count: number, missed: boolean): string {
  if (count === 0) return 'No digest was due since the backup.';
  const digests = countNoun(count, 'digest');
  return missed
    ? `Counted as missed: ${digests} due since the backup.`
    : `${digests} may have been sent since the backup: the bot looks in the channel before it sends anything.`;
}

async function withStore(work: (store: Store) => Promise<void>): Promise<void> {
  const store = await openStore(composeDatabaseUrl(readConfig()));
  try {
    await work(store);
  } finally {
    await store.close();
  }
}

async function list({ db }: Store): Promise<void> {
  const all = await listAll(db);
  for (const one of all) print(describe(one));
  if (all.length === 0) print('Nobody has subscribed yet.');
  announceDeclared(all);
  const counts = Object.entries(await countDeliveries(db));
  if (counts.length > 0) print(`Deliveries: ${counts.map(([state, count]) => `${count} ${state}`).join(', ')}`);
}

/** Says which of the digests that the settings declare the bot doesn't know yet: it takes them up when it starts. */
function announceDeclared(known: readonly Subscription[]): void {
  const fixed = known.filter((one) => one.fixed).map(nameDigest);
  for (const one of readConfig().digest.fixed.filter((declared) => !fixed.includes(nameDigest(declared))))
    print(`DIGEST_CHANNELS: ${nameDigest(one)} is taken up when the bot starts with it.`);
}

function nameDigest({ platform, channel, time, zone, days }: FixedDigest): string {
  return `${platform}:${channel}, ${time} ${zone}, ${days},`;
}

function describe({ id, platform, channel, time, zone, days, state, reason, nextDue }: Subscription): string {
  const next = nextDue === undefined ? `${state}${reason ? `: ${reason}` : ''}` : `next ${formatDue(nextDue, zone)}`;
  return `${id}  ${platform.padEnd(8)}${channel.padEnd(21)}${time} ${zone}, ${days}; ${next}`;
}

async function preview(slug: string | undefined): Promise<void> {
  const library = await loadContent(readConfig().contentDirectory, commandNames);
  const topic = slug ? library.find(slug) : chooseTopic(library, [], []);
  if (!topic) throw new UserError(`There is no topic ${slug ?? 'yet'}`, 'To see all topics, run: npx briefing topics');
  print(renderTerminal(composeDigest(topic, takeTurn(topic).claims), currentTerminal().stdout.columns ?? 80, style));
}

async function showDue({ db }: Store, now: number): Promise<void> {
  const { contentDirectory, digest } = readConfig();
  const library = await loadContent(contentDirectory, commandNames);
  const waiting = await openDeliveries(
    db,
    platforms.map(({ name }) => name),
    now,
    MOST_OPEN,
  );
  for (const { subscription, due } of waiting)
    print(`${subscription}  ${new Date(due).toISOString()}  is waiting to be delivered`);
  let planned = 0;
  const known = await listAll(db);
  for (const one of known) {
    if (one.nextDue === undefined || one.nextDue > now) continue;
    const topic = chooseTopic(library, one.topics, await readRotation(db, one.id));
    for (const { due, state } of planSubscription(one, one.nextDue, now, digest.catchUpMs).entries) {
      planned += 1;
      const brought = isReport(one) ? 'the report for the editors' : (topic?.title ?? 'no topic');
      const what = state === 'pending' ? `to be delivered: ${brought}` : 'missed';
      print(`${one.id}  ${new Date(due).toISOString()}  ${what}`);
    }
  }
  if (waiting.length + planned === 0) print('Nothing is due.');
  announceDeclared(known);
}
