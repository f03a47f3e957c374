import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { type Config, loadConfig } from '../app/config.ts';
import { createLog } from '../app/log.ts';
import { UserError } from '../core/errors.ts';
import { currentTerminal } from './terminal.ts';

/** The settings. Relative folders are relative to the project, so the program runs from anywhere. Throws FaultySettings and UserError. */
export function readConfig(): Config {
  const home = resolve(import.meta.dirname, '../..');
  const config = loadConfig({ ...readEnvFile(join(home, '.env')), ...currentTerminal().env });
  return {
    ...config,
    contentDirectory: resolve(home, config.contentDirectory),
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
