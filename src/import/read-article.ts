import { UserError } from '../core/errors.ts';
import { type Apart, clean, divideBlocks, type Section, type TextBlock } from './blocks.ts';
import { type Metadata, mergeMetadata } from './metadata.ts';
import { setApart } from './set-apart.ts';

/** A text in pieces, as its file gives it, and what is said of it beside them. */
export interface ReadText {
  readonly metadata: Metadata;
  readonly blocks: readonly TextBlock[];
}

/** A piece of the text that isn't one of its paragraphs. */
export interface PieceApart {
  readonly role: Apart;
  readonly text: string;
  /** The number of the paragraph that it comes after; 0 before the first. */
  readonly after: number;
}

/** An article, with its paragraphs told from what stands between them. */
export interface ReadArticle {
  readonly title: string;
  readonly metadata: Metadata;
  readonly sections: readonly Section[];
  readonly apart: readonly PieceApart[];
  /** The file has no paragraphs of its own: they were made from its lines, and an editor has to check them. */
  readonly hasGuessedParagraphs?: boolean;
}

/** What editors are told of paragraphs that were made from lines. */
export const GUESSED_PARAGRAPHS =
  'A PDF has no paragraphs of its own: these were made from its lines. Check each against the article before you word a claim.';

/** Pieces that an editor counts as paragraphs, too. */
export type Counted = readonly Apart[];

/**
 * Tells an article's paragraphs from what stands between them; `counted` are paragraphs, too. Throws UserError, which names
 * `file`, if there are none.
 */
export function composeArticle(file: string, { metadata, blocks: read }: ReadText, counted: Counted = []): ReadArticle {
  const title = metadata.title ?? '';
  const { blocks: told, byline } = setApart(read, title, metadata);
  const blocks = told.map(
    (block): TextBlock => (counted.some((role) => role === block.role) ? { ...block, role: 'paragraph' } : block),
  );
  const sections = divideBlocks(blocks);
  if (sections.length === 0) {
    throw new UserError(
      `no article was found in ${file}; copy its text into a .txt file, with an empty line between paragraphs`,
    );
  }
  return {
    title: title || clean(nameOf(file)),
    // What a page or a header says about itself wins over what is read from a line.
    metadata: { ...mergeMetadata(metadata, byline), ...authorOf(metadata, byline) },
    sections,
    apart: listApart(blocks),
  };
}

/** Papers often name themselves as the author, and the person in the byline alone. */
function authorOf({ author, publisher }: Metadata, byline: Metadata): Metadata {
  return author !== undefined && author === publisher && byline.author ? { author: byline.author } : {};
}

function nameOf(file: string): string {
  const name = file.split(/[/\\]/).at(-1) ?? file;
  return name.replace(/\.[a-z]{2,8}$/i, '').replace(/[-_]+/g, ' ');
}

function listApart(blocks: readonly TextBlock[]): PieceApart[] {
  let after = 0;
  return blocks.flatMap(({ role, text }): PieceApart[] => {
    if (role === 'paragraph') after += 1;
    return role === 'paragraph' || role === 'heading' ? [] : [{ role, text, after }];
  });
}
