import { Parser } from 'htmlparser2';
import { UserError } from '../core/errors.ts';

type Most = Readonly<Record<'depth' | 'elements' | 'texts', number>>;

/** The most that a page may hold: far more than any article, far less than what takes minutes to read. */
const PAGE: Most = Object.freeze({ depth: 250, elements: 20_000, texts: 100_000 });

/** The same of a part of a Word document, which has many elements to a word, and is read faster. */
export const WORD_PART: Most = Object.freeze({ depth: 250, elements: 500_000, texts: 500_000 });

/** Throws UserError if reading the page would take minutes or exhaust the stack. `file` names it. */
export function checkPage(file: string, html: string, most: Most = PAGE): void {
  const count = { depth: 0, elements: 0, texts: 0 };
  const add = (what: keyof Most): void => {
    count[what] += 1;
    if (count[what] <= most[what]) return;
    const found = {
      depth: 'elements nested too deeply',
      elements: 'too many elements',
      texts: 'too many pieces of text',
    }[what];
    throw new UserError(
      `${file} has ${found} (more than ${most[what].toLocaleString('en-GB')}); copy the article's text into a .txt file, with an empty line between paragraphs`,
    );
  };
  const parser = new Parser(
    {
      onopentag() {
        add('elements');
        add('depth');
      },
      onclosetag() {
        count.depth -= 1;
      },
      ontext: () => add('texts'),
    },
    { xmlMode: most === WORD_PART },
  );
  parser.end(html);
}
