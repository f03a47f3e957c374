import { type Article, composeByline } from '../src/core/article.ts';
import { topicAction } from '../src/core/bot.ts';
import { defineCommand } from '../src/core/command.ts';
import type { Library } from '../src/core/library.ts';
import { createQuestion, type Question } from '../src/core/question.ts';
import { type Action, CLAIM_LABELS, createReply, type Entry, NOTE_LABELS, type Reply } from '../src/core/reply.ts';

export const sources = defineCommand({
  name: 'sources',
  description: 'The article, its author, how claims are labelled and what the notes mean',
  options: [],
  constant: true,
  run(question, { library }): Reply {
    return createReply(question, {
      outcome: 'listed',
      title: 'Sources and labels',
      byline: library.articles.map(composeByline).join('\n'),
      entries: [...library.articles.flatMap(describeArticle), ...describeLabels()],
      actions: authorActions(library),
    });
  },
});

/** What is known of the articles themselves, as the answer to a question about them. */
export function composeRecordReply(question: Question, library: Library, lead: string): Reply {
  return createReply(question, {
    outcome: 'answered',
    title: 'About the article',
    byline: library.articles.map(composeByline).join('\n'),
    lead,
    entries: library.articles.flatMap(describeArticle),
    actions: [{ label: 'Sources', question: createQuestion('sources') }, ...authorActions(library)],
  });
}

/** Buttons to the topics that are on an author and nothing else. */
function authorActions({ topics }: Library): Action[] {
  return topics
    .filter(({ claims }) => claims.every(({ paragraphs }) => paragraphs.includes('author')))
    .map(topicAction);
}

function describeArticle(article: Article): Entry[] {
  return [
    line('Article', `“${article.title}”, ${article.kind}, by ${article.author}. ${article.disclosure}`),
    line('Publication', article.publication.join(' ')),
  ];
}

function describeLabels(): Entry[] {
  return [
    line(CLAIM_LABELS.figure, 'a number, with whoever gives it. The bot has not checked it.'),
    line(CLAIM_LABELS.reported, 'the speaker states it as a fact; the bot does not vouch for it.'),
    line(CLAIM_LABELS.attributed, 'the article says that somebody else said it.'),
    line(CLAIM_LABELS.opinion, 'a judgement of whoever is named.'),
    line('Paragraph', 'where in the article it stands. Each line is in the bot’s editors’ words, not the article’s.'),
    line(
      'Editors’ notes',
      `are not from the article. ${NOTE_LABELS.contested}: others dispute it. ${NOTE_LABELS.outdated}: events have moved on. ` +
        `${NOTE_LABELS.framing}: the wording is that of one party. ${NOTE_LABELS.context}: what helps to read it.`,
    ),
  ];
}

function line(label: string, text: string): Entry {
  return { type: 'line', label, text };
}
