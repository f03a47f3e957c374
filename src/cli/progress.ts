import { SingleBar } from 'cli-progress';
import type { OnReading } from '../search/semantic.ts';
import { currentTerminal, printAside } from './terminal.ts';

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

/** Fewer wordings than this take a few seconds to read, and nobody is told. */
const WORTH_TELLING = 500;

/** Says on standard error that the model reads wordings for the first time, and how far it has come. */
export function showReading(): { readonly onReading: OnReading; stop(): void } {
  let bar: Progress | undefined;
  let shown = 0;
  return {
    onReading({ done, total }) {
      if (total < WORTH_TELLING) return;
      if (!bar) {
        printAside(`Reading ${total.toLocaleString('en')} wordings, once. It takes about a minute.`);
        bar = showProgress('wordings', total);
      }
      bar.advance(done - shown);
      shown = done;
    },
    stop: () => bar?.stop(),
  };
}
