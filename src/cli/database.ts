import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Command } from 'commander';
import { composeDatabaseUrl } from '../app/database-url.ts';
import { listExamples, parseUser } from '../app/targets.ts';
import { countNoun } from '../core/count.ts';
import { UserError } from '../core/errors.ts';
import { settleRestored } from '../digest/settle-restored.ts';
import { platforms } from '../platforms.ts';
import { backupSqlite } from '../store/backup.ts';
import { copyStore, countRows } from '../store/copy-store.ts';
import { openStore } from '../store/open-store.ts';
import { forgetPerson } from '../store/people.ts';
import { restoreSqlite } from '../store/restore.ts';
import { terminalAudit, terminalAuthor } from './audit.ts';
import { describeSettled } from './digest.ts';
import { showProgress } from './progress.ts';
import { readConfig } from './read-config.ts';
import { print } from './terminal.ts';

export function addDatabase(program: Command): void {
  addForget(program);
  program
    .command('migrate')
    .description('copy everything from one database to another; can be run again')
    .requiredOption('--from <address>', 'such as sqlite:data/briefing.db')
    .requiredOption('--to <address>', 'such as postgres://user:password@host/name')
    .action(async ({ from, to }: { from: string; to: string }) => {
      for (const [option, address] of Object.entries({ from, to })) {
        if (/^(sqlite:(?!:memory:)|postgres(ql)?:\/\/)./.test(address)) continue;
        throw new UserError(`--${option} isn't the address of a database`, 'It begins with sqlite: or postgres://');
      }
      if (from === to) throw new UserError('--from and --to are the same database');
      if (from.startsWith('sqlite:') && !existsSync(from.slice(7)))
        throw new UserError(`There is no file ${from.slice(7)}`, 'Check the path in --from.');
      await migrate(from, to);
    });

  program
    .command('backup <file>')
    .description('copy the database to a file while the bot runs')
    .action(async (file: string) => {
      const url = composeDatabaseUrl(readConfig());
      if (!url.startsWith('sqlite:'))
        throw new UserError('This command backs up SQLite only', 'For PostgreSQL, use pg_dump.');
      let progress: ReturnType<typeof showProgress> | undefined;
      let before = 0;
      await backupSqlite(url.slice(7), resolve(file), (done, total) => {
        progress ??= showProgress('pages', total);
        progress.advance(done - before);
        before = done;
      });
      progress?.stop();
      print(`Wrote ${file}`);
    });

  program
    .command('restore <file>')
    .description('put a backup in the place of the database; the bot must be stopped')
    .option(
      '--missed',
      'count digests that were due until now as missed, instead of looking for them in their channels',
    )
    .option('--stopped', 'the bot is stopped, though the present database is too damaged to tell')
    .action(restore);
}

async function restore(
  file: string,
  { missed = false, stopped = false }: { missed?: boolean; stopped?: boolean },
): Promise<void> {
  const config = readConfig();
  const url = composeDatabaseUrl(config);
  if (!/^sqlite:(?!:memory:)/.test(url)) {
    throw new UserError(
      'This command restores SQLite only',
      'For PostgreSQL, stop all bots, use pg_restore, then run: npx briefing digest after-restore',
    );
  }
  const now = Date.now();
  let count = 0;
  const replaced = await restoreSqlite({
    path: url.slice(7),
    file: resolve(file),
    now,
    stopped,
    async prepare(store) {
      count = await settleRestored(store, { now, catchUpMs: config.digest.catchUpMs, missed });
      const entry = { action: 'database.restore', about: basename(file) } as const;
      await terminalAudit(store).record({ ...entry, ...terminalAuthor() });
    },
  });
  print(`Restored ${file}`);
  if (replaced) print(`The database as it was is now ${replaced.path}`);
  print(describeSettled(count, missed));
  const { ended = 0, begun = 0 } = replaced?.subscriptions ?? {};
  if (ended > 0) print(`${countNoun(ended, 'digest')} had been ended since the backup. They are on again.`);
  if (begun > 0) print(`${countNoun(begun, 'digest')} had been begun since the backup. They are gone.`);
  print('If somebody was forgotten since the backup, run "npx briefing forget" for them again.');
}

function addForget(program: Command): void {
  program
    .command('forget')
    .description('delete what is stored about a person')
    .requiredOption('--user <id>', `with the platform before it, such as ${listExamples(platforms, 'user')}`)
    .action(async ({ user }: { user: string }) => {
      const person = parseUser(user, platforms);
      if (!person)
        throw new UserError(`--user isn't a user's id`, `Write one such as ${listExamples(platforms, 'user')}`);
      const store = await openStore(composeDatabaseUrl(readConfig()));
      try {
        const { deleted, unnamed, ratings, gaps, audit } = await forgetPerson(
          store.db,
          person.platform,
          person.user,
          Date.now(),
        );
        print(
          `Deleted ${deleted} digests in direct messages, and removed the name from ${unnamed} digests in channels.`,
        );
        print(`Deleted ${ratings} of their votes on answers, and ${gaps} of their questions that found no answer.`);
        print(
          `Deleted ${audit.deleted} entries on what they changed in direct messages, and removed the name from ${audit.unnamed}.`,
        );
        // Not whom: that would be the last thing kept of them.
        await terminalAudit(store).record({ action: 'person.forget', ...terminalAuthor() });
        print('Running bots no longer remember what this person was answered last.');
      } finally {
        await store.close();
      }
    });
}

async function migrate(from: string, to: string): Promise<void> {
  const source = await openStore(from);
  try {
    const target = await openStore(to);
    try {
      const progress = showProgress('rows', await countRows(source));
      const counts = await copyStore(source, target, progress.advance);
      progress.stop();
      const note = `${source.kind} to ${target.kind}`;
      await terminalAudit(target).record({ action: 'database.migrate', note, ...terminalAuthor() });
      for (const { table, source: there, target: here } of counts) {
        print(`${table.padEnd(16)}${String(there).padStart(8)} copied, ${here} in the target`);
      }
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}
