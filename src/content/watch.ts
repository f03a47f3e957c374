import { lstat, readlink, realpath } from 'node:fs/promises';
import { dirname, join, parse, relative, resolve } from 'node:path';
import { type FSWatcher, watch } from 'chokidar';

/** How long a folder must be quiet, in milliseconds, before it is read again: editors save in several steps. */
const QUIET_MS = 50;

/**
 * Calls `changed` after files below `directory` were saved, added or removed, and after a link on the way to it or below
 * it was pointed elsewhere, as git-sync and Kubernetes do; never again before the last call has ended. Resolves once it
 * watches, to a function that stops it.
 */
export async function watchContent(directory: string, changed: () => Promise<void>): Promise<() => Promise<void>> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let moved = false;
  let running = Promise.resolve();
  const notice = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(stopped ? undefined : catchUp);
    }, QUIET_MS);
  };
  const catchUp = async () => {
    if (moved) {
      moved = false;
      await watchers.close();
      watchers = await open(directory, notice, noticeMove);
    }
    await changed();
  };
  const noticeMove = () => {
    moved = true;
    notice();
  };
  let watchers = await open(directory, notice, noticeMove);
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await running;
    await watchers.close();
  };
}

/** Watches what is below the folder that `directory` leads to now, and the links that lead there. */
async function open(directory: string, onChange: () => void, onMove: () => void): Promise<{ close(): Promise<void> }> {
  const real = await realpath(directory).catch(() => undefined);
  const links = await listLinks(resolve(directory));
  const watchers: FSWatcher[] = [];
  if (links.length > 0) {
    // Each link by itself: chokidar follows links below a folder that it watches, not that folder's own.
    watchers.push(watch([...links], { ignoreInitial: true, followSymlinks: false, depth: 0 }).on('all', onMove));
  }
  if (real !== undefined) {
    // Kubernetes swaps files through a hidden link called ..data.
    const ignored = (path: string) => /(^|[/\\])\.[^/\\.]|~$/.test(relative(real, path));
    watchers.push(watch(real, { ignoreInitial: true, ignored }).on('all', onChange));
  }
  await Promise.all(watchers.map((watcher) => new Promise<void>((ready) => watcher.once('ready', ready))));
  if ((await realpath(directory).catch(() => undefined)) !== real) onMove();
  return { close: async () => void (await Promise.all(watchers.map((watcher) => watcher.close()))) };
}

/** Deeper links form a circle. */
const MOST_LINKS = 40;

/** All links on the way to a path, also those on the way to where a link leads. */
async function listLinks(path: string, known: readonly string[] = []): Promise<readonly string[]> {
  const { root } = parse(path);
  const parts = relative(root, path).split(/[/\\]/);
  for (const index of parts.keys()) {
    const here = join(root, ...parts.slice(0, index + 1));
    const found = await lstat(here).catch(() => undefined);
    if (!found) return known;
    if (!found.isSymbolicLink() || known.length >= MOST_LINKS) continue;
    const target = resolve(dirname(here), await readlink(here), ...parts.slice(index + 1));
    return listLinks(target, [...known, here]);
  }
  return known;
}
