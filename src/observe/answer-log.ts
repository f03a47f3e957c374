import type { Observer } from '../core/observer.ts';

/** One line for each answer and each attempt at a delivery, at the level `debug`: what was asked is not in it. */
export function createAnswerLog(log: { debug(details: object, message: string): void }): Observer {
  return {
    answering(answering) {
      const start = performance.now();
      return (outcome) => {
        log.debug({ ...answering, outcome, ms: Math.round((performance.now() - start) * 100) / 100 }, 'answered');
      };
    },
    delivering: (delivering) => (outcome, lateMs) =>
      log.debug({ ...delivering, outcome, lateMs }, 'a delivery was attempted'),
  };
}
