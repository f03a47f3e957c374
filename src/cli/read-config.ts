import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { type Config, loadConfig } from '../app/config.ts';
import { createLog } from '../app/log.ts';
import { UserError } from '../core/errors.ts';
import { currentTerminal } from './terminal.ts';

/** The folder of the repository, or of the installed package. */
const OWN = resolve(import.meta.dirname, '../..');
/** The package holds compiled code. */
const IS_PACKAGE = import.meta.filename.endsWith('.js');

/**
 * The settings. In the repository, `.env` and relative folders are the repository's own, so the program runs from anywhere. An
 * installed package belongs to its installer, so there they are those of the folder in which the program is run. Throws
 * FaultySettings and UserError. Those `without` are left at their presets.
 */
export function readConfig(without: readonly string[] = []): Config {
  const home = IS_PACKAGE ? process.cwd() : OWN;
  const written = readEnvFile(join(home, '.env'));
  const env = { ...written, ...currentTerminal().env };
  for (const name of without) delete env[name];
  const config = loadConfig(env, undefined, new Set(Object.keys(written)));
  // Without any content of its own, the package answers from the demo's.
  const isDemo = IS_PACKAGE && !env.CONTENT_DIR?.trim() && !existsSync(join(home, config.contentDirectory));
  return {
    ...config,
    contentDirectory: resolve(isDemo ? OWN : home, config.contentDirectory),
    dataDirectory: resolve(home, config.dataDirectory),
    backup: config.backup && { ...config.backup, folder: resolve(home, config.backup.folder) },
    databaseUrl: config.databaseUrl?.replace(
      /^sqlite:(?!:memory:)(.*)$/s,
      (_, path) => `sqlite:${resolve(home, path)}`,
    ),
  };
}

/** The settings in a file; none if there is no file. Throws UserError if it cannot be read. */
function readEnvFile(path: string): NodeJS.Dict<string> {
  try {
    return parseEnv(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return {};
    throw new UserError(`${path} can't be read (${code})`, 'Correct its permissions, or delete it.');
  }
}

export function openLog(config: Config) {
  const { stderr } = currentTerminal();
  return createLog(
    config.logLevel,
    stderr.isTTY ?? false,
    config.secrets,
    stderr.fd === undefined ? stderr : undefined,
  );
}
