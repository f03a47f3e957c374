import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { composeDatabaseUrl } from '../app/database-url.ts';
import { AUDIT_ACTIONS, type Audit, type Author, type KeptEntry } from '../core/audit.ts';
import { UserError } from '../core/errors.ts';
import { createAudit, listAudit, matchActions } from '../store/audit.ts';
import { openStore, type Store } from '../store/open-store.ts';
import { parseSince } from './parse-since.ts';
import { readConfig } from './read-config.ts';
import { print, printAside } from './terminal.ts';

interface Typed {
  readonly since?: string;
  readonly on?: string;
  readonly by?: string;
  readonly action?: string;
  readonly limit: string;
  readonly json?: boolean;
}

export function addAudit(program: Command): void {
  program
    .command('audit')
    .description('show who changed digests, the choice of articles and content, the latest first')
    .option('--since <time>', 'a day such as 2026-11-24, or for how long, such as 7d')
    .option('--on <place>', 'a platform, desk, terminal, settings or bot')
    .option('--by <user>', 'an id as the platform has it, or the user of the terminal')
    .option('--action <name>', 'such as digest, or content.publish')
    .option('--limit <count>', 'at most so many', '100')
    .option('--json', 'as JSON')
    .action(async ({ since, on, by, action, limit, json }: Typed) => {
      if (!/^[1-9]\d{0,5}$/.test(limit)) throw new UserError(`--limit ${limit} isn't a number from 1 to 999999`);
      if (action !== undefined && matchActions(action).length === 0)
        throw new UserError(
          `--action ${action} isn't an action`,
          `They are ${AUDIT_ACTIONS.join(', ')}; or name a group, such as digest.`,
        );
      const filter = {
        ...(since === undefined ? {} : { since: parseSince(since, Date.now()) }),
        ...(on === undefined ? {} : { platform: on }),
        ...(by === undefined ? {} : { user: by }),
        ...(action === undefined ? {} : { action }),
        limit: Number(limit),
      };
      const store = await openStore(composeDatabaseUrl(readConfig()));
      try {
        const entries = await listAudit(store.db, filter);
        if (json)
          print(JSON.stringify(entries.map(({ at, ...rest }) => ({ at: new Date(at).toISOString(), ...rest }))));
        else if (entries.length === 0) print('Nothing was changed.');
        else for (const entry of entries) print(format(entry));
      } finally {
        await store.close();
      }
    });
}

function format({ at, platform, user, action, team, channel, about, note }: KeptEntry): string {
  const place = [team, channel].filter(Boolean).join('/');
  const who = `${platform}${user ? `:${user}` : ''}`;
  const rest = [place && `in ${place}`, about, note].filter(Boolean).join('  ');
  return `${new Date(at).toISOString().slice(0, 16)}Z  ${action.padEnd(18)}  ${who}  ${rest}`.trimEnd();
}

/** Whoever types at this terminal. */
export function terminalAuthor(): Author {
  return { platform: 'terminal', user: readUserName() };
}

function readUserName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run as a user without a name.
    return '';
  }
}

/** Takes down what is done at this terminal. */
export function terminalAudit({ db }: Store): Audit {
  return createAudit(db, { now: Date.now, log: { warn: (_, message) => printAside(message) } });
}

/** The same in the bot's database, if there is one yet: editors may work on content where no bot runs. */
export async function recordAtTerminal(entry: Omit<Parameters<Audit['record']>[0], keyof Author>): Promise<void> {
  const url = composeDatabaseUrl(readConfig());
  if (url.startsWith('sqlite:') && !existsSync(url.slice('sqlite:'.length))) return;
  try {
    const store = await openStore(url);
    await terminalAudit(store).record({ ...entry, ...terminalAuthor() });
    await store.close();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    printAside(`This was done, but could not be recorded for "briefing audit". ${error.message}`);
  }
}
