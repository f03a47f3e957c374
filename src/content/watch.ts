import { watch } from 'chokidar';

/** How long a folder must be quiet, in milliseconds, before it is read again: editors save in several steps. */
const QUIET_MS = 50;

/**
 * Calls `changed` after files below `directory` were saved, added or removed; never again before the call before has
 * ended. Resolves once it watches, to a function that stops it.
 */
export async function watchContent(directory: string, changed: () => Promise<void>): Promise<() => Promise<void>> {
  const watcher = watch(directory, { ignoreInitial: true, ignored: /(^|[/\\])\.[^/\\]|~$/ });
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  watcher.on('all', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(changed);
    }, QUIET_MS);
  });
  await new Promise<void>((resolve) => watcher.once('ready', resolve));
  return async () => {
    clearTimeout(timer);
    await watcher.close();
    await running;
  };
}
