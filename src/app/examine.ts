import { existsSync } from 'node:fs';
import { access, constants, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { formatFault } from '../content/fault.ts';
import { type CheckedContent, checkContent } from '../content/load.ts';
import { countNoun } from '../core/count.ts';
import { reasonOf, UserError } from '../core/errors.ts';
import { bad, type Finding, good, note } from '../core/finding.ts';
import type { Library } from '../core/library.ts';
import type { Problem } from '../core/setting.ts';
import { countDeliveries } from '../store/ledger.ts';
import { openStore } from '../store/open-store.ts';
import { lastBackup } from './back-up-daily.ts';
import { type Config, describeMisspelt, FaultySettings } from './config.ts';
import { composeDatabaseUrl } from './database-url.ts';
import { examineModels } from './examine-models.ts';
import { commandNames, listAllCommands, NO_CONTENT_FOLDER } from './open-content.ts';

/** A finding and the part of the bot that it is about, such as `database` or a platform's title. */
export interface Examined extends Finding {
  readonly part: string;
}

const DAY_MS = 24 * 3_600_000;
/** Below this many bytes the disk may soon be full. */
const LITTLE_SPACE = 200 * 1024 * 1024;
const NO_SPACE = 5 * 1024 * 1024;
/** From so many days on, backups seem to have stopped. */
const OLD_BACKUP_DAYS = 2;
/** How far off the clock may be, in milliseconds: platforms refuse requests that are five minutes old. */
const CLOCK_TOLERANCE_MS = 30_000;

/** Reads the settings; those `without` are left at their presets. Throws UserError. */
export type LoadConfig = (without: readonly string[]) => Config;

/** Checks the whole setup, and what faulty settings leave of it. Changes nothing on any platform. */
export async function examine(load: LoadConfig, now: () => number): Promise<Examined[]> {
  const found = about('Node', [good('node', process.version)]);
  const { config, problems } = loadWhatCanBeRead(load);
  const settings = about('settings', examineSettings(problems, config));
  if (!config) return [...found, ...settings];
  const content = await checkContent(config.contentDirectory, commandNames);
  return [
    ...found,
    ...settings,
    ...about('content', examineContent(content, config)),
    ...about('data folder', await examineFolder(config)),
    ...about('database', await examineDatabase(config, now())),
    ...about('backup', await examineBackup(config, now())),
    ...about('port', await examinePort(config)),
    ...about('models', await examineModels(config.models)),
    ...about('settings', examineTargets(config, content.library)),
    ...(await examinePlatforms(config, content.library, now)),
  ];
}

function about(part: string, findings: readonly Finding[]): Examined[] {
  return findings.map((finding) => ({ part, ...finding }));
}

function pick({ what, remedy }: UserError): Pick<UserError, 'what' | 'remedy'> {
  return { what, remedy: remedy || 'See .env.example.' };
}

/** The settings without those that can't be read, and what is wrong with those. */
function loadWhatCanBeRead(load: LoadConfig): {
  config?: Config;
  problems: readonly Pick<Problem, 'code' | 'what' | 'remedy'>[];
} {
  const problems: Problem[] = [];
  for (;;) {
    const without = problems.map(({ setting }) => setting);
    try {
      return { config: load(without), problems };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      if (!(error instanceof FaultySettings)) return { problems: [{ code: 'settings-unreadable', ...pick(error) }] };
      const others = error.problems.filter(({ setting }) => !without.includes(setting));
      // A setting that is missing can't be left out.
      if (others.length === 0) return { problems };
      problems.push(...others);
    }
  }
}

function examineSettings(problems: readonly Pick<Problem, 'code' | 'what' | 'remedy'>[], config?: Config): Finding[] {
  const all = [...problems, ...(config?.misspelt.map(describeMisspelt) ?? [])];
  if (all.length === 0) return [good('settings', 'they can be read')];
  return all.map(({ code, what, remedy }) => bad(code, what, remedy));
}

function examineContent({ library, faults }: CheckedContent, { contentDirectory }: Config): Finding[] {
  if (!existsSync(contentDirectory))
    return [bad('no-content-folder', `${contentDirectory} doesn't exist`, NO_CONTENT_FOLDER)];
  if (!library) {
    return faults.map((fault) => bad(fault.code, formatFault(fault), 'Correct that line, then run: npx briefing lint'));
  }
  const { articles, topics } = library;
  if (topics.length === 0)
    return [
      note(
        'all-drafts',
        'everything is a draft, so the bot answers nothing yet',
        'Publish a topic in the desk, or run: npx briefing publish',
      ),
    ];
  return [good('content', `${countNoun(articles.length, 'article')}, ${countNoun(topics.length, 'topic')}`)];
}

async function examineFolder({ dataDirectory }: Config): Promise<Finding[]> {
  try {
    const folder = firstThere(dataDirectory);
    // The dot makes this fail if there is a file in place of the folder.
    await access(`${folder}/.`, constants.W_OK);
    const { bavail, bsize } = await statfs(folder);
    const free = bavail * bsize;
    if (free < NO_SPACE)
      return [
        bad('disk-full', `${dataDirectory} is full`, 'Free some space: until then, digests and answers are lost.'),
      ];
    const what = `${dataDirectory} can be written to, ${(free / 1e9).toFixed(1)} GB free`;
    if (free < LITTLE_SPACE) return [note('little-space', what, 'Free some space before the disk is full.')];
    return [good('folder', what)];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const remedy = 'Make the bot’s user the owner of the folder, or name another folder in DATA_DIR.';
    return [bad('folder-closed', `${dataDirectory} can’t be written to (${code})`, remedy)];
  }
}

/** The folder, or the nearest existing one above it: the first start creates what is missing. */
function firstThere(folder: string): string {
  return existsSync(folder) || dirname(folder) === folder ? folder : firstThere(dirname(folder));
}

async function examineDatabase(config: Config, now: number): Promise<Finding[]> {
  const url = composeDatabaseUrl(config);
  const file = /^sqlite:(?!:memory:)(.*)$/s.exec(url)?.[1];
  // Opening it would create it.
  if (file && !existsSync(file) && existsSync(dirname(file)))
    return [good('database', `${file} will be created when a platform is first connected`)];
  try {
    const store = await openStore(url);
    try {
      const { failed = 0, missed = 0, delivered = 0 } = await countDeliveries(store.db, now - DAY_MS);
      const what = `${store.kind}, ${delivered} digests delivered in the last day, ${failed} failed, ${missed} missed`;
      if (failed === 0) return [good('database', what)];
      return [
        note('failed-deliveries', what, 'The log says why. To see paused digests, run: npx briefing digest list'),
      ];
    } finally {
      await store.close();
    }
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [bad('database-unusable', error.what, error.remedy)];
  }
}

/** Whether backups can be made, and are. */
async function examineBackup({ backup }: Config, now: number): Promise<Finding[]> {
  if (!backup) return [];
  const { folder } = backup;
  try {
    await access(`${firstThere(folder)}/.`, constants.W_OK);
    const last = existsSync(folder) ? await lastBackup(folder) : undefined;
    if (last === undefined)
      return [note('no-backup', `${folder} holds no backup yet`, 'The running bot makes one within a few seconds.')];
    const days = Math.floor((now - last) / DAY_MS);
    const what = `the last one is ${days === 0 ? 'less than a day' : countNoun(days, 'day')} old`;
    if (days < OLD_BACKUP_DAYS) return [good('backup', what)];
    return [note('old-backup', what, 'If the bot runs, its log says why there is no newer one.')];
  } catch (error) {
    const remedy = 'Make the bot’s user the owner of the folder, or name another folder in BACKUP_DIR.';
    return [bad('backup-folder-closed', `${folder} can’t be written to (${reasonOf(error)})`, remedy)];
  }
}

async function examinePort({ host, accessToken, playground }: Config): Promise<Finding[]> {
  const { isLoopback } = await import('../adapters/web/loopback.ts');
  if (isLoopback(host)) return [good('port', `open to this machine only (${host})`)];
  if (accessToken) return [good('port', `open on ${host}; the page and metrics ask for ACCESS_TOKEN`)];
  if (!playground) return [];
  return [note('page-off', `HOST=${host}: the page and metrics stay off`, 'Set ACCESS_TOKEN to open them.')];
}

/** Whether the settings that post by themselves name a reachable channel and existing topics. */
function examineTargets({ platforms, digest, alertTarget, editors }: Config, library: Library | undefined): Finding[] {
  const open = new Set(platforms.filter(({ canPost }) => canPost).map(({ definition }) => definition.name));
  const targets = [
    ...digest.fixed.map((one) => ({ setting: 'DIGEST_CHANNELS', ...one })),
    ...(alertTarget ? [{ setting: 'ALERT_CHANNEL', topics: [], ...alertTarget }] : []),
    ...(editors ? [{ ...editors, setting: 'EDITORS_CHANNEL', topics: [] }] : []),
  ];
  return targets.flatMap(({ setting, platform, channel, topics }) => [
    ...(open.has(platform)
      ? []
      : [
          bad(
            'target-closed',
            `${setting}: the bot can't post to ${platform}:${channel}`,
            `Set ${platform} up, or remove the entry.`,
          ),
        ]),
    ...topics
      .filter((topic) => library && library.findAll(topic).length === 0)
      .map((topic) =>
        bad('unknown-topic', `${setting}: there is no topic ${topic}`, 'To see all topics, run: npx briefing topics'),
      ),
  ]);
}

async function examinePlatforms(
  { platforms }: Config,
  library: Library | undefined,
  now: () => number,
): Promise<Examined[]> {
  const covered = library && { library, commands: listAllCommands(library) };
  const found: Examined[] = [];
  let clockAheadMs: number | undefined;
  for (const { definition, isSetUp, diagnose } of platforms) {
    const { title, guide } = definition;
    if (!isSetUp) {
      found.push(...about(title, [note('not-set-up', 'it isn’t set up', `To set it up, follow ${guide}.`)]));
      continue;
    }
    const diagnosis = await diagnose({ covered, now });
    found.push(...about(title, diagnosis.findings));
    clockAheadMs ??= diagnosis.clockAheadMs;
  }
  return clockAheadMs === undefined ? found : [...found, ...about('clock', [examineClock(clockAheadMs)])];
}

/** `aheadMs`: by how much this machine's clock is ahead of a platform's. */
export function examineClock(aheadMs: number): Finding {
  if (Math.abs(aheadMs) <= CLOCK_TOLERANCE_MS) return good('clock', 'it is right');
  const seconds = Math.round(aheadMs / 1000);
  return bad(
    'clock-wrong',
    `it is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead' : 'behind'}`,
    'Signatures will be refused, and digests will come at the wrong time. Turn on automatic time: timedatectl set-ntp true',
  );
}
