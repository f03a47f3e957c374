import type { Article, ClaimKind } from '../core/article.ts';
import type { ReadArticle } from './read-article.ts';

/** A guess, and what speaks for it, to follow "because". */
export interface KindGuess {
  readonly kind: Article['kind'];
  readonly reason: string;
}

const NAMED: readonly (readonly [Article['kind'], RegExp])[] = [
  [
    'opinion',
    /\b(opinions?|op-?ed|comment|commentary|editorials?|columns?|columnists?|viewpoints?|perspectives?|letters?|leader|review|blogs?)\b/i,
  ],
  ['analysis', /\b(analys[ie]s|explain(ed|ers?)|background|in[- ]depth|backgrounder|insights?)\b/i],
  ['report', /\b(news|reportage|world|politics|business|local|science|sport|economy|technology|health|environment)\b/i],
];

/** Words of the author's own, out of quotations, for every so many paragraphs. */
const OWN = /\b(I|my|me|we should|we must|should|must|ought to|in my view|let us)\b/g;
/** Judgements of the author's own, out of quotations: from so many on, a text is an opinion, whoever else it quotes. */
const JUDGING = /\bI (?:think|believe|feel|doubt|hope|fear|agree|disagree|am convinced)\b|\bin my (?:view|opinion)\b/gi;
const MANY_JUDGEMENTS = 2;
/** In a report, so many paragraphs say who says so. */
const SAID = /\b(said|says|according to|told|announced|reported|warned)\b/;

/** What kind of text an article is, by what its publisher calls it, or else by its words. */
export function guessArticleKind({ title, metadata, sections }: ReadArticle): KindGuess {
  const { type = '', section = '', url = '' } = metadata;
  const path = URL.parse(url)?.pathname.replace(/[/_-]+/g, ' ') ?? '';
  const label = /^([\p{L} -]{3,20})\s?[:|]/u.exec(title)?.[1] ?? '';
  const signs = [
    { text: splitWords(type).replace(/^News Article$/, ''), reason: `the page calls it ${type}` },
    { text: section, reason: `it stands in the section ${section}` },
    { text: label, reason: `its title begins with ${label}` },
    { text: path.split(' ').slice(0, 4).join(' '), reason: 'its address says so' },
  ];
  for (const [kind, words] of NAMED.slice(0, 2)) {
    const sign = signs.find(({ text }) => words.test(text));
    if (sign) return { kind, reason: sign.reason };
  }
  const paragraphs = sections.flatMap((one) => one.paragraphs.map(({ text }) => text));
  const own = paragraphs.filter((text) => (dropQuotations(text).match(OWN)?.length ?? 0) > 0).length;
  const said = paragraphs.filter((text) => SAID.test(text)).length;
  const of = `${paragraphs.length} paragraphs`;
  const judging = paragraphs.reduce((sum, text) => sum + (dropQuotations(text).match(JUDGING)?.length ?? 0), 0);
  if (judging >= MANY_JUDGEMENTS && own * 4 >= paragraphs.length) {
    return { kind: 'opinion', reason: `the author gives judgements in the first person, ${judging} of them` };
  }
  if (own * 4 >= paragraphs.length && own > said) {
    return {
      kind: 'opinion',
      reason: `the author speaks in the first person, or says “should” or “must”, in ${own} of ${of}`,
    };
  }
  const news = signs.find(({ text }) => NAMED[2]?.[1].test(text));
  if (news) return { kind: 'report', reason: news.reason };
  if (said * 4 >= paragraphs.length) return { kind: 'report', reason: `${said} of ${of} name who says so` };
  return {
    kind: 'analysis',
    reason: 'it neither argues in the author’s own voice nor names who says so in most of its parts',
  };
}

/** What stands between quotation marks is somebody else's. */
function dropQuotations(text: string): string {
  return text.split(/([“”"])/).reduce<{ kept: string; open: boolean }>(
    ({ kept, open }, part) => {
      if (/^[“”"]$/.test(part)) return { kept, open: part === '“' || (part === '"' && !open) };
      return { kept: open ? kept : `${kept} ${part}`, open };
    },
    { kept: '', open: false },
  ).kept;
}

function splitWords(type: string): string {
  return type.replace(/([a-z])(?=[A-Z])/g, '$1 ');
}

/** A first guess by the look of a paragraph; the editor decides. */
export function guessKind(text: string): ClaimKind {
  if (
    /\b(says?|said|told|according to|claims?|claimed|stated|announced|argued?|argues|wrote|warned|estimates?)\b|[“"]/i.test(
      text,
    )
  )
    return 'attributed';
  if (/\b(should|must|ought|believe|in my view|unfortunately|clearly|remarkable|best|worst)\b/i.test(text))
    return 'opinion';
  return /\d/.test(text.replace(/\b(19|20)\d\d\b/g, '')) ? 'figure' : 'reported';
}
