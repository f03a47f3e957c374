import type { Command } from 'commander';
import { commandNames } from '../app/open-content.ts';
import { formatAdvice, formatFault } from '../content/fault.ts';
import { lintContent } from '../content/lint/lint-content.ts';
import { loadContent } from '../content/load.ts';
import { writeNewTopic } from '../content/new-topic.ts';
import { dueOn, formatReview, listReviews } from '../content/review.ts';
import { upgradeContent } from '../content/upgrade-content.ts';
import { countNoun } from '../core/count.ts';
import { formatDate } from '../core/date.ts';
import { UserError } from '../core/errors.ts';
import { citedParagraphs, type Library } from '../core/library.ts';
import { readConfig } from './read-config.ts';
import { print } from './terminal.ts';

const DAY_MS = 24 * 3_600_000;

export function addContent(program: Command): void {
  program
    .command('topics')
    .description('list what the bot can be asked about')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const { topics } = await loadContent(readConfig().contentDirectory, commandNames);
      const listed = topics.map((topic) => ({
        slug: topic.slug,
        title: topic.title,
        command: `/${topic.slug}`,
        article: topic.article.slug,
        paragraphs: citedParagraphs(topic),
      }));
      if (json) print(JSON.stringify(listed));
      else
        for (const { command, title, paragraphs } of listed)
          print(`${command.padEnd(23)} ${title} (${paragraphs.join(', ')})`);
    });

  program
    .command('lint [directory]')
    .description('check all content; print file, line, error and remedy, with those of drafts apart')
    .action(async (directory?: string) => {
      const content = await lintContent(directory ?? readConfig().contentDirectory, commandNames);
      const { library, faults, advice, drafts, compared } = content;
      if (library?.topics.length === 0) print('The bot has nothing to answer from yet: everything is a draft.');
      else if (library) print(`${advice.length > 0 ? 'The bot answers from' : 'No errors:'} ${countContent(library)}.`);
      if (compared.length > 0) print(`Compared with the article’s own text: ${compared.join(', ')}.`);
      if (drafts.articles + drafts.topics > 0) {
        const counted = `${countNoun(drafts.articles, 'article')}, ${countNoun(drafts.topics, 'topic')}`;
        print(`Drafts, not used in answers: ${counted}.`);
      }
      if (drafts.faults.length > 0) {
        print(`To correct before they are published:\n${drafts.faults.map(formatFault).join('\n')}`);
      }
      const listed = [...faults.map(formatFault), ...advice.map(formatAdvice)];
      if (listed.length > 0) throw new UserError(listed.join('\n'));
    });

  program
    .command('review [directory]')
    .description('list the claims and notes that are due for review, the longest overdue first')
    .option('--within <days>', 'also list what is due within this many days', '0')
    .action(async (directory: string | undefined, { within }: { within: string }) => {
      if (!/^\d{1,5}$/.test(within))
        throw new UserError(`--within ${within} isn't a number of days; write one such as 30`);
      const reviews = await listReviews(directory ?? readConfig().contentDirectory);
      const due = dueOn(reviews, new Date(Date.now() + Number(within) * DAY_MS).toISOString().slice(0, 10));
      const [next] = reviews.slice(due.length);
      for (const review of due) print(formatReview(review));
      const rest = next ? `The next is due on ${formatDate(next.by)}.` : 'Nothing else has a review date.';
      print(`${due.length > 0 ? `${countNoun(due.length, 'review')} due.` : 'Nothing is due.'} ${rest}`);
    });

  program
    .command('content')
    .description('look after the content files')
    .command('upgrade [directory]')
    .description('convert content from an older format to the current one; keeps comments and order')
    .action(async (directory?: string) => {
      const written = await upgradeContent(directory ?? readConfig().contentDirectory);
      if (written.length === 0) print('Nothing to do: the content already has the current format.');
      else print([`Upgraded ${countNoun(written.length, 'file')}:`, ...written.map((path) => `  ${path}`)].join('\n'));
    });

  program
    .command('new')
    .description('write a new content file')
    .command('topic <slug>')
    .description('write a draft topic; its name will be its slash command')
    .option('--article <name>', 'short name or folder of the article it belongs to, if there are several')
    .action(async (slug: string, { article }: { article?: string }) => {
      const paths = await writeNewTopic(readConfig().contentDirectory, slug, commandNames, article);
      print(
        `Wrote ${paths.join(' and ')}, a draft.\nReplace everything that begins with TO BE WORDED and remove "draft: true". To check it, run: npx briefing lint`,
      );
    });
}

function countContent({ articles, topics }: Library): string {
  const claims = topics.reduce((total, topic) => total + topic.claims.length, 0);
  return [countNoun(articles.length, 'article'), countNoun(topics.length, 'topic'), countNoun(claims, 'claim')].join(
    ', ',
  );
}
