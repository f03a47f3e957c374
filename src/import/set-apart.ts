import { fold, type TextBlock } from './blocks.ts';
import { findDate, readByline } from './byline.ts';
import type { Metadata } from './metadata.ts';

/** What a text says of itself and its author, once that is taken out of it. */
export interface SetApart {
  readonly blocks: readonly TextBlock[];
  /** What its byline says. */
  readonly byline: Metadata;
}

/** A rule that gives a block another role, or leaves it. */
type Rule = (block: TextBlock, context: Context) => TextBlock['role'] | undefined;

interface Context {
  readonly blocks: readonly TextBlock[];
  readonly index: number;
  /** Their names, folded. */
  readonly authors: readonly string[];
  readonly folded: readonly string[];
  readonly description: string | undefined;
  /** How many blocks are at or after this one, and how many paragraphs come before it. */
  readonly left: number;
  readonly before: number;
}

/** In characters. */
const LONGEST = Object.freeze({
  advertisement: 160,
  standfirst: 450,
  caption: 400,
  quote: 350,
  correction: 700,
  bio: 700,
  heading: 80,
});

/** A byline is among this many first blocks: lines about the article may come before it. */
const FIRST = 4;
/** A note on the author is among this many last blocks. */
const LAST = 4;
/** Anything shorter may stand twice in a text by chance, in words. */
const SHORTEST_QUOTE = 5;
/** The same in quotation marks. */
const SHORTEST_SAYING = 3;

/**
 * Gives every block its role by what it says and where it stands, whatever the file's format: a page's markup has told some of
 * them already. `title` is left out.
 */
export function setApart(read: readonly TextBlock[], title: string, metadata: Metadata): SetApart {
  const blocks = dropTitle(read, title);
  const { blocks: dated, byline } = takeByline(blocks);
  const named = metadata.author ?? byline.author ?? '';
  const authors = named
    .split(/, | and | & /)
    .map(fold)
    .filter((name) => name.includes(' '));
  const context = { authors, description: metadata.description, folded: dated.map(({ text }) => fold(text)) };
  let before = 0;
  const told = dated.map((block, index): TextBlock => {
    const here = { ...context, blocks: dated, index, left: dated.length - index, before };
    const role = isOpen(block) ? RULES.map((rule) => rule(block, here)).find(Boolean) : undefined;
    if ((role ?? block.role) === 'paragraph') before += 1;
    return role ? { ...block, role } : block;
  });
  return { blocks: told, byline };
}

/** Roles that markup gives by default. */
function isOpen({ role, table }: TextBlock): boolean {
  return (role === 'paragraph' || role === 'heading') && !table;
}

/** The title stands in the text once more: as its first heading, however it is worded, or as a line of its own. */
function dropTitle(blocks: readonly TextBlock[], title: string): TextBlock[] {
  const folded = fold(title);
  const isTitle = ({ text }: TextBlock): boolean => fold(text) === folded;
  const start = blocks.findIndex((block) => block.role === 'paragraph' && !isTitle(block));
  return blocks.filter((block, index) => {
    const isFirst = index < Math.max(start, 1);
    if (block.role === 'heading') return !isTitle(block) && !(isFirst && block.level === 1);
    return !(isFirst && isTitle(block));
  });
}

/** The blocks with those at their beginning that name author and date known as such, and what stands before these as standfirst. */
function takeByline(blocks: readonly TextBlock[]): SetApart {
  let byline: Metadata = {};
  const places: number[] = [];
  const first = blocks.slice(0, FIRST).map((block, index): TextBlock => {
    const found = readBylineOf(block);
    if (!found && block.role !== 'byline') return block;
    byline = { ...found, ...byline };
    places.push(index);
    return { ...block, role: 'byline' };
  });
  const [start = 0, end = start] = [places[0], places.at(-1)];
  const named = first.map((block, index): TextBlock => {
    if (!isOpen(block) || index >= end || block.text.length > LONGEST.standfirst) return block;
    // An office stands between the author and the date.
    return { ...block, role: index < start ? 'standfirst' : 'byline' };
  });
  return { blocks: [...named, ...blocks.slice(FIRST)], byline };
}

/** What a line says of author and date: one that is marked as a byline may say it without "By". */
function readBylineOf(block: TextBlock): Metadata | undefined {
  if (block.role === 'byline')
    return { ...findDate(block.text), ...readByline(`By ${block.text}`), ...readByline(block.text) };
  return isOpen(block) ? readByline(block.text) : undefined;
}

const ADVERTISEMENT =
  /^(ad|advert|advertisement|advertising|sponsored( content)?|promoted|paid content|(article|story) continues (below|after)\b.*|scroll (down )?to continue.*|skip (past )?(the )?newsletter.*|after newsletter promotion|sign up (for|to) .*|subscribe (to|now|for) .*|support (our|independent) journalism.*|most (read|popular))\.?$/i;
