import { Command } from 'commander';
import { description, version } from '../app/version.ts';
import { reasonOf, UserError } from '../core/errors.ts';
import { platforms } from '../platforms.ts';
import { addAsk } from './ask.ts';
import { addContent } from './content.ts';
import { addDatabase } from './database.ts';
import { addDigest } from './digest.ts';
import { addDoctor } from './doctor.ts';
import { addFit } from './fit.ts';
import { addGaps } from './gaps.ts';
import { addImport } from './import.ts';
import { addPrograms } from './programs.ts';
import { addPublish } from './publish.ts';
import { addStart } from './start.ts';
import { addSuggest } from './suggest.ts';

const program = new Command('briefing').description(description).version(version).showHelpAfterError();
const adders = [
  addStart,
  addAsk,
  addGaps,
  addSuggest,
  addContent,
  addImport,
  addPublish,
  addPrograms,
  addDigest,
  addDatabase,
  addDoctor,
  addFit,
];
for (const add of adders) add(program);

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
