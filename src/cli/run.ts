import { Command, CommanderError } from 'commander';
import { description, version } from '../app/version.ts';
import { reasonOf, UserError } from '../core/errors.ts';
import { platforms } from '../platforms.ts';
import { COMMAND_FILES } from './command-files.ts';
import { markFailed, printAside, type Terminal, withTerminal } from './terminal.ts';

const NO_NETWORK = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH']);

/** The URL of the project's own folder, as stack traces write it. */
const ROOT = new URL('../../', import.meta.url).href;

/** Runs the program once with these arguments. Never rejects: what is wrong is printed, and `terminal.exitCode` is then 1. */
export function run(args: readonly string[], terminal: Terminal): Promise<void> {
  return withTerminal(terminal, async () => {
    try {
      await (await createProgram(args, terminal)).parseAsync(args, { from: 'user' });
    } catch (error) {
      // Commander has printed the help or what is wrong with the arguments by itself.
      if (error instanceof CommanderError) terminal.exitCode = error.exitCode;
      else {
        printAside(await explain(error));
        markFailed();
      }
    }
  });
}

async function createProgram([name = '']: readonly string[], { stdout, stderr }: Terminal): Promise<Command> {
  const program = new Command('briefing')
    .description(description)
    .version(version)
    .showHelpAfterError()
    .exitOverride()
    .configureOutput({ writeOut: (text) => stdout.write(text), writeErr: (text) => stderr.write(text) });
  const asked = COMMAND_FILES.filter(({ names }) => names.includes(name));
  for (const { load } of asked.length > 0 ? asked : COMMAND_FILES) (await load())(program);
  return program;
}

/** The host or address that could not be reached, as Node's errors name it; undefined if this one does not. */
export function hostOf(error: unknown): string | undefined {
  const { cause, hostname, address, port, url } = (error ?? {}) as Record<string, unknown>;
  if (typeof hostname === 'string') return hostname;
  if (typeof address === 'string') return port === undefined ? address : `${address}:${port}`;
  if (cause) return hostOf(cause);
  return typeof url === 'string' ? URL.parse(url)?.host : undefined;
}

/** What is wrong and what to do. For a bug in the program itself, where it is. */
async function explain(error: unknown): Promise<string> {
  if (error instanceof UserError) return error.message;
  for (const { explainError } of platforms) {
    const remedy = await explainError(error);
    if (remedy) return remedy;
  }
  const reason = reasonOf(error);
  if (NO_NETWORK.has(reason))
    return `${hostOf(error) ?? 'That address'} can't be reached (${reason}). Check this machine’s network and proxy.`;
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  const [place] = stack.split(ROOT).flatMap((rest) => /^(?:src|commands)\/[\w/.-]+:\d+/.exec(rest)?.[0] ?? []);
  return `${message}\nThis is a bug in the program${place ? `, at ${place}` : ''}. Please report it with the command you typed.`;
}
