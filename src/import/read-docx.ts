import { zipSync } from 'fflate';
import mammoth from 'mammoth';
import { UserError } from '../core/errors.ts';
import { fold, type TextBlock } from './blocks.ts';
import { readByline } from './byline.ts';
import { checkPage, WORD_PART } from './check-page.ts';
import { collectBlocks } from './collect-blocks.ts';
import { markPage } from './mark-page.ts';
import { composeMetadata } from './metadata.ts';
import { parsePage } from './page.ts';
import type { ReadText } from './read-article.ts';
import { unpack } from './unpack.ts';

/** A long article is a hundredth of it. */
const LIMITS = Object.freeze({ files: 2000, bytes: 40 * 1024 * 1024 });

/** Word's own styles by the names that they have in every language. */
const STYLES = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => p.standfirst:fresh",
  "p[style-name='caption'] => p.caption:fresh",
  "p[style-name='Caption'] => p.caption:fresh",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
];

/**
 * The text of a Word document; its footnotes are set apart. No picture is looked at, nothing is loaded. Throws UserError,
 * which names `file`, if it isn't a Word document or unpacks to more than an article's size.
 */
export async function readDocx(file: string, bytes: Uint8Array): Promise<ReadText> {
  const parts = unpackText(file, bytes);
  for (const part of Object.values(parts)) checkPage(file, Buffer.from(part).toString(), WORD_PART);
  const buffer = Buffer.from(zipSync(parts, { level: 0 }));
  const html = await mammoth
    .convertToHtml(
      { buffer },
      {
        styleMap: STYLES,
        externalFileAccess: false,
        convertImage: mammoth.images.imgElement(async () => ({ src: '' })),
      },
    )
    .then(
      ({ value }) => value,
      () => refuse(file),
    );
  checkPage(file, html);
  const page = parsePage(html);
  markPage(page);
  const blocks = collectBlocks(page.body);
  const title = titleOf(blocks);
  return { metadata: composeMetadata({ title }), blocks };
}

/** The parts of a document that hold text. */
function unpackText(file: string, bytes: Uint8Array): Record<string, Uint8Array> {
  try {
    const parts = unpack(bytes, (name) => /\.(xml|rels)$/i.test(name), LIMITS);
    if ('[Content_Types].xml' in parts) return parts;
  } catch (error) {
    if (!(error instanceof UserError)) return refuse(file);
    throw new UserError(
      `${file} unpacks to far more than an article’s text`,
      'Copy the text into a .txt file, and import that.',
    );
  }
  return refuse(file);
}

function refuse(file: string): never {
  throw new UserError(`${file} can't be read as a Word document`, 'Open it and save it as .docx again, or as .txt.');
}

/** The heading, or a first short line that isn't a sentence. */
function titleOf(blocks: readonly TextBlock[]): string | undefined {
  const heading = blocks.find(({ role, level }) => role === 'heading' && level === 1);
  if (heading) return heading.text;
  const [first] = blocks;
  const isTitle = first && first.text.length <= 150 && !/[.!?]$/.test(first.text) && !readByline(first.text);
  return isTitle && fold(first.text) ? first.text : undefined;
}
