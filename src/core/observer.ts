import type { Outcome } from './reply.ts';
import type { ShownHow } from './uses.ts';

/** A question while it is being answered. */
export interface Answering {
  /** The same in the log, in the trace and, if it goes wrong, in the reply. */
  readonly request: string;
  /** The adapter's name; `page` if nobody is known. */
  readonly platform: string;
  /** A command's name; `unknown` if it isn't a command. */
  readonly command: string;
}

/** A digest while it is being delivered. */
export interface DeliveryUnderWay {
  readonly platform: string;
  readonly subscription: string;
  /** Milliseconds since 1970. */
  readonly due: number;
}

/** What came of one attempt at a delivery. */
export type DeliveryOutcome = 'delivered' | 'retry' | 'failed' | 'missed' | 'unsure' | 'taken' | 'crashed';

/** Hears what the bot does, to count, trace and report it. None of its methods throws. */
export interface Observer {
  /** A question came. The function returned is called with the outcome. */
  answering?(answering: Answering): (outcome: Outcome) => void;
  /** A delivery begins. The function returned is called with the outcome, and how late it was in milliseconds. */
  delivering?(delivery: DeliveryUnderWay): (outcome: DeliveryOutcome, lateMs: number) => void;
  /** A message waited this many milliseconds for its platform's rate limit. */
  waited?(platform: string, ms: number): void;
  /** A platform asked for a pause. */
  limited?(platform: string): void;
  /** A platform failed and is started again. */
  restarted?(platform: string): void;
  /** An error that nobody caught and that came from no platform; the process stops. */
  crashed?(): void;
  /** Something blocked the event loop for this many milliseconds. */
  held?(ms: number): void;
  /** So many claims were shown to readers. */
  shown?(how: ShownHow, count: number): void;
  /** The last good backup of the database is from then, in milliseconds since 1970. */
  backedUp?(at: number): void;
  /** The database could not be backed up. */
  backupFailed?(): void;
}

/** One observer that passes everything on to all of these. */
export function joinObservers(observers: readonly Observer[]): Required<Observer> {
  return {
    answering(answering) {
      const ends = observers.flatMap((one) => one.answering?.(answering) ?? []);
      return (outcome) => {
        for (const end of ends) end(outcome);
      };
    },
    delivering(delivering) {
      const ends = observers.flatMap((one) => one.delivering?.(delivering) ?? []);
      return (outcome, lateMs) => {
        for (const end of ends) end(outcome, lateMs);
      };
    },
    waited(platform, ms) {
      for (const one of observers) one.waited?.(platform, ms);
    },
    limited(platform) {
      for (const one of observers) one.limited?.(platform);
    },
    restarted(platform) {
      for (const one of observers) one.restarted?.(platform);
    },
    crashed() {
      for (const one of observers) one.crashed?.();
    },
    held(ms) {
      for (const one of observers) one.held?.(ms);
    },
    shown(how, count) {
      for (const one of observers) one.shown?.(how, count);
    },
    backedUp(at) {
      for (const one of observers) one.backedUp?.(at);
    },
    backupFailed() {
      for (const one of observers) one.backupFailed?.();
    },
  };
}
