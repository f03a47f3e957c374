import type { Article, Note, Topic } from '../src/core/article.ts';
import { topicAction } from '../src/core/bot.ts';
import { countNoun } from '../src/core/count.ts';
import { formatDate } from '../src/core/date.ts';
import type { Library } from '../src/core/library.ts';
import { createQuestion } from '../src/core/question.ts';
import { type Action, CLAIM_LABELS, type Entry, NOTE_LABELS } from '../src/core/reply.ts';
import type { RecordPart } from '../src/core/search.ts';
import { say, type Text } from '../src/core/text.ts';
import { summaryTopics } from './summary.ts';

/** Speakers named one by one; the topics have the rest. */
const MAX_SPEAKERS = 6;
/** Notes shown with an answer from the record. */
const MAX_NOTES = 3;

/** What the record says about one thing, article by article. */
export function describeRecord(library: Library, part: RecordPart): Entry[] {
  if (part === 'labels') return describeLabels().map((entry) => ({ ...entry, record: part }));
  return library.articles.flatMap((article) => {
    const topics = library.topics.filter((topic) => topic.article === article);
    const several = library.articles.length > 1;
    return DESCRIPTIONS[part](article, topics).map(
      ([label, text]): Entry => ({
        type: 'line',
        label: several ? `${label} · ${article.short}` : label,
        text,
        record: part,
      }),
    );
  });
}

type Lines = readonly (readonly [label: string, text: Text])[];

const DESCRIPTIONS: Readonly<
  Record<Exclude<RecordPart, 'labels'>, (article: Article, topics: readonly Topic[]) => Lines>
> = {
  title: ({ title, kind, author }) => [['Article', `“${title}”, ${A_KIND[kind]} by ${author}.`]],
  author: ({ author, title }) => [['Author', `${author} wrote “${title}”.`]],
  publication: (article) => [
    ['Publication', article.publication.join(' ')],
    ['The text', describeText(article)],
  ],
  genre: ({ kind, genre, disclosure }) => [
    ['Kind', `It is ${genre ?? A_KIND[kind]}.`],
    ['Disclosure', disclosure],
    labelsInUse(),
  ],
  bias: ({ disclosure }) => [['Point of view', disclosure]],
  sources: ({ author, disclosure, publication }, topics) => [
    ['Sources', [...publication, disclosure].join(' ')],
    ['Who speaks in it', describeSpeakers(author, topics)],
  ],
  figures: (_, topics) => [
    [
      'Figures',
      say`The bot has not checked any figure in the article. ${createQuestion('figures')} lists all ${String(
        figuresIn(topics).length,
      )} with whoever gives each of them, and with the editors’ notes on what others say.`,
    ],
  ],
  omissions: ({ disclosure }, topics) => {
    const claims = topics.flatMap((topic) => topic.claims.map((claim) => [...topic.notes, ...claim.notes]));
    const noted = claims.filter((notes) => notes.length > 0).length;
    return [
      ['What it leaves out', disclosure],
      [
        'Editors’ notes',
        `${noted} of the ${countNoun(claims.length, 'claim')} here carry a note on what others dispute, what has changed since, or what helps to read them. Each note is shown with its claim.`,
      ],
    ];
  },
};

const A_KIND: Readonly<Record<Article['kind'], string>> = {
  opinion: 'an opinion essay',
  analysis: 'an analysis',
  report: 'a report',
};

function labelsInUse(): readonly [string, Text] {
  return [
    'Labels',
    `Each line of an answer says which it is: ${Object.values(CLAIM_LABELS).join(', ').toLowerCase()}.`,
  ];
}

function figuresIn(topics: readonly Topic[]) {
  return topics.flatMap(({ claims }) => claims.filter(({ kind, number }) => kind === 'figure' || number));
}

/** How many of the claims are the author's own, and whose the others are. */
function describeSpeakers(author: string, topics: readonly Topic[]): string {
  const claims = topics.flatMap((topic) => topic.claims);
  const others = [...new Set(claims.map(({ speaker }) => speaker))].filter((speaker) => speaker !== author);
  const own = claims.filter(({ speaker }) => speaker === author).length;
  const start = `${own} of the ${countNoun(claims.length, 'claim')} here are the author’s own.`;
  if (others.length === 0) return start;
  const named = others.slice(0, MAX_SPEAKERS).join('; ');
  const rest = others.length - MAX_SPEAKERS;
  return `${start} The others come from ${named}${rest > 0 ? `; and ${rest} more` : ''}.`;
}

