import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { commandNames } from '../app/open-content.ts';
import { ARTICLES, checkNewRepository, composeRepository, writeRepository } from '../content/new-repository.ts';
import { countNoun } from '../core/count.ts';
import { UserError } from '../core/errors.ts';
import { APART, type Apart } from '../import/blocks.ts';
import { ignoreSource } from '../import/ignore-source.ts';
import type { Imported, ImportOptions } from '../import/import-article.ts';
import { readConfig } from './read-config.ts';
import { print } from './terminal.ts';

const SOURCE = '.html, .md, .txt, .pdf or .docx, or an address on the web';

export function addImport(program: Command): void {
  program
    .command('init [folder]')
    .description('begin a content repository of your own, apart from the bot')
    .option('--import <source>', `a first article: ${SOURCE}`)
    .option('--image <name>', 'the bot’s container image, with which its content is checked on GitHub')
    .action(async (folder = '.', { import: source, image }: { import?: string; image?: string }) => {
      const home = resolve(folder);
      const articles = join(home, ARTICLES);
      const files = await composeRepository(image);
      await checkNewRepository(home, files);
      // First what may fail: then nothing is left behind.
      const imported = source ? await importInto(articles, source) : undefined;
      await writeRepository(home, files);
      print(
        [
          `${home} is now a content repository:`,
          ...Object.keys(files).map((path) => `  ${path}`),
          ...(imported ? describe(imported) : []),
          'Next:',
          `  1. Write CONTENT_DIR=${articles} into the bot's .env`,
          imported
            ? '  2. Put the claims into your own words, and check them with: npx briefing lint'
            : '  2. Bring an article, with: npx briefing import FILE-OR-ADDRESS',
          `  3. Keep it in git, with: git -C ${home} init`,
          ...(image ? [] : ['  4. On GitHub, set the variable BRIEFING_IMAGE to the bot’s container image']),
        ].join('\n'),
      );
    });

  program
    .command('import <source>')
    .description(`turn an article into drafts for an editor to word: ${SOURCE}`)
    .option('--name <folder>', 'the name of its folder; made from the title if left out')
    .option('--count <pieces>', `count these as paragraphs, too, with commas between them: ${APART.join(', ')}`)
    .action(async (source: string, { name, count }: { name?: string; count?: string }) => {
      const { contentDirectory } = readConfig();
      const imported = await importInto(contentDirectory, source, { name, counted: readCounted(count) });
      const ignored = await ignoreSource(contentDirectory, imported.folder);
      print(
        [
          ...describe(imported),
          ...(ignored ? [ignored] : []),
          'paragraphs.md holds the source. Put the claims into your own words. Then remove "draft: true" from each topic, and last from article.yaml.',
          'Until then, the bot does not use it in answers. To check it, run: npx briefing lint',
        ].join('\n'),
      );
    });
}

function readCounted(list = ''): Apart[] {
  const names = list
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  return names.map((name) => {
    const known = APART.find((one) => one === name);
    if (known) return known;
    throw new UserError(`--count doesn't know "${name}"`, `Write one or more of: ${APART.join(', ')}`);
  });
}

async function importInto(directory: string, source: string, options: ImportOptions = {}): Promise<Imported> {
  // Its libraries take a while to load, and nothing else needs them.
  const { importArticle } = await import('../import/import-article.ts');
  return importArticle(directory, source, commandNames, { ...options, networks: readConfig().importNetworks });
}

/** What an import made, in lines. */
function describe({ folder, title, files, paragraphs, apart, warning }: Imported): string[] {
  const topics = files.filter((path) => path.startsWith('topics/')).length;
  const roles = [...Map.groupBy(apart, (role) => role)].map(([role, { length }]) => `${role} (${length})`);
  return [
    `“${title}” is now a draft of ${countNoun(topics, 'topic')} in ${folder}:`,
    ...files.map((path) => `  ${path}`),
    `It has ${countNoun(paragraphs, 'paragraph')}.${roles.length > 0 ? ` Set apart and not numbered: ${roles.join(', ')}.` : ''}`,
    ...(warning ? [warning] : []),
  ];
}
