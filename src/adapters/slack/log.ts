import { type Logger, LogLevel } from '@slack/bolt';
import { hideQuoted } from '../../core/describe-error.ts';

/** The part of a logger that the adapter needs; pino's fits. */
export interface SlackLog {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

/** Slack's libraries log into ours: their warnings and errors, without what they say in passing. */
export function createSlackLogger(log: SlackLog): Logger {
  const words = (parts: unknown[]) =>
    hideQuoted(parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' '));
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...parts) => log.warn({ library: 'slack' }, words(parts)),
    error: (...parts) => log.error({ library: 'slack' }, words(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}
