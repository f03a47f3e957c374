import { SingleBar } from 'cli-progress';
import { currentTerminal } from './terminal.ts';

/** A progress bar on standard error. Draws nothing if that isn't a terminal. */
export interface Progress {
  /** Moves on by one, or by `count`. */
  advance(count?: number): void;
  stop(): void;
}

/** Shows progress through `total` things; `what` names them, such as `questions`. */
export function showProgress(what: string, total: number): Progress {
  const bar = new SingleBar({
    format: `{bar} {value}/{total} ${what}, {eta_formatted} left`,
    stream: currentTerminal().stderr as NodeJS.WriteStream,
    hideCursor: true,
    clearOnComplete: true,
    noTTYOutput: false,
  });
  bar.start(total, 0);
  return { advance: (count = 1) => bar.increment(count), stop: () => bar.stop() };
}
