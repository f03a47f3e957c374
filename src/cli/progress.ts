import { SingleBar } from 'cli-progress';

/** A bar on standard error for long work; nothing is drawn if that isn't a terminal. */
export interface Progress {
  /** One more, or `count` more, of the total are done. */
  advance(count?: number): void;
  stop(): void;
}

/** Shows how far work on `total` things has come; `what` names them, such as `questions`. */
export function showProgress(what: string, total: number): Progress {
  const bar = new SingleBar({
    format: `{bar} {value}/{total} ${what}, {eta_formatted} left`,
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    noTTYOutput: false,
  });
  bar.start(total, 0);
  return { advance: (count = 1) => bar.increment(count), stop: () => bar.stop() };
}
