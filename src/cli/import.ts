import type { Command } from 'commander';
import { commandNames } from '../app/open-content.ts';
import { countNoun } from '../core/count.ts';
import type { Imported } from '../import/import-article.ts';
import { readConfig } from './read-config.ts';
import { print } from './terminal.ts';

export function addImport(program: Command): void {
  program
    .command('import <source>')
    .description(
      'turn an article (.html, .md, .txt, .pdf, .docx or an address on the web) into drafts for an editor to word',
    )
    .option('--name <folder>', 'the name of its folder; made from the title if left out')
    .action(async (source: string, { name }: { name?: string }) => {
      const { contentDirectory, importNetworks } = readConfig();
      const { importArticle } = await import('../import/import-article.ts');
      const imported = await importArticle(contentDirectory, source, commandNames, { name, networks: importNetworks });
      print(
        [
          ...describeImported(imported),
          'paragraphs.md holds the source. Put the claims into your own words. Then remove "draft: true" from each topic, and last from article.yaml.',
          'Until then, the bot does not use it in answers. To check it, run: npx briefing lint',
        ].join('\n'),
      );
    });
}

/** What an import made, in lines. */
export function describeImported({ folder, title, files, paragraphs, apart }: Imported): string[] {
  const topics = files.filter((path) => path.startsWith('topics/')).length;
  const roles = [...Map.groupBy(apart, (role) => role)].map(([role, { length }]) => countNoun(length, role));
  return [
    `“${title}” is now a draft of ${countNoun(topics, 'topic')} in ${folder}:`,
    ...files.map((path) => `  ${path}`),
    `It has ${countNoun(paragraphs, 'paragraph')}.${roles.length > 0 ? ` Set apart and not numbered: ${roles.join(', ')}.` : ''}`,
  ];
}
