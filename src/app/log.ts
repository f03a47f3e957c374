import { type Logger, type LoggerOptions, pino } from 'pino';
import { PinoPretty } from 'pino-pretty';

/**
 * A structured log on standard error: lines for people on a terminal, JSON elsewhere. None of the secrets appears in it,
 * wherever a library may have put one.
 */
export function createLog(level: string, terminal: boolean, secrets: readonly string[] = []): Logger {
  const hidden = secrets.map((secret) => JSON.stringify(secret).slice(1, -1));
  const hideSecrets = (line: string) => hidden.reduce((text, secret) => text.replaceAll(secret, '[secret]'), line);
  const options: LoggerOptions = { level, base: null, hooks: { streamWrite: hideSecrets } };
  if (!terminal) return pino(options, pino.destination({ fd: 2, sync: true }));
  return pino(
    options,
    PinoPretty({ destination: 2, sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' }),
  );
}
