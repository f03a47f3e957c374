import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino';
import { PinoPretty } from 'pino-pretty';
import { describeError } from '../core/describe-error.ts';

/**
 * A structured log on standard error: readable lines on a terminal, JSON elsewhere. No secret appears in it, wherever a
 * library may have put one. Of an error, it holds only what `describeError` lets through.
 */
export function createLog(
  level: string,
  terminal: boolean,
  secrets: readonly string[] = [],
  destination: DestinationStream | undefined = pino.destination({ fd: 2, sync: true }),
): Logger {
  const hidden = secrets.map((secret) => JSON.stringify(secret).slice(1, -1));
  const hideSecrets = (line: string) => hidden.reduce((text, secret) => text.replaceAll(secret, '[secret]'), line);
  const options: LoggerOptions = {
    level,
    base: null,
    serializers: { err: (error) => describeError(error) },
    hooks: { streamWrite: hideSecrets },
  };
  if (!terminal) return pino(options, destination);
  return pino(options, PinoPretty({ destination, sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' }));
}