/** The article as a whole, as /sources shows it. */
export function describeArticle(article: Article): Entry[] {
  return [
    line('Article', `“${article.title}”, ${article.kind}, by ${article.author}. ${article.disclosure}`),
    line('Publication', [...article.publication, describeText(article)].join(' ')),
  ];
}

/** Where the article can be read, and the copy that the editors read. */
function describeText({ url, publisher, published, retrieved, language, licence, paragraphs }: Article): string {
  const where = [url ?? 'at an address the editors do not know', ...(publisher ? [publisher] : [])].join(', ');
  return [
    `${published ? `Published ${formatDate(published)}, to be read` : 'To be read'}${url ? ' at ' : ' '}${where}.`,
    ...(retrieved ? [`The editors read it on ${formatDate(retrieved)}.`] : []),
    `Length: ${countNoun(paragraphs.filter((one) => one !== 'author').length, 'paragraph')}.`,
    `Language: ${new Intl.DisplayNames('en', { type: 'language' }).of(language) ?? language}.`,
    ...(licence ? [`Licence: ${licence}.`] : []),
  ].join(' ');
}

/** What the labels of claims and notes mean. */
export function describeLabels() {
  return [
    line(CLAIM_LABELS.figure, 'a number, with whoever gives it. The bot has not checked it.'),
    line(CLAIM_LABELS.reported, 'the speaker states it as a fact; the bot does not vouch for it.'),
    line(CLAIM_LABELS.attributed, 'the article says that somebody else said it.'),
    line(CLAIM_LABELS.opinion, 'a judgement by the person named.'),
    line('Paragraph', 'where the article says it. Every line is in the editors’ words, not the article’s.'),
    line(
      'Editors’ notes',
      `are not from the article. ${NOTE_LABELS.contested}: others dispute it. ${NOTE_LABELS.outdated}: events have moved on. ` +
        `${NOTE_LABELS.framing}: the wording is one side’s. ${NOTE_LABELS.context}: background that helps to read it.`,
    ),
  ];
}

/** Who chooses which claims are shown, if a language model does. */
export function describeChooser(model: string) {
  return line(
    'Who chooses',
    `A language model, ${model}, chooses which claims you see if you ask in your own words; your question is sent to it. It writes nothing you read: every line is the editors’.`,
  );
}

/** The editors' notes that go with an answer from the record, those on the whole article first. */
export function recordNotes(library: Library, parts: readonly RecordPart[]): readonly Note[] {
  const whole = summaryTopics(library).flatMap(({ notes }) => notes);
  const framing = library.topics
    .flatMap(({ notes, claims }) => [...notes, ...claims.flatMap((claim) => claim.notes)])
    .filter(({ kind }) => kind === 'framing');
  const wanted = [
    ...(parts.some((part) => NEED_NOTES.has(part)) ? whole : []),
    ...(parts.includes('bias') ? framing : []),
  ];
  return [...new Map(wanted.map((note) => [note.text, note])).values()].slice(0, MAX_NOTES);
}

const NEED_NOTES: ReadonlySet<RecordPart> = new Set(['genre', 'bias', 'sources', 'figures', 'omissions']);

/** Follow-up buttons for an answer from the record. */
export function recordActions(library: Library, parts: readonly RecordPart[]): Action[] {
  return [
    { label: 'Sources', question: createQuestion('sources') },
    ...(parts.includes('figures') ? [{ label: 'Figures', question: createQuestion('figures') }] : []),
    ...authorActions(library),
  ];
}

/** Buttons to the topics that are about an author and nothing else. */
export function authorActions({ topics }: Library): Action[] {
  return topics
    .filter(({ claims }) => claims.every(({ paragraphs }) => paragraphs.includes('author')))
    .map(topicAction);
}

function line(label: string, text: string) {
  return { type: 'line', label, text } as const;
}
