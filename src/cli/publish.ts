import type { Command } from 'commander';
import { commandNames } from '../app/open-content.ts';
import { type Fault, formatFault } from '../content/fault.ts';
import { readContent } from '../content/read.ts';
import { UserError } from '../core/errors.ts';
import { ANY_REMARKS, HeldBack } from '../desk/check-writes.ts';
import { createFileWriter } from '../desk/files.ts';
import { endClaim, findFolder, type Publisher, setState } from '../desk/publish.ts';
import { readDesk } from '../desk/read-desk.ts';
import { recordAtTerminal } from './audit.ts';
import { readConfig } from './read-config.ts';
import { print } from './terminal.ts';

interface Typed {
  readonly draft?: boolean;
  readonly all?: boolean;
  readonly correct?: string;
  readonly withdraw?: boolean;
  readonly why?: string;
  readonly anyway?: boolean;
}

/** The editors' desk does the same with a button. */
export function addPublish(program: Command): void {
  program
    .command('publish [what]')
    .description(
      'publish an article, a topic (article/topic), or list what is a draft; correct or withdraw a claim (article/claim)',
    )
    .option('--all', 'with the article, all its topics')
    .option('--draft', 'make it a draft again')
    .option('--correct <text>', 'what the claim says now; readers are told --why')
    .option('--withdraw', 'take the claim back; readers are told --why')
    .option('--why <text>', 'what was wrong with the claim')
    .option('--anyway', 'even if the cited paragraphs lack a number, a name or a date of what readers would see')
    .action(async (what: string | undefined, typed: Typed) => {
      const { contentDirectory: directory } = readConfig();
      const publisher: Publisher = {
        directory,
        commands: commandNames,
        writer: createFileWriter(directory, recordAtTerminal),
      };
      const today = new Date().toISOString().slice(0, 10);
      if (what === undefined) return list(directory, today);
      const [article = '', part] = what.split('/');
      const { correct, withdraw = false, why = '', draft = false, all, anyway } = typed;
      if (correct !== undefined || withdraw) {
        if (!part) throw new UserError(`${what} isn't a claim`, 'Name one as article/claim.');
        const how = withdraw ? 'withdrawn' : 'corrected';
        const inSpiteOf = anyway ? ANY_REMARKS : undefined;
        await endClaim(publisher, { article, claim: part, how, why, text: correct, today, inSpiteOf }).catch(
          explain('corrected', 'correct'),
        );
        print(`${what} is ${how}. Readers are told why.`);
        return;
      }
      const insisting = anyway ? ANY_REMARKS : undefined;
      const faults = await setState(
        publisher,
        { article, topic: part, all },
        draft ? 'draft' : 'live',
        insisting,
      ).catch(explain('published', 'publish'));
      if (faults.length > 0) throw new UserError(`Not published:\n${faults.map(formatWanting).join('\n')}`);
      const waits = part !== undefined && (await isDraft(directory, article));
      const live = waits ? 'is ready: readers see it once the article is published' : 'is published';
      print(`${what} ${draft ? 'is a draft again' : live}.`);
    });
}

/** What is to be published can't be told to stay a draft. */
function formatWanting(fault: Fault): string {
  return formatFault(fault.code === 'placeholder' ? { ...fault, remedy: 'write it first' } : fault);
}

/** On the terminal, an editor insists with an option. */
function explain(done: string, act: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof HeldBack)) throw error;
    const remarks = error.remarks.map(formatFault).join('\n');
    throw new UserError(`Not ${done}:\n${remarks}\nFix that, or add --anyway to ${act} it all the same.`);
  };
}

async function isDraft(directory: string, article: string): Promise<boolean> {
  const { folders } = await readContent(directory);
  return findFolder(folders, article)?.article.draft ?? false;
}

async function list(directory: string, today: string): Promise<void> {
  const { articles } = await readDesk(directory, commandNames, today);
  for (const { slug, state, topics } of articles) {
    print(`${state.padEnd(6)} ${slug}`);
    for (const topic of topics) print(`${topic.state.padEnd(6)} ${slug}/${topic.slug}`);
  }
}
