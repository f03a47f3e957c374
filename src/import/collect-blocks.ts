import { APART, type Apart, clean, composeTable, type TextBlock } from './blocks.ts';
import { isElement, NODE, type PageElement, type PageNode } from './page.ts';

/** The attribute that names a role which was recognised by a page's markup. */
export const ROLE = 'data-role-apart';

/** The attribute that keeps an element's id. */
export const ANCHOR = 'data-anchor';

/** Elements of which nothing is read. */
const SKIPPED = new Set(
  'AUDIO BUTTON CANVAS DATALIST EMBED FORM HEAD IFRAME INPUT MATH NAV NOSCRIPT OBJECT SCRIPT SELECT STYLE SVG TEMPLATE TEXTAREA TITLE'.split(
    ' ',
  ),
);

/** Elements that begin a new line. */
const BLOCKS = new Set(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE BODY CAPTION CENTER DD DETAILS DIV DL DT FIELDSET FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR HTML LI MAIN OL P PRE SECTION SUMMARY TABLE TBODY TD TFOOT TH THEAD TR UL'.split(
    ' ',
  ),
);

/** A table whose cells are longer, on average or one of them, lays out the page; in characters. */
const LONG_CELL = 200;
const LONGEST_CELL = 600;

/** Where in the page an element stands. */
interface Place {
  readonly role?: Apart;
  readonly quoted?: boolean;
  readonly level?: number;
  readonly emphasised?: boolean;
  readonly linked?: boolean;
}

/** The paragraphs, headings and tables below an element, in the order of the page. Pictures leave no text. */
export function collectBlocks(root: PageElement): TextBlock[] {
  const blocks: TextBlock[] = [];
  let text = '';
  let plain = '';
  let unlinked = '';
  let anchor: string | undefined;
  let breaks = 0;
  let afterPicture = false;
  let place: Place = {};

  const flush = (): void => {
    const words = clean(text);
    const { role, level, quoted } = place;
    // A rule of asterisks or underscores says nothing.
    if (isWords(words)) {
      blocks.push({
        role: role ?? (level ? 'heading' : 'paragraph'),
        text: words,
        ...(level ? { level } : {}),
        ...(quoted ? { quoted } : {}),
        ...(isWords(plain) ? {} : { emphasised: true }),
        ...(isWords(unlinked) ? {} : { linked: true }),
        ...(afterPicture ? { afterPicture } : {}),
        ...(anchor ? { anchor } : {}),
      });
      afterPicture = false;
    }
    text = '';
    plain = '';
    unlinked = '';
    anchor = undefined;
    breaks = 0;
  };

  const addTable = (table: PageElement): void => {
    const caption = captionOf(table);
    const rows = rowsOf(table).map((cells) => cells.map((cell) => clean(cell.textContent ?? '')));
    const written = composeTable(rows, caption);
    if (written) blocks.push({ role: place.role ?? 'paragraph', text: written, table: true });
  };

  const within = (next: Place, run: () => void): void => {
    const before = place;
    place = next;
    run();
    place = before;
  };

  const visit = (node: PageNode): void => {
    if (node.nodeType === NODE.text) {
      const words = node.textContent ?? '';
      text += words;
      if (!place.emphasised) plain += words;
      if (!place.linked) unlinked += words;
      if (words.trim()) breaks = 0;
      return;
    }
    if (!isElement(node)) return;
    const element = node;
    const tag = element.tagName.toUpperCase();
    if (SKIPPED.has(tag) || isReference(element)) return;
    if (tag === 'FIGCAPTION' && belongsToTable(element)) return;
    if (tag === 'BR') {
      breaks += 1;
      if (breaks > 1) flush();
      else text += ' ';
      return;
    }
    if (tag === 'IMG' || tag === 'PICTURE' || tag === 'VIDEO') {
      // A caption never belongs to a picture within a line.
      if (!text.trim()) afterPicture = true;
      return;
    }
    const role = roleOf(element);
    const isBlock = BLOCKS.has(tag) || role !== undefined;
    const inner = placeWithin(place, tag, role);
    if (!isBlock) {
      within(inner, () => visitAll(element));
      return;
    }
    flush();
    within(inner, () => {
      if (tag === 'TABLE' && isData(element)) return addTable(element);
      anchor = element.getAttribute(ANCHOR) ?? (element.id || undefined);
      visitAll(element);
      flush();
    });
  };
  const visitAll = (element: PageElement): void => {
    for (const child of element.childNodes) visit(child);
  };

  visitAll(root);
  flush();
  return blocks;
}

function isWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

function placeWithin(place: Place, tag: string, own: Apart | undefined): Place {
  const role = own ?? place.role ?? (tag === 'FIGCAPTION' ? 'caption' : undefined);
  const level = /^H[1-6]$/.test(tag) ? Number(tag.slice(1)) : place.level;
  const emphasised = place.emphasised || /^(B|STRONG|I|EM)$/.test(tag);
  return {
    ...(role ? { role } : {}),
    ...(level ? { level } : {}),
    ...(place.quoted || tag === 'BLOCKQUOTE' ? { quoted: true } : {}),
    ...(emphasised ? { emphasised } : {}),
    ...(place.linked || tag === 'A' ? { linked: true } : {}),
  };
}

function roleOf(element: PageElement): Apart | undefined {
  const name = element.getAttribute(ROLE);
  if (name) return APART.find((role) => role === name);
  const isNotes = /\b(footnotes|endnotes)\b/.test(`${element.className} ${element.getAttribute('role') ?? ''}`);
  return isNotes || /^(foot|end)note-\d+$/.test(element.id) ? 'footnote' : undefined;
}

/** A number that leads to a footnote, or an arrow that leads back from it. */
export function isReference(element: PageElement): boolean {
  const tag = element.tagName.toUpperCase();
  if (tag !== 'SUP' && tag !== 'A') return false;
  const link = tag === 'A' ? element : element.querySelector('a');
  if (!link?.getAttribute('href')?.startsWith('#')) return false;
  const text = clean(element.textContent ?? '');
  const isNote = /note|\bfn|\bref/i.test(`${link.className} ${link.getAttribute('href')}`) && /^\d{1,3}$/.test(text);
  return (
    tag === 'SUP' || isNote || link.getAttribute('role') === 'doc-noteref' || /^([↩↑⤴^]\uFE0E?|\[\d{1,3}\])$/.test(text)
  );
}

/** A table of figures or words, not one that lays out the page. */
function isData(table: PageElement): boolean {
  const cells = rowsOf(table).flat();
  if (cells.length < 2) return false;
  const lengths = cells.map((cell) => clean(cell.textContent ?? '').length);
  if (Math.max(...lengths) > LONGEST_CELL) return false;
  return (
    lengths.reduce((total, length) => total + length, 0) / cells.length < LONG_CELL &&
    cells.every((cell) => [...cell.querySelectorAll('p')].length < 2)
  );
}

function rowsOf(table: PageElement): PageElement[][] {
  const own = <T extends PageElement>(list: Iterable<T>): T[] =>
    [...list].filter((one) => one.closest('table') === table);
  return own(table.querySelectorAll('tr')).map((row) => own(row.querySelectorAll('th, td')));
}

/** The table's own caption, or that of the figure around it. */
function captionOf(table: PageElement): string {
  const caption = table.querySelector('caption') ?? table.closest('figure')?.querySelector('figcaption');
  return clean(caption?.textContent ?? '');
}

function belongsToTable(element: PageElement): boolean {
  const table = element.closest('figure')?.querySelector('table');
  return Boolean(table && isData(table));
}