/** A label without a full stop, and what it labels. */
const LABELLED = /^(?:Advertisement|ADVERTISEMENT)(?:: | \p{Lu})(?:.*[^.])?$/u;
const READ_MORE =
  /^(read (more|also|next)|see also|related( (stories|articles))?|more on this( story)?|watch|listen|don[’']t miss)( ?[:|–—-] ?.+)?$/i;

/** Words that only advertise. */
const advertises: Rule = ({ text, linked, role }) => {
  if (text.length > LONGEST.advertisement) return undefined;
  const isMore = READ_MORE.test(text) && (linked || role === 'heading' || /^[^:]+:/.test(text));
  const isLink = linked && role === 'paragraph' && !/[.!?…][”"’)]*$/.test(text);
  const isLetter = /\bnewsletter\b/i.test(text) && /\b(subscribe|sign up|inbox|here|join)\b/i.test(text);
  return isMore || isLink || isLetter || ADVERTISEMENT.test(text) || LABELLED.test(text) ? 'advertisement' : undefined;
};

const CORRECTION =
  /^(correction|clarification|erratum|editor[’']s note|update|amendment)\b[^.:]{0,60}[:.]\s|^[•*–—-]?\s?this (article|story|piece|post|report|headline|page)( \w+)? (was|has been) (\w+ )?(amended|corrected|updated|clarified|changed|edited)\b|^(an|a previous|the original) (earlier )?version of this (article|story|piece|report)\b/i;

/** A note on what was changed since. */
const corrects: Rule = ({ text }) =>
  text.length <= LONGEST.correction && CORRECTION.test(text) ? 'correction' : undefined;

const CAPTION =
  /^(photo|photograph|photography|picture|image|illustration|graphic|video|map|credit|source|figure|fig\.?|chart)s?( credit)?( \d{1,3})?( by\b.*)?\s?[:.|/]|^(image|picture|photo) (source|caption|credit)\b|^\d{1,3} of \d{1,3} \| |(photograph|photo|image|picture|illustration|credit): ?[^.:]{2,60}\.?$|\([^()]{0,40}\b(photo|image|photograph|picture)\b[^()]{0,60}\)\.?$/i;

/** What a picture shows, or whose it is. */
const captions: Rule = ({ text, afterPicture, emphasised }) => {
  if (text.length > LONGEST.caption) return undefined;
  return CAPTION.test(text) || (afterPicture && emphasised) ? 'caption' : undefined;
};

/** A sentence of the text that stands out once more. */
const quotes: Rule = ({ text, role, quoted, emphasised }, { folded, index }) => {
  const own = folded[index] ?? '';
  const isSaid = /^[“"‘'].*[”"’']$/.test(text);
  if (text.length > LONGEST.quote || own.split(' ').length < (isSaid ? SHORTEST_SAYING : SHORTEST_QUOTE))
    return undefined;
  const isSet = role === 'heading' || quoted || emphasised;
  const isAgain = folded.some(
    (other, at) => at !== index && ` ${other} `.includes(` ${own} `) && (other.length > own.length || isSet),
  );
  return isAgain ? 'pull quote' : undefined;
};

const OFFICE = /\b(is|are|was|writes|covers|reports|teaches|works|leads|runs|edits|lives|contributed)\b/i;
const OCCUPATION =
  /\b(writer|journalist|reporter|correspondent|editor|columnist|author|professor|lecturer|fellow|researcher|historian|economist|analyst|director|contributor|critic|photographer|teacher|student)s?\b/i;
const BIO =
  /^(about the authors?\b|follow (him|her|them|[\p{Lu}][\p{L} ]+) (on|at)\b|contact (the (author|reporter)|him|her|them)\b)|^\p{Lu}[\p{L} ]+ reported from \p{Lu}|\bcontributed (reporting|to this (report|story|article))\b/iu;

/** Who the author is, at the end of the text. */
const introduces: Rule = ({ text, emphasised }, { authors, left, folded, index, before }) => {
  if (left > LAST || before < 2 || text.length > LONGEST.bio) return undefined;
  if (BIO.test(text)) return 'author bio';
  const isNamed = authors.some((name) => folded[index]?.startsWith(`${name} `));
  const isBio = OFFICE.test(text) && (isNamed || (emphasised && OCCUPATION.test(text)));
  return isBio ? 'author bio' : undefined;
};

/** The lines between the title and the text, if they are set as such. */
const stands: Rule = ({ text, role, emphasised, level }, { before, blocks, index, description }) => {
  if (before > 0 || text.length > LONGEST.standfirst || blocks.slice(0, index).some(isOpen)) return undefined;
  // In bold after the byline stands the first paragraph, as broadcasters set it.
  const isAfter = blocks.slice(0, index).some((one) => one.role === 'byline') && text !== description;
  const isLine = role === 'heading' ? (level ?? 1) > 1 && /[^?][.!…]$/.test(text) : emphasised && !isAfter;
  const goesOn = blocks.slice(index + 1).filter((one) => one.role === 'paragraph').length > 1;
  return isLine && goesOn ? 'standfirst' : undefined;
};

/** A line in bold between two paragraphs that isn't a sentence. */
const heads: Rule = ({ text, role, emphasised, quoted }, { before, blocks, index }) => {
  if (role !== 'paragraph' || !emphasised || quoted || before === 0 || text.length > LONGEST.heading) return undefined;
  const next = blocks[index + 1];
  const isLine = !/[.!:;,…”"’]$/.test(text) && next?.role === 'paragraph' && !next.emphasised;
  return isLine ? 'heading' : undefined;
};

/** Lines that belong to a page and not to its text. */
const SMALL =
  /^(\d{1,2} min(ute)?s?( read)?|reading time.{0,20}|(last )?(updated|modified)( on)?:? .{4,40}|share( this)?( article| story)?|print|comments?( \(\d+\))?|listen to this article.{0,20})$/i;
const bylines: Rule = ({ text }) => (SMALL.test(text) ? 'byline' : undefined);

const RULES: readonly Rule[] = [bylines, advertises, corrects, captions, introduces, stands, quotes, heads];
