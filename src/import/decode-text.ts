import { analyse } from 'chardet';
import sniffEncoding from 'html-encoding-sniffer';
import { UserError } from '../core/errors.ts';

/** Above this share of control characters a file is not text. */
const MOST_CONTROLS = 0.1;

/** Of 100: a detected encoding that is less sure is a guess. */
const SURE = 50;

/** What is known of a text beside its bytes. */
export interface TextOptions {
  /** It is HTML, which may declare its encoding. */
  readonly isPage?: boolean;
  /** The encoding that a server declares. */
  readonly charset?: string | undefined;
}

/** How many bytes are looked at to detect their encoding. */
const SAMPLE = 64 * 1024;

/**
 * The text in a file's bytes: in the encoding that its byte order mark names, else in UTF-8; if the bytes aren't UTF-8, in
 * the encoding that the server or a page declares, else in the one that the bytes look like. Line ends become `\n`. Throws
 * UserError if it is not text; `file` names it there.
 */
export function decodeText(file: string, bytes: Uint8Array, { isPage = false, charset }: TextOptions = {}): string {
  const text = decode(bytes, isPage, charset).replace(/\r\n?/g, '\n');
  const controls = text.match(/(?![\t\n\f])\p{Cc}/gu)?.length ?? 0;
  if (text.includes('\0') || controls > text.length * MOST_CONTROLS) {
    throw new UserError(`${file} isn't a text file; save the article as .txt, .md or .html and import that`);
  }
  return text;
}

function decode(bytes: Uint8Array, isPage: boolean, charset: string | undefined): string {
  const marked = sniffEncoding(bytes.subarray(0, 3), { defaultEncoding: 'UTF-8' });
  if (marked !== 'UTF-8') return new TextDecoder(marked).decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const known = { defaultEncoding: 'UTF-8', ...(charset ? { transportLayerEncodingLabel: charset } : {}) };
    const declared = isPage || charset ? sniffEncoding(isPage ? bytes : bytes.subarray(0, 3), known) : 'UTF-8';
    return new TextDecoder(declared === 'UTF-8' ? detectEncoding(bytes) : declared).decode(bytes);
  }
}

/** The encoding that the bytes look like; windows-1252, which old editors write, if they look like nothing in particular. */
function detectEncoding(bytes: Uint8Array): string {
  const [best] = analyse(bytes.subarray(0, SAMPLE));
  if (!best || best.confidence < SURE) return 'windows-1252';
  try {
    return new TextDecoder(best.name).encoding;
  } catch {
    return 'windows-1252';
  }
}
