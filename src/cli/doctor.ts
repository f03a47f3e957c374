import { existsSync } from 'node:fs';
import { access, constants, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { styleText } from 'node:util';
import type { Command } from 'commander';
import { type Config, FaultySettings } from '../app/config.ts';
import { composeDatabaseUrl } from '../app/database-url.ts';
import { commandNames, listAllCommands } from '../app/open-content.ts';
import { formatFault } from '../content/fault.ts';
import { type CheckedContent, checkContent } from '../content/load.ts';
import { countNoun } from '../core/count.ts';
import { UserError } from '../core/errors.ts';
import { bad, type Finding, good, note } from '../core/finding.ts';
import type { Library } from '../core/library.ts';
import { countDeliveries } from '../store/ledger.ts';
import { openStore } from '../store/open-store.ts';
import { readConfig } from './read-config.ts';
import { print } from './terminal.ts';

const DAY_MS = 24 * 3_600_000;
/** Below this many bytes the database may soon find no room. */
const LITTLE_SPACE = 200 * 1024 * 1024;
const NO_SPACE = 5 * 1024 * 1024;

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('look at the whole set-up; each finding with its remedy')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const findings = await examine();
      const worst = findings.filter(({ state }) => state === 'bad').length;
      if (json) print(JSON.stringify(findings));
      else {
        for (const finding of findings) print(format(finding));
        print(worst > 0 ? `\n${worst} to mend.` : '\nAll is well.');
      }
      if (worst > 0) process.exitCode = 1;
    });
}

async function examine(): Promise<Finding[]> {
  const found = [good(`Node ${process.version}`)];
  let config: Config;
  try {
    config = readConfig();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const problems = error instanceof FaultySettings ? error.problems : [{ what: error.message, remedy: '' }];
    return [...found, ...problems.map(({ what, remedy }) => bad(what, remedy))];
  }
  found.push(good('the settings can be read'));
  for (const { name, meant } of config.misspelt) {
    found.push(bad(`${name} is no setting`, `Write ${meant}, if that is what you meant.`));
  }
  const content = await checkContent(config.contentDirectory, commandNames);
  found.push(...examineContent(content));
  for (const examineOne of [examineFolder, examineDatabase, examinePage, examineTargets, examinePlatforms]) {
    found.push(...(await examineOne(config, content.library)));
  }
  // Both platforms tell of the clock.
  const isClock = ({ text }: Finding) => text.startsWith('the clock');
  return found.filter((finding, index) => !isClock(finding) || found.findIndex(isClock) === index);
}

function examineContent({ library, faults }: CheckedContent): Finding[] {
  return library
    ? [good(`content: ${countNoun(library.articles.length, 'article')}, ${countNoun(library.topics.length, 'topic')}`)]
    : faults.map((fault) => bad(`content: ${formatFault(fault)}`, 'Mend that line; briefing lint checks again.'));
}

async function examineFolder({ dataDirectory }: Config): Promise<Finding[]> {
  try {
    const folder = firstThere(dataDirectory);
    // With the dot, a file in its place is told from a folder.
    await access(`${folder}/.`, constants.W_OK);
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    const text = `${dataDirectory} can be written to, ${(free / 1e9).toFixed(1)} GB free`;
    if (free < NO_SPACE) return [bad(`${dataDirectory} is full`, 'Make room: digests and answers are lost.')];
    return [free < LITTLE_SPACE ? note(text, 'Make room before the disk is full.') : good(text)];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return [
      bad(
        `${dataDirectory} cannot be written to (${code})`,
        'Give the bot’s user the folder, or name another in DATA_DIR.',
      ),
    ];
  }
}

/** The folder, or the nearest one above it that is there: what has to be made is made at the first start. */
function firstThere(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : firstThere(dirname(folder));
}

async function examineDatabase(config: Config): Promise<Finding[]> {
  const url = composeDatabaseUrl(config);
  const file = /^sqlite:(?!:memory:)(.*)$/s.exec(url)?.[1];
  // Opening it would make it.
  if (file && !existsSync(file) && existsSync(dirname(file)))
    return [good(`database: ${file}, made when a platform is first connected`)];
  try {
    const store = await openStore(url);
    try {
      const { failed = 0, missed = 0, delivered = 0 } = await countDeliveries(store.db, Date.now() - DAY_MS);
      const text = `database: ${store.kind}, ${delivered} digests delivered in the last day, ${failed} failed, ${missed} missed`;
      return [failed > 0 ? note(text, 'The log says why; briefing digest list names paused ones.') : good(text)];
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const [, what = error.message, remedy = ''] = /^(.*?\))\. (.*)$/s.exec(error.message) ?? [];
    return [bad(`database: ${what}`, remedy)];
  }
}

async function examinePage({ host, accessToken, playground }: Config): Promise<Finding[]> {
  const { isLoopback } = await import('../adapters/web/listen.ts');
  if (isLoopback(host)) return [good(`the port is open to this machine only (${host})`)];
  if (accessToken) return [good(`the port is open on ${host}; page and metrics want the token`)];
  return playground ? [note(`HOST=${host}: page and metrics stay off`, 'Set ACCESS_TOKEN to open them.')] : [];
}

/** Whether what posts by itself has somewhere to go, and something to say. */
async function examineTargets({ platforms, digest, alertTarget }: Config, library?: Library): Promise<Finding[]> {
  const open = new Set(platforms.filter(({ canPost }) => canPost).map(({ definition }) => definition.name));
  const targets = [
    ...digest.fixed.map((one) => ({ setting: 'DIGEST_CHANNELS', ...one })),
    ...(alertTarget ? [{ setting: 'ALERT_CHANNEL', topics: [], ...alertTarget }] : []),
  ];
  return targets.flatMap(({ setting, platform, channel, topics }) => [
    ...(open.has(platform)
      ? []
      : [bad(`${setting}: ${platform}:${channel} hears nothing`, `Set ${platform} up, or take the entry out.`)]),
    ...topics
      .filter((topic) => library && library.findAll(topic).length === 0)
      .map((topic) => bad(`${setting}: there is no topic ${topic}`, 'See: briefing topics')),
  ]);
}

async function examinePlatforms({ platforms }: Config, library?: Library): Promise<Finding[]> {
  const covered = library && { library, commands: listAllCommands(library) };
  const found: Finding[] = [];
  for (const { definition, isSetUp, diagnose } of platforms) {
    if (isSetUp) found.push(...(await diagnose({ covered, now: Date.now })));
    else found.push(note(`${definition.title} is not set up`, `${definition.guide} leads you through it.`));
  }
  return found;
}

const MARKS = { good: ['green', '✓'], note: ['yellow', '•'], bad: ['red', '✗'] } as const;

function format({ state, text, remedy }: Finding): string {
  const [colour, mark] = MARKS[state];
  return `${styleText(colour, mark, { stream: process.stdout })} ${text}${remedy ? `\n    ${remedy}` : ''}`;
}
