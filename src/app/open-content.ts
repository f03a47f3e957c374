import { existsSync } from 'node:fs';
import { listCommands, reservedNames } from '../../commands/index.ts';
import { FaultyContent } from '../content/fault.ts';
import { loadContent } from '../content/load.ts';
import type { Content, Log } from '../core/bot.ts';
import { UserError } from '../core/errors.ts';
import { createLibrary } from '../core/library.ts';
import { createSearch } from '../search/search.ts';
import { createSelectingSearch } from '../search/select/selecting-search.ts';
import type { OnReading, Semantics } from '../search/semantic.ts';
import type { Config } from './config.ts';
import { type OpenModels, openModels } from './open-models.ts';

/** Names that no topic may take. */
export const commandNames = reservedNames;

/** What to do if the folder of the content isn't there. */
export const NO_CONTENT_FOLDER = 'Correct CONTENT_DIR, or make the folder with: npx briefing init';

/** Every command that a bot on this library has. */
export const listAllCommands = listCommands;

export type ContentConfig = Pick<Config, 'contentDirectory' | 'dataDirectory' | 'semanticSearch'> &
  Partial<Pick<Config, 'models'>>;
export type ContentLog = Log & { warn(details: object, message: string): void };

/** How content is opened. */
export interface OpenOptions {
  readonly mayBeEmpty?: boolean;
  readonly onReading?: OnReading | undefined;
}

/** The content that the settings name. */
export interface OpenContent {
  /** The content as it was last read. */
  readonly content: Content;
  /** Absent if it is searched by words alone. */
  readonly semantics: Semantics | undefined;
  /** Reads it again and passes it to `use`. If it throws FaultyContent, nothing has changed. */
  reload(use: (content: Content) => void): Promise<void>;
  close(): Promise<void>;
}

/**
 * Reads the content that the settings name; with `mayBeEmpty`, a folder without any article is read as empty for a start. Throws
 * FaultyContent, and UserError if there is no such folder.
 */
export async function openContent(
  config: ContentConfig,
  log: ContentLog,
  { mayBeEmpty = false, onReading }: OpenOptions = {},
): Promise<OpenContent> {
  if (!existsSync(config.contentDirectory))
    throw new UserError(`${config.contentDirectory} doesn't exist`, NO_CONTENT_FOLDER);
  const models = openModels(config, log, onReading);
  let content = await readContent(config, models, mayBeEmpty ? log : undefined);
  return {
    get content() {
      return content;
    },
    semantics: models.semantics,
    async reload(use) {
      const next = await readContent(config, models);
      use(next);
      content.search.close();
      content = next;
    },
    close: models.close,
  };
}

async function readContent(config: ContentConfig, models: OpenModels, empty?: ContentLog): Promise<Content> {
  const { contentDirectory: directory } = config;
  const library = await loadContent(directory, commandNames).catch((error: unknown) => {
    const isEmpty = error instanceof FaultyContent && error.faults.every(({ code }) => code === 'no-article');
    if (!empty || !isEmpty) throw error;
    empty.warn({ directory }, 'there is no article yet; bring one in the desk or with "briefing import"');
    return createLibrary([], []);
  });
  const commands = listCommands(library);
  const { semantics, selector, onFailure } = models;
  const own = await createSearch(library, commands, { semantics, onFailure });
  return { library, commands, search: selector ? createSelectingSearch(own, library, selector) : own };
}
