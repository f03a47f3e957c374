import type { Command } from 'commander';
import { commandNames } from '../app/open-content.ts';
import { openSuggester } from '../app/open-suggester.ts';
import { loadContent } from '../content/load.ts';
import type { Topic } from '../core/article.ts';
import { UserError } from '../core/errors.ts';
import type { Library } from '../core/library.ts';
import { listQuestions, suggestOpen, suggestWordings } from '../editorial/suggest.ts';
import { openLog, readConfig } from './read-config.ts';
import { print } from './terminal.ts';

/** The command that suggests wordings. */
export function addSuggest(program: Command): void {
  program
    .command('suggest [name]')
    .description('suggest wordings for a claim, or for the claims of a topic, and what the topic leaves open')
    .option('--model', 'also ask the model that SELECTOR_URL names')
    .action(async (name: string | undefined, { model }: { model?: boolean }) => {
      const config = readConfig();
      const library = await loadContent(config.contentDirectory, commandNames);
      const remote = model ? openSuggester(config.models, () => library, openLog(config)) : undefined;
      if (model && !remote) throw new UserError('No model is set up', 'Set SELECTOR_URL and SELECTOR_MODEL.');
      const taken = listQuestions(library.topics);
      for (const { topic, claim } of choose(library, name)) {
        for (const one of topic.claims) {
          if (claim !== undefined && one.id !== claim) continue;
          const suggested = [...suggestWordings(one, topic, taken), ...((await remote?.(one, topic)) ?? [])];
          print([`${one.id}: ${one.text}`, ...[...new Set(suggested)].map((text) => `  - ${text}`)].join('\n'));
        }
        if (claim !== undefined) continue;
        const open = suggestOpen(topic, taken);
        if (open.length > 0) print([`${topic.slug} may leave open:`, ...open.map((text) => `  - ${text}`)].join('\n'));
      }
      print('These are suggestions. Add what fits to the wordings yourself.');
    });
}

/** The topics of this name, the topic of a claim of this id, or all topics. */
function choose(library: Library, name: string | undefined): { readonly topic: Topic; readonly claim?: string }[] {
  if (name === undefined) return library.topics.map((topic) => ({ topic }));
  const topics = library.findAll(name);
  if (topics.length > 0) return topics.map((topic) => ({ topic }));
  const found = library.topics.flatMap((topic) =>
    topic.claims.filter(({ id }) => id === name || id.endsWith(`/${name}`)).map(({ id }) => ({ topic, claim: id })),
  );
  if (found.length > 0) return found;
  throw new UserError(`There is no topic or claim ${name}`, 'npx briefing topics lists the topics.');
}
