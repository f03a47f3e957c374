import { Command } from 'commander';
import { description, version } from '../app/version.ts';
import { reasonOf, UserError } from '../core/errors.ts';
import { platforms } from '../platforms.ts';
import { COMMAND_FILES } from './command-files.ts';

const program = new Command('briefing').description(description).version(version).showHelpAfterError();
const asked = COMMAND_FILES.filter(({ names }) => names.includes(process.argv[2] ?? ''));
for (const { load } of asked.length > 0 ? asked : COMMAND_FILES) (await load())(program);

const NO_NETWORK = new Set(['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EHOSTUNREACH']);

/** The URL of the project's own folder, as stack traces write it. */
const ROOT = new URL('../../', import.meta.url).href;

/** What is wrong and what to do. For a bug in the program itself, where it is. */
async function explain(error: unknown): Promise<string> {
  if (error instanceof UserError) return error.message;
  for (const { explainError } of platforms) {
    const remedy = await explainError(error);
    if (remedy) return remedy;
  }
  const reason = reasonOf(error);
  if (NO_NETWORK.has(reason))
    return `That address can't be reached (${reason}). Check this machine’s network and proxy.`;
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  const [place] = stack.split(ROOT).flatMap((rest) => /^(?:src|commands)\/[\w/.-]+:\d+/.exec(rest)?.[0] ?? []);
  return `${message}\nThis is a bug in the program${place ? `, at ${place}` : ''}. Please report it with the command you typed.`;
}

// Whoever reads the output may stop early, as in `briefing topics | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

try {
  await program.parseAsync();
} catch (error) {
  process.stderr.write(`${await explain(error)}\n`);
  process.exitCode = 1;
}
