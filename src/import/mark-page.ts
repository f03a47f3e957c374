import { APART, type Apart, clean } from './blocks.ts';
import { ANCHOR, collectBlocks, isReference, ROLE } from './collect-blocks.ts';
import type { Page, PageElement } from './page.ts';

/** What a page's markup sets apart from its paragraphs: the role, the words that name it, and other signs. */
interface Sign {
  readonly role: Apart | 'furniture';
  /** Words of an element's class or id, joined with hyphens. */
  readonly names: RegExp;
  readonly selector?: string;
}

/** Read from first to last: the first that fits counts. */
const SIGNS: readonly Sign[] = [
  {
    role: 'furniture',
    names:
      /(^|-)(sr-only|visually-hidden|visuallyhidden|screen-reader-text|screenreader|a11y-hidden|offscreen|cookie|consent|share|sharing|social|comments?|breadcrumbs?|kicker|eyebrow|overline|tags?|taglist|pagination|skip-link|recirc|recirculation|outbrain|taboola|paywall|most-read|trending|mw-editsection)(-|$)/,
    selector: 'nav, [role=navigation], [hidden], dialog',
  },
  {
    role: 'advertisement',
    names:
      /(^|-)(ads?|adv|adverts?|advertisements?|advertising|advertorial|ad-?slot|ad-?unit|ad-?box|ad-?wrapper|ad-?container|dfp|gpt|sponsored?|promos?|promotion|promoted|promobox|newsletters?|newsletter-?signup|subscribe|subscription|sign-?up|related|related-(links|content|articles|stories)|see-also|read-?more|recommended|recommendations?|more-on|inline-?link|teasers?)(-|$)/,
  },
  {
    role: 'footnote',
    names: /(^|-)(footnotes?|endnotes?|references)(-|$)/,
    selector: '[role=doc-endnotes], [role=doc-footnote]',
  },
  {
    role: 'correction',
    names: /(^|-)(corrections?|clarifications?|erratum|errata|amendment|editors?-note|editorial-note|update-note)(-|$)/,
  },
  {
    role: 'pull quote',
    names: /(^|-)(pull-?quotes?|pulled-?quote|pull-?out|quote-?box|callout-quote|blockquote-pull)(-|$)/,
    selector: '[role=doc-pullquote]',
  },
  {
    role: 'caption',
    names:
      /(^|-)(captions?|fig-?captions?|credit|carousel(-?slide)?(-?info)?|slide-?show|(image|photo|picture|media)-?(caption|credit|source|description|copyright)|photographer|cutline)(-|$)/,
    selector: 'figcaption',
  },
  {
    role: 'author bio',
    names:
      /(^|-)(bio|biography|(author|writer|contributor|byline)-?(bio|biography|info|box|card|description|details|blurb|profile|footer|note)|about-?(the-)?(author|writer)s?|(article|post|story)-?author-?bio|tagline-bio|shirttail|endnote-author)(-|$)/,
  },
  {
    role: 'fact box',
    names: /(^|-)(fact-?(box|file)s?|info-?box|in-numbers|side-?bar-?box)(-|$)/,
  },
  {
    role: 'byline',
    names:
      /(^|-)(bylines?|by-?line|authors?|writer|contributors?|datelines?|timestamp|pub-?date|published|publish-?date|date-?(published|time|modified)|post-?(meta|date|info)|article-?(meta|date|info)|entry-?meta|meta-?info|reading-?time|read-?time)(-|$)/,
    selector: '[itemprop=author], [itemprop=datePublished], [rel=author], time',
  },
  {
    role: 'standfirst',
    names:
      /(^|-)(stand-?first|deck?|dek|sub-?headlines?|sub-?title|sub-?heading-intro|(article|story|post|entry|content)-?(summary|description|excerpt|intro|lede|lead|abstract|subtitle)|summary|key-?points?|key-?takeaways|at-a-glance|highlights|tldr)(-|$)/,
    selector: '[itemprop=description], [role=doc-subtitle]',
  },
];

