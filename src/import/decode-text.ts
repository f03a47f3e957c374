import { UserError } from '../core/errors.ts';

/** Above this share of control characters a file is no text. */
const MOST_CONTROLS = 0.1;

/**
 * The text in a file's bytes: UTF-8, UTF-16 where a byte order mark says so, and windows-1252 where it is neither, as old
 * editors and pages write it. Line ends become `\n`. Throws UserError where it is no text; `file` names it there.
 */
export function decodeText(file: string, bytes: Uint8Array): string {
  const text = decode(bytes).replace(/\r\n?/g, '\n');
  const controls = text.match(/(?![\t\n\f])\p{Cc}/gu)?.length ?? 0;
  if (text.includes('\0') || controls > text.length * MOST_CONTROLS) {
    throw new UserError(`${file} is no text; save the article as .txt, .md or .html and import that`);
  }
  return text;
}

function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
