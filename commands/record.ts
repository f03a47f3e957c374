import { type Article, CLAIM_KINDS, type Note, type Topic } from '../src/core/article.ts';
import { topicAction, toSources } from '../src/core/bot.ts';
import { formatDate, nameLanguage } from '../src/core/date.ts';
import type { Library } from '../src/core/library.ts';
import { createQuestion } from '../src/core/question.ts';
import type { Action, Entry } from '../src/core/reply.ts';
import type { RecordPart } from '../src/core/search.ts';
import { quote, say, type Text } from '../src/core/text.ts';
import type { Words } from '../src/i18n/words.ts';
import { summaryTopics } from './summary.ts';

/** Speakers named one by one; the topics have the rest. */
const MAX_SPEAKERS = 6;
/** Notes shown with an answer from the record. */
const MAX_NOTES = 3;

/** What the record says about one thing, article by article. */
export function describeRecord(library: Library, part: RecordPart, words: Words): Entry[] {
  if (part === 'labels') return describeLabels(words).map((entry) => ({ ...entry, record: part }));
  return library.articles.flatMap((article) => {
    const topics = library.topics.filter((topic) => topic.article === article);
    const several = library.articles.length > 1;
    return DESCRIPTIONS[part](words, article, topics).map(
      ([label, text]): Entry => ({
        type: 'line',
        label: several ? words('record.in', { label, article: article.short }) : label,
        text,
        record: part,
      }),
    );
  });
}

type Lines = readonly (readonly [label: string, text: Text])[];

const DESCRIPTIONS: Readonly<
  Record<Exclude<RecordPart, 'labels'>, (words: Words, article: Article, topics: readonly Topic[]) => Lines>
> = {
  title: (words, { title, kind, author }) => [
    [
      words('record.article'),
      words('record.article.text', { title: quote(title, words), kind: words(`record.a-kind.${kind}`), author }),
    ],
  ],
  author: (words, { author, title }) => [
    [words('record.author'), words('record.author.text', { author, title: quote(title, words) })],
  ],
  publication: (words, article) => [
    ...(besides(article).length > 0 ? [[words('record.publication'), besides(article).join(' ')] as const] : []),
    [words('record.text'), describeText(article, words)],
  ],
  genre: (words, { kind, genre, disclosure }) => [
    [words('record.kind'), words('record.kind.text', { kind: genre ?? words(`record.a-kind.${kind}`) })],
    [words('record.disclosure'), disclosure],
    labelsInUse(words),
  ],
  bias: (words, { disclosure }) => [[words('record.view'), disclosure]],
  sources: (words, { author, disclosure, publication }, topics) => [
    [words('record.sources'), [...publication, disclosure].join(' ')],
    [words('record.speakers'), describeSpeakers(author, topics, words)],
  ],
  figures: (words, _, topics) => [
    [
      words('record.figures'),
      say(words, 'record.figures.text', { command: createQuestion('figures'), count: figuresIn(topics).length }),
    ],
  ],
  omissions: (words, { disclosure }, topics) => {
    const claims = topics.flatMap((topic) => topic.claims.map((claim) => [...topic.notes, ...claim.notes]));
    const noted = claims.filter((notes) => notes.length > 0).length;
    return [
      [words('record.omissions'), disclosure],
      [words('record.notes'), words('record.notes.text', { noted, count: claims.length })],
    ];
  },
};

function labelsInUse(words: Words): readonly [string, Text] {
  const labels = CLAIM_KINDS.map((kind) => words(`kind.${kind}`)).join(', ');
  return [words('record.labels'), words('record.labels.text', { labels: labels.toLocaleLowerCase(words.locale) })];
}

function figuresIn(topics: readonly Topic[]) {
  return topics.flatMap(({ claims }) => claims.filter(({ kind, number }) => kind === 'figure' || number));
}

/** How many of the claims are the author's own, and whose the others are. */
function describeSpeakers(author: string, topics: readonly Topic[], words: Words): string {
  const claims = topics.flatMap((topic) => topic.claims);
  const others = [...new Set(claims.map(({ speaker }) => speaker))].filter((speaker) => speaker !== author);
  const own = claims.filter(({ speaker }) => speaker === author).length;
  const start = words('record.speakers.own', { own, count: claims.length });
  if (others.length === 0) return start;
  const names = others.slice(0, MAX_SPEAKERS).join('; ');
  const rest = others.length - MAX_SPEAKERS;
  const end = rest > 0 ? words('record.speakers.rest', { names, rest }) : words('record.speakers.others', { names });
  return `${start} ${end}`;
}

/** The article as a whole, as /sources shows it. */
export function describeArticle(article: Article, words: Words): Entry[] {
  const { title, kind, author, disclosure } = article;
  const named = { title: quote(title, words), genre: words(`genre.${kind}`), author, disclosure };
  return [
    line(words('record.article'), words('record.article.whole', named)),
    line(words('record.publication'), [...besides(article), describeText(article, words)].join(' ')),
  ];
}

/** What is known of its publication, without the day that the record has as a date, too. An import writes both. */
function besides({ publication, published, publisher }: Article): readonly string[] {
  if (!published) return publication;
  const day = formatDate(published);
  const said = [`Published ${day}.`, ...(publisher ? [`Published ${day} in ${publisher}.`] : [])];
  return publication.filter((sentence) => !said.includes(sentence));
}

/** Where the article can be read, and the copy that the editors read. */
function describeText(article: Article, words: Words): string {
  const { url, publisher, published, retrieved, language, licence, paragraphs } = article;
  const where = [url, publisher].filter(Boolean).join(', ');
  const at = url ? ('.at' as const) : where ? ('' as const) : ('.only' as const);
  const date = published && formatDate(published, words);
  return [
    ...(date ? [words(`record.published${at}`, { date, where })] : []),
    ...(!date && at !== '.only' ? [words(`record.readable${at}`, { where })] : []),
    ...(retrieved ? [words('record.retrieved', { date: formatDate(retrieved, words) })] : []),
    words('record.length', { count: paragraphs.filter((one) => one !== 'author').length }),
    words('record.language', { language: nameLanguage(language, words) }),
    ...(licence ? [words('record.licence', { licence })] : []),
  ].join(' ');
}

/** What the labels of claims and notes mean. */
export function describeLabels(words: Words) {
  return [
    ...CLAIM_KINDS.map((kind) => line(words(`kind.${kind}`), words(`label.${kind}`))),
    line(words('label.paragraph'), words('label.paragraph.text')),
    line(
      words('label.notes'),
      words('label.notes.text', {
        contested: words('note.contested'),
        outdated: words('note.outdated'),
        framing: words('note.framing'),
        context: words('note.context'),
      }),
    ),
  ];
}

/** Who chooses which claims are shown, if a language model does. */
export function describeChooser(model: string, words: Words) {
  return line(words('label.chooser'), words('label.chooser.text', { model }));
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
export function recordActions(library: Library, parts: readonly RecordPart[], words: Words): Action[] {
  return [
    toSources(words),
    ...(parts.includes('figures') ? [{ label: words('action.figures'), question: createQuestion('figures') }] : []),
    ...authorActions(library, words),
  ];
}

/** Buttons to the topics that are about an author and nothing else. */
export function authorActions({ topics }: Library, words: Words): Action[] {
  return topics
    .filter(({ claims }) => claims.every(({ paragraphs }) => paragraphs.includes('author')))
    .map((topic) => topicAction(topic, words));
}

function line(label: string, text: string) {
  return { type: 'line', label, text } as const;
}
