import { type Article, composeByline } from '../src/core/article.ts';
import type { Command } from '../src/core/command.ts';
import { createQuestion } from '../src/core/question.ts';
import { CLAIM_LABELS, createReply, type Entry, NOTE_LABELS } from '../src/core/reply.ts';

export const sources = {
  name: 'sources',
  description: 'The article, its author, how claims are labelled and what the notes mean',
  options: [],
  run(question, { library }) {
    return createReply(question, {
      outcome: 'listed',
      title: 'Sources and labels',
      byline: library.articles.map(composeByline).join('\n'),
      entries: [...library.articles.flatMap(describeArticle), ...describeLabels()],
      actions: library.articles.flatMap((article) => {
        const about = library.topics.find(
          (topic) => topic.article === article && topic.claims.every(({ paragraphs }) => paragraphs.includes('author')),
        );
        return about ? [{ label: about.title, question: createQuestion(about.slug) }] : [];
      }),
    });
  },
} satisfies Command;

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
