import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { composeDatabaseUrl } from '../app/database-url.ts';
import { listExamples, parseUser } from '../app/targets.ts';
import { UserError } from '../core/errors.ts';
import { platforms } from '../platforms.ts';
import { backupSqlite } from '../store/backup.ts';
import { copyStore, countRows } from '../store/copy-store.ts';
import { openStore } from '../store/open-store.ts';
import { forgetPerson } from '../store/people.ts';
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
        const { deleted, unnamed, ratings, gaps } = await forgetPerson(
          store.db,
          person.platform,
          person.user,
          Date.now(),
        );
        print(
          `Deleted ${deleted} digests in direct messages, and removed the name from ${unnamed} digests in channels.`,
        );
        print(`Deleted ${ratings} of their votes on answers, and ${gaps} of their questions that found no answer.`);
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