/** What is set apart is short: in characters, and as a share of all the page's text. */
const LONGEST: Readonly<Record<Sign['role'], number>> = {
  furniture: 2000,
  advertisement: 2000,
  footnote: 20_000,
  correction: 2000,
  'pull quote': 600,
  caption: 1000,
  'author bio': 2500,
  'fact box': 3000,
  'left out': 0,
  byline: 300,
  standfirst: 1200,
};
const LARGEST_SHARE = 0.35;

/** Elements that are a line or more of a page. */
const LINES = 'p, div, li, h2, h3, h4, h5, h6, figcaption, blockquote, section, article, aside, header, footer, td';

/** Furniture has hardly any words that aren't links. */
const MOST_WORDS = 150;

/**
 * Marks in the page what its markup sets apart, so that it is still known once the article is taken out of it, and removes
 * what belongs to no article, such as menus.
 */
export function markPage(page: Page): void {
  for (const link of [...page.body.querySelectorAll('sup, a[href]')]) if (isReference(link)) link.remove();
  const total = clean(page.body.textContent ?? '').length;
  for (const sign of SIGNS) {
    for (const found of listFitting(page, sign)) {
      // Hidden words may stand within a line that is to be kept.
      const element = sign.role === 'furniture' ? found : growToLine(found);
      if (!element) continue;
      const length = clean(element.textContent ?? '').length;
      if (length > LONGEST[sign.role] || length > Math.max(total * LARGEST_SHARE, 200)) continue;
      if (sign.role !== 'furniture') setApart(page, element, sign.role);
      else if (length - lengthOfLinks(element) < MOST_WORDS) element.remove();
    }
  }
  forgetNames(page);
}

/** Names of lines and headings say nothing further; Readability would drop a heading for being called `header-2`. */
function forgetNames(page: Page): void {
  for (const element of page.body.querySelectorAll('p, li, h2, h3, h4, h5, h6, blockquote, table')) {
    if (element.id) element.setAttribute(ANCHOR, element.id);
    element.removeAttribute('id');
    element.removeAttribute('class');
  }
}

/** What fits a sign and is neither within what was marked before nor around the title. */
function listFitting(page: Page, { names, selector }: Sign): PageElement[] {
  const chosen = new Set(selector ? page.body.querySelectorAll(selector) : []);
  return [...page.body.querySelectorAll('*')].filter(
    (element) =>
      (chosen.has(element) || names.test(namesOf(element))) &&
      !element.closest(`[${ROLE}]`) &&
      !element.querySelector('h1') &&
      element.tagName !== 'H1' &&
      !(element.tagName === 'FIGCAPTION' && element.closest('figure')?.querySelector('table')),
  );
}

/** An element within a line stands for the whole line, if that says little else; undefined if it is part of a sentence. */
function growToLine(element: PageElement): PageElement | undefined {
  const line = element.closest(LINES);
  if (!line || line === element) return element;
  const length = clean(element.textContent ?? '').length;
  const whole = clean(line.textContent ?? '').length;
  if (line.querySelector(LINES)) return element;
  return whole < MOST_WORDS || length > whole / 2 ? line : undefined;
}

/** The words of an element's class and id: `articleBody__pullQuote` as `article-body-pull-quote`. */
function namesOf(element: PageElement): string {
  return `${element.getAttribute('class') ?? ''}-${element.getAttribute('id') ?? ''}`
    .slice(0, 300)
    .replace(/([a-z])(?=[A-Z])/g, '$1-')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .toLowerCase();
}

/** Leaves the element's paragraphs in its place, each with its role, and without links and classes. */
function setApart(page: Page, element: PageElement, role: Apart): void {
  // The number of a footnote may stand by itself.
  const lines = collectBlocks(element).filter(({ text }) => !/^\W{0,3}\d{1,3}\W{0,3}$/.test(text));
  const paragraphs = lines.map(({ text, role: own }) => {
    const paragraph = page.createElement('p');
    paragraph.setAttribute(ROLE, APART.includes(own as Apart) ? own : role);
    paragraph.append(text);
    return paragraph;
  });
  element.replaceWith(...paragraphs);
}

function lengthOfLinks(element: PageElement): number {
  const links = element.tagName === 'A' ? [element] : [...element.querySelectorAll('a')];
  return links.reduce((total, link) => total + clean(link.textContent ?? '').length, 0);
}
