import { composeByline, composeBylines } from '../src/core/article.ts';
import type { Asker } from '../src/core/asker.ts';
import { allTopics } from '../src/core/bot.ts';
import type { Choices } from '../src/core/choices.ts';
import { type Choice, type Context, defineCommand, type Subcommand } from '../src/core/command.ts';
import { RefusedQuestion } from '../src/core/errors.ts';
import { findArticle, isCalled, type Library, listArticles, matchArticles } from '../src/core/library.ts';
import { ACTION_OPTION, createQuestion, type Question } from '../src/core/question.ts';
import { createReply, type Reply } from '../src/core/reply.ts';
import { say } from '../src/core/text.ts';
import { english, wordsOf } from '../src/i18n/words.ts';

const SUBCOMMANDS = [
  { name: 'list', description: english('command.articles.list'), options: [] },
  {
    name: 'choose',
    description: english('command.articles.choose'),
    options: [
      {
        name: 'articles',
        description: english('command.articles.choose.articles'),
        required: true,
        complete: completeArticles,
        accepts: () => true,
      },
    ],
  },
  { name: 'all', description: english('command.articles.all'), options: [] },
] as const satisfies readonly Subcommand[];

/** Which articles answer in a server or workspace. Exists only if there are several articles. */
export const articles = defineCommand({
  name: 'articles',
  description: english('command.articles'),
  options: [],
  subcommands: SUBCOMMANDS,
  async run(question, context): Promise<Reply> {
    const action = question.options[ACTION_OPTION] ?? 'list';
    if (action === 'list') return composeList(question, context, 'articles.title');
    if (action !== 'choose' && action !== 'all') {
      throw new RefusedQuestion((words) => ({
        title: words('articles.no-action'),
        remedy: say(words, 'articles.no-action.remedy', {
          list: createQuestion('articles', { action: 'list' }),
          choose: createQuestion('articles', { action: 'choose' }),
          all: createQuestion('articles', { action: 'all' }),
        }),
      }));
    }
    const { asker, choices } = await admit(question, context);
    const chosen = action === 'all' ? [] : readArticles(question.options.articles ?? '', context.everything);
    await choices.choose(asker, chosen);
    const library = context.everything.only(
      chosen.length > 0 ? chosen : context.everything.articles.map(({ slug }) => slug),
    );
    return composeList(question, { ...context, library }, 'articles.chosen');
  },
});

/** Lets through people who manage the server or workspace. Throws RefusedQuestion for everyone else. */
async function admit({ asker }: Question, { choices }: Context): Promise<{ asker: Asker; choices: Choices }> {
  if (!asker || !choices) throw refuse('articles.nothing');
  if (!asker.team || !asker.channel) throw refuse('articles.all');
  if (!(await asker.mayManage())) throw refuse('articles.managers');
  return { asker, choices };
}

function refuse(key: 'articles.nothing' | 'articles.all' | 'articles.managers'): RefusedQuestion {
  return new RefusedQuestion((words) => ({ title: words(key), remedy: words(`${key}.remedy`) }));
}

function readArticles(text: string, library: Library): string[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  if (names.length === 0) {
    throw new RefusedQuestion((words) => ({ title: words('articles.which'), remedy: listArticles(library, words) }));
  }
  return nameArticles(names, library);
}

/** The slugs of these articles. In a command typed as text, a two-word name arrives as two words: the longest match wins. */
function nameArticles(words: readonly string[], library: Library): string[] {
  const [first] = words;
  if (first === undefined) return [];
  for (let end = words.length; end > 1; end -= 1) {
    const article = library.articles.find((one) => isCalled(one, words.slice(0, end).join(' ')));
    if (article) return [article.slug, ...nameArticles(words.slice(end), library)];
  }
  return [findArticle(library, first).slug, ...nameArticles(words.slice(1), library)];
}

function composeList(
  question: Question,
  { library, everything }: Context,
  title: 'articles.title' | 'articles.chosen',
): Reply {
  const words = wordsOf(question);
  return createReply(
    { ...question, options: {} },
    {
      outcome: 'listed',
      title: words(title),
      byline: composeBylines(library.articles, words),
      entries: everything.articles.map((article) => {
        const count = everything.topics.filter((topic) => topic.article === article).length;
        const chosen = library.articles.includes(article) ? 'yes' : 'no';
        const text = words('articles.line', { byline: composeByline(article, words), count, chosen });
        return { type: 'line', label: article.short, text };
      }),
      actions: [allTopics(words)],
    },
  );
}

/** Completes the last article in a list. */
function completeArticles(typed: string, { everything }: Context): Choice[] {
  const parts = typed.split(',').map((part) => part.trim());
  const last = parts.pop() ?? '';
  const before = parts.filter(Boolean);
  return matchArticles(everything, last)
    .filter((article) => !before.some((name) => isCalled(article, name)))
    .map(({ short, title }) => ({
      name: [...before, title].join(', ').slice(-100),
      value: [...before, short].join(','),
    }))
    .filter(({ value }) => value.length <= 100);
}
