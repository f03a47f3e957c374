import type { Hono } from 'hono';
import { listCommands } from '../../commands/index.ts';
import { createGuard } from '../adapters/web/guard.ts';
import { isLoopback } from '../adapters/web/loopback.ts';
import type { Audit, Author } from '../core/audit.ts';
import { type Bot, createBot, type Log } from '../core/bot.ts';
import { formatDue } from '../core/date.ts';
import type { Digests, Subscription } from '../core/digests.ts';
import type { Library } from '../core/library.ts';
import type { MissedQuestions } from '../core/missed.ts';
import type { Search } from '../core/search.ts';
import { createDesk } from '../desk/create-desk.ts';
import type { DeskDigests, DeskOptions, Trial } from '../desk/desk-options.ts';
import { composeDigest } from '../digest/compose-digest.ts';
import { takeTurn } from '../digest/turn.ts';
import { ignoreSource } from '../import/ignore-source.ts';
import type { Imported } from '../import/import-article.ts';
import { createSearch } from '../search/search.ts';
import type { Semantics } from '../search/semantic.ts';
import type { Database } from '../store/open-store.ts';
import { listAll } from '../store/subscriptions.ts';
import type { Config } from './config.ts';
import { createGate } from './gate.ts';
import { measureEffect } from './measure-effect.ts';
import { commandNames } from './open-content.ts';
import { openSides } from './open-sides.ts';

/** Per address: a form is checked while somebody types. */
const REQUESTS_PER_MINUTE = 600;

export interface DeskParts {
  /** The bot that readers ask. */
  readonly bot: Bot;
  readonly semantics: Semantics | undefined;
  readonly digests: DeskDigests | undefined;
  readonly missed: MissedQuestions | undefined;
  readonly audit: Audit | undefined;
  /** Wordings that a language model suggests; absent if none is set. */
  readonly suggestRemote?: DeskOptions['suggestRemote'];
  readonly now: () => number;
  readonly log: Log & { warn(details: object, message: string): void };
}

/** Whether the settings let editors in, and nobody else. */
export function mayOpenDesk({ desk, host, editorToken, accessToken, publicUrl }: Config): boolean {
  // To the bot, requests of a proxy on the same machine look like the editor's own.
  const isAlone = isLoopback(host) && !accessToken && !publicUrl;
  return desk && (editorToken !== undefined || isAlone);
}

/** The editors' desk on the bot's port; undefined if the settings turn it off or leave it open to everybody. */
export async function openDesk(config: Config, parts: DeskParts): Promise<Hono | undefined> {
  const { editorToken, publicUrl, platforms } = config;
  if (!config.desk) return undefined;
  if (!mayOpenDesk(config)) {
    parts.log.warn({}, 'other machines may reach the port: the editors’ desk stays off until EDITOR_TOKEN is set');
    return undefined;
  }
  const sides = await openSides(platforms, parts.bot);
  return createDesk({
    directory: config.contentDirectory,
    commands: commandNames,
    guard: createGuard(
      editorToken
        ? {
            from: 'anywhere',
            token: editorToken,
            kept: { setting: 'EDITOR_TOKEN', cookie: 'briefing-editor', path: '/desk' },
          }
        : { from: 'here' },
    ),
    gate: createGate(REQUESTS_PER_MINUTE),
    measure: (before, after, questions) => measureEffect(before, after, questions, parts.semantics),
    open: (library) => openTrial(library, config, parts),
    composeDigest: (topic) => composeDigest(topic, takeTurn(topic).claims),
    importArticle: (source, options) => importInto(source, options, config, parts.now()),
    publicUrl,
    record: (change) => parts.audit?.record({ ...change, ...deskAuthor(config) }),
    sideStyles: sides.map(({ preview }) => preview.style),
    look: new URL('../adapters/web/page/look.css', import.meta.url),
    ...parts,
  });
}

/** As the terminal brings an article, by the same limits. Its libraries take a while to load, and nothing else needs them. */
async function importInto(
  ...[source, options, config, now]: [...Parameters<DeskOptions['importArticle']>, config: Config, now: number]
): Promise<Imported> {
  const { importArticle } = await import('../import/import-article.ts');
  const { contentDirectory: directory, importNetworks: networks } = config;
  const imported = await importArticle(directory, source, commandNames, { ...options, networks, now });
  await ignoreSource(directory, imported.folder);
  return imported;
}

/** A bot on a library that nobody has published. Its search is made once somebody asks. */
async function openTrial(library: Library, config: Config, { semantics, log }: DeskParts): Promise<Trial> {
  const commands = listCommands(library);
  let opening: Promise<Search> | undefined;
  let opened: Search | undefined;
  const open = async (): Promise<Search> => {
    opened = await createSearch(library, commands, { semantics });
    await opened.ready;
    return opened;
  };
  const search: Search = {
    async ask(...args) {
      opening ??= open();
      return (await opening).ask(...args);
    },
    names: (...args) => opened?.names(...args) ?? [],
    ready: Promise.resolve(),
    close: () => void opening?.then((one) => one.close()),
  };
  const bot = createBot({ library, commands, search }, log);
  return { bot, search, sides: await openSides(config.platforms, bot), close: search.close };
}

/** Who changes something at the desk: whoever has its token. */
export function deskAuthor({ editorToken }: Pick<Config, 'editorToken'>): Author {
  return { platform: 'desk', user: editorToken ? 'EDITOR_TOKEN' : '' };
}

/** The digests that people subscribed to, each of which can be sent now. */
export function openDeskDigests(db: Database, digests: Digests, by: Author): DeskDigests {
  const active = async () => (await listAll(db)).filter(({ state }) => state === 'active');
  return {
    list: async () => (await active()).map((one) => ({ id: one.id, what: describe(one) })),
    async send(id) {
      const found = (await active()).find((one) => one.id === id);
      return found ? digests.sendNow(found, by) : false;
    },
  };
}

function describe({ platform, channel, topics, days, time, zone, nextDue }: Subscription): string {
  const what = topics.length > 0 ? topics.join(', ') : 'all topics';
  const next = nextDue === undefined ? '' : `; next ${formatDue(nextDue, zone)}`;
  return `${platform}:${channel}, ${what}, ${days} at ${time} ${zone}${next}`;
}
