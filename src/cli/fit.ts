import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { examplesOf, measureArticles } from '../app/measure-articles.ts';
import { countNoun } from '../core/count.ts';
import { UserError } from '../core/errors.ts';
import { RULING_OUT } from '../search/decide/features.ts';
import type { Weights } from '../search/decide/weights.ts';
import { aboutExamples } from '../search/fit/examples.ts';
import { fitLogistic } from '../search/fit/logistic-regression.ts';
import { type Semantics, startSemantics } from '../search/semantic.ts';
import { showProgress } from './progress.ts';
import { readConfig } from './read-config.ts';
import { print } from './terminal.ts';

/** Where the search reads its weights. */
const OWN_WEIGHTS = fileURLToPath(new URL('../search/decide/weights.json', import.meta.url));

export function addFit(program: Command): void {
  program
    .command('fit <file...>')
    .description('fit the weights by which /ask decides, on question sets named after their articles, and write them')
    .option('--content <folder...>', 'folders of the articles; CONTENT_DIR if left out')
    .option('--out <file>', 'the file to write', OWN_WEIGHTS)
    .action(async (files: string[], { content, out }: { content?: string[]; out: string }) => {
      const config = readConfig();
      const progress = showProgress('sets', 2 * files.length);
      const fit = async (open: (slug: string) => Semantics | undefined): Promise<Weights> => {
        const folders = content ?? [config.contentDirectory];
        const articles = await measureArticles(folders, files, open, () => progress.advance());
        return {
          answer: fitLogistic(examplesOf(articles), RULING_OUT),
          about: fitLogistic(articles.flatMap(({ own, written }) => aboutExamples([...own, ...written]))),
        };
      };
      // A cache of the bot's own holds its own content alone.
      const cacheOf = (slug: string) => join(config.dataDirectory, 'fit', `${slug}.bin`);
      try {
        const semantic = await fit((slug) => startSemantics(cacheOf(slug)));
        const weights = { semantic, lexical: await fit(() => undefined) };
        await writeFile(out, `${JSON.stringify(weights, null, 2)}\n`).catch((error: Error) => {
          throw new UserError(`${out} can't be written (${error.message}); name another file with --out`);
        });
      } finally {
        progress.stop();
      }
      print(`Fitted the weights on ${countNoun(files.length, 'question set')} and wrote ${relative('.', out)}.`);
    });
}
