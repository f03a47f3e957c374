import { stringify } from 'yaml';
import { FORMAT, PLACEHOLDER } from '../content/draft.ts';
import { TEXT_LIMITS } from '../content/limits.ts';
import { formatDate } from '../core/date.ts';
import { guessArticleKind } from './guess-kind.ts';
import { GUESSED_PARAGRAPHS, type ReadArticle } from './read-article.ts';

/** An article.yaml, a draft, with what is known of the article. `retrieved` is the day on which it was read from the web. */
export function composeRecord(article: ReadArticle, retrieved?: string): string {
  const { title, metadata, sections } = article;
  const { author, published, modified, publisher, url, section, language, licence } = metadata;
  const paragraphs = sections.flatMap((one) => one.paragraphs);
  const anchors = paragraphs.flatMap(({ anchor }, index) => (anchor && url ? [[index + 1, anchor.slice(0, 100)]] : []));
  const { kind, reason } = guessArticleKind(article);
  const day = dayOf(published ?? '');
  const place = [publisher && ` in ${publisher}`, section && `, in the section ${section}`].filter(Boolean).join('');
  const record = {
    format: FORMAT,
    draft: true,
    title: title.slice(0, TEXT_LIMITS.articleTitle),
    author: (author ?? 'Author not named').slice(0, TEXT_LIMITS.author),
    kind,
    paragraphs: paragraphs.length,
    ...(url && url.length <= TEXT_LIMITS.url ? { url } : {}),
    ...(publisher ? { publisher: publisher.slice(0, TEXT_LIMITS.name) } : {}),
    ...(day ? { published: day } : {}),
    ...(retrieved ? { retrieved } : {}),
    language: language ?? 'en',
    ...(licence ? { licence: licence.slice(0, TEXT_LIMITS.source) } : {}),
    ...(anchors.length > 0 ? { anchors: Object.fromEntries(anchors) } : {}),
    publication: [
      published ? `Published ${formatPublished(published)}${place}.` : `Published${place}; the date is not known.`,
      modified && dayOf(modified) !== day ? `Last changed ${formatPublished(modified)}.` : '',
    ]
      .map((line) =>
        line.replace('Published; the date is', 'Where and when it appeared is').slice(0, TEXT_LIMITS.publication),
      )
      .filter(Boolean),
    disclosure: `${PLACEHOLDER} what sort of text this is, what it leaves out, and that the bot does not vouch for it.`,
  };
  return [
    '# A draft: the bot does not use it in answers. Check every line, add what you know of url:, publisher:, retrieved: and',
    '# licence:, then remove "draft: true".',
    `# kind is a guess, because ${reason}. It is opinion, analysis or report: you decide.`,
    ...(article.hasGuessedParagraphs ? [`# ${GUESSED_PARAGRAPHS}`] : []),
    stringify(record, { lineWidth: 0 }),
  ].join('\n');
}

/** A machine's date as a day in words, without the time; a person's as it is. */
function formatPublished(published: string): string {
  const day = dayOf(published);
  return day ? formatDate(day) : published.slice(0, 200);
}

/** An ISO date as precise as it is written; undefined if the text isn't a date that is sure. */
function dayOf(published: string): string | undefined {
  const [iso] = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?(?=$|[T ])/.exec(published) ?? [];
  if (iso) return iso;
  const [, before, name = '', after, year] =
    /^(\d{1,2})?(?:st|nd|rd|th)? ?([A-Za-z]{3,9})\.? ?(\d{1,2})?,? (\d{4})$/.exec(published) ?? [];
  const month = MONTHS.findIndex((one) => name.length >= 3 && one.startsWith(name.toLowerCase())) + 1;
  if (!year || month === 0) return undefined;
  const day = Number(before ?? after ?? 0);
  if (day > 31) return undefined;
  return [year, ...(day > 0 ? [month, day] : [month])].map((part) => String(part).padStart(2, '0')).join('-');
}

const MONTHS = 'january february march april may june july august september october november december'.split(' ');
