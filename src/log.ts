import { type Logger, pino } from 'pino';
import { PinoPretty } from 'pino-pretty';

/** A structured log on standard error: lines for people on a terminal, JSON elsewhere. */
export function createLog(level: string, terminal: boolean): Logger {
  const options = { level, base: null, redact: ['*.token', '*.headers.authorization'] };
  if (!terminal) return pino(options, pino.destination({ fd: 2, sync: true }));
  return pino(
    options,
    PinoPretty({ destination: 2, sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' }),
  );
}
