import { composeByline, composeBylines } from '../src/core/article.ts';
import type { Asker } from '../src/core/asker.ts';
import type { Choices } from '../src/core/choices.ts';
import { type Choice, type Context, defineCommand, type Subcommand } from '../src/core/command.ts';
import { RefusedQuestion } from '../src/core/errors.ts';
import { findArticle, isCalled, type Library, listArticles, matchArticles } from '../src/core/library.ts';
import { ACTION_OPTION, createQuestion, type Question } from '../src/core/question.ts';
import { createReply, type Reply } from '../src/core/reply.ts';
import { say } from '../src/core/text.ts';

const SUBCOMMANDS = [
  { name: 'list', description: 'All articles, and which of them answer here', options: [] },
  {
    name: 'choose',
    description: 'Choose the articles that answer in this server or workspace',
    options: [
      {
        name: 'articles',
        description: 'One or more, separated by commas',
        required: true,
        complete: completeArticles,
        accepts: () => true,
      },
    ],
  },
  { name: 'all', description: 'Let all articles answer again', options: [] },
] as const satisfies readonly Subcommand[];

/** Which articles answer in a server or workspace. Exists only if there are several articles. */
export const articles = defineCommand({
  name: 'articles',
  description: 'Which articles answer here',
  options: [],
  subcommands: SUBCOMMANDS,
  async run(question, context): Promise<Reply> {
    const action = question.options[ACTION_OPTION] ?? 'list';
    if (action === 'list') return composeList(question, context, 'Articles');
    if (action !== 'choose' && action !== 'all') {
      throw new RefusedQuestion(
        'There is no such action',
        say`Type ${createQuestion('articles', { action: 'list' })}, ${createQuestion('articles', { action: 'choose' })} or ${createQuestion('articles', { action: 'all' })}.`,
      );
    }
    const { asker, choices } = await admit(question, context);
    const chosen = action === 'all' ? [] : readArticles(question.options.articles ?? '', context.everything);
    await choices.choose(asker, chosen);
    const library = context.everything.only(
      chosen.length > 0 ? chosen : context.everything.articles.map(({ slug }) => slug),
    );
    return composeList(question, { ...context, library }, 'Articles from now on');
  },
});

/** Lets through people who manage the server or workspace. Throws RefusedQuestion for everyone else. */
async function admit({ asker }: Question, { choices }: Context): Promise<{ asker: Asker; choices: Choices }> {
  if (!asker || !choices) {
    throw new RefusedQuestion(
      'Nothing to choose here',
      'Only a server or a workspace can choose. Here, all articles answer.',
    );
  }
  if (!asker.team || !asker.channel) {
    throw new RefusedQuestion(
      'All articles answer here',
      'To choose, type this in a channel of your server or workspace.',
    );
  }
  if (!(await asker.mayManage())) {
    throw new RefusedQuestion(
      'Only managers of this place can do that',
      'Ask someone who manages it to type the command.',
    );
  }
  return { asker, choices };
}

function readArticles(text: string, library: Library): string[] {
  const names = text
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  if (names.length === 0) {
    throw new RefusedQuestion('Which articles?', listArticles(library));
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

function composeList(question: Question, { library, everything }: Context, title: string): Reply {
  return createReply(
    { ...question, options: {} },
    {
      outcome: 'listed',
      title,
      byline: composeBylines(library.articles),
      entries: everything.articles.map((article) => {
        const count = everything.topics.filter((topic) => topic.article === article).length;
        const state = library.articles.includes(article) ? 'answers here' : 'not chosen here';
        return { type: 'line', label: article.short, text: `${composeByline(article)}: ${count} topics, ${state}.` };
      }),
      actions: [{ label: 'All topics', question: createQuestion('topics') }],
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
