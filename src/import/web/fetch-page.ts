import type { lookup as lookupHost } from 'node:dns';
import { type IncomingMessage, request as requestPlain } from 'node:http';
import { request as requestSecure } from 'node:https';
import { isIP } from 'node:net';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { reasonOf, UserError } from '../../core/errors.ts';
import { type Document, type Format, formatOf } from '../read-document.ts';
import { createLookup, isAllowed, type Network, PrivateAddress } from './addresses.ts';

export interface FetchOptions {
  /** Networks from which pages may be read though they aren't on the public web. */
  readonly networks: readonly Network[];
  /** For all redirects together, in milliseconds. */
  readonly timeoutMs?: number;
  /** Unpacked. */
  readonly mostBytes?: number;
  /** As `dns.lookup`. */
  readonly lookup?: typeof lookupHost;
}

const MOST_REDIRECTS = 5;
const TIMEOUT_MS = 20_000;
export const MOST_BYTES = 10 * 1024 * 1024;
const MOST_HEADERS = 32 * 1024;

/** What a server calls the formats that can be read. */
const TYPES: Readonly<Record<string, Format>> = {
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'text/markdown': 'markdown',
  'text/x-markdown': 'markdown',
  'text/plain': 'text',
  'application/pdf': 'pdf',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
};

/**
 * Reads a page, a PDF or a document from the web: within a time, up to a size, over few redirects, and at every step only
 * from allowed addresses. Throws UserError with the remedy.
 */
export async function fetchPage(address: string, options: FetchOptions): Promise<Document> {
  const signal = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS);
  let url = parseAddress(address);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const answer = await ask(url, options, signal).catch((error) => explain(url, error, signal));
    const { statusCode: status = 0, headers } = answer;
    if (status >= 300 && status < 400 && headers.location) {
      answer.destroy();
      url = parseAddress(headers.location, url);
      continue;
    }
    if (status !== 200) {
      answer.destroy();
      throw new UserError(
        `${show(url)} answers with ${status}, not with a page`,
        'Open it in your browser, save it as a file, and import that.',
      );
    }
    const { format, charset } = readType(url, headers['content-type'] ?? '');
    const bytes = await readBody(url, answer, options.mostBytes ?? MOST_BYTES).catch((error) =>
      explain(url, error, signal),
    );
    return { name: show(url), format, bytes, address: url.href, ...(charset ? { charset } : {}) };
  }
  throw new UserError(`${show(parseAddress(address))} redirects too often`, 'Give the address where it ends.');
}

/** An address on the web, by itself or as a redirect from `base`. */
function parseAddress(text: string, base?: URL): URL {
  const url = URL.parse(text, base?.href);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new UserError(
      `${base ? `${show(base)} leads to something that` : 'that'} isn't an address on the web`,
      'Give one that begins with https://',
    );
  }
  if (url.username || url.password) {
    throw new UserError(
      `${show(url)} has a name or a password in it`,
      'Save the page in your browser, and import the file.',
    );
  }
  url.hash = '';
  return url;
}

/** For messages: what comes after ? may hold a secret. */
function show({ origin, pathname }: URL): string {
  return `${origin}${pathname}`.slice(0, 200);
}

function ask(url: URL, { networks, lookup }: FetchOptions, signal: AbortSignal): Promise<IncomingMessage> {
  // A host that is an address is connected to without a lookup. URL has made 127.1, 0x7f.1 and 2130706433 the same.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isAllowed(host, networks)) throw new PrivateAddress(host);
  const request = url.protocol === 'https:' ? requestSecure : requestPlain;
  return new Promise((resolve, reject) => {
    request(
      url,
      {
        signal,
        // A connection of its own: one that was kept alive was checked for somebody else.
        agent: false,
        lookup: createLookup(networks, lookup),
        maxHeaderSize: MOST_HEADERS,
        headers: {
          accept: 'text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8,*/*;q=0.5',
          'accept-encoding': 'gzip, deflate, br',
          'user-agent': 'briefing-bot (imports one page for an editor)',
        },
      },
      resolve,
    )
      .once('error', reject)
      .end();
  });
}

function readType(url: URL, header: string): { format: Format; charset?: string } {
  const [type = '', ...parameters] = header
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  const charset = parameters
    .find((one) => one.startsWith('charset='))
    ?.slice(8)
    .replace(/["']/g, '');
  const format = TYPES[type] ?? formatByName(url);
  if (!format) {
    throw new UserError(
      `${show(url)} is neither a page nor a PDF, a Word document or text`,
      'Give the address of the article itself, or save it as a file and import that.',
    );
  }
  // Servers often call Markdown plain text.
  const named = format === 'text' ? formatByName(url) : undefined;
  return { format: named === 'markdown' ? named : format, ...(charset ? { charset } : {}) };
}

function formatByName({ pathname }: URL): Format | undefined {
  try {
    return formatOf(pathname);
  } catch {
    return undefined;
  }
}

async function readBody(url: URL, answer: IncomingMessage, most: number): Promise<Uint8Array> {
  const encoding = answer.headers['content-encoding'] ?? '';
  const unpack = { gzip: createGunzip, 'x-gzip': createGunzip, deflate: createInflate, br: createBrotliDecompress }[
    encoding
  ];
  const body = unpack ? answer.pipe(unpack()) : answer;
  // An error of the connection would leave whoever unpacks waiting.
  if (unpack) answer.once('error', (error) => body.destroy(error));
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      size += (chunk as Buffer).length;
      if (size > most) {
        throw new UserError(
          `${show(url)} is larger than ${Math.round(most / 1024 / 1024)} MB`,
          'Save the article by itself as a file, and import that.',
        );
      }
      chunks.push(chunk as Buffer);
    }
  } finally {
    answer.destroy();
  }
  return Buffer.concat(chunks);
}

function explain(url: URL, error: unknown, signal: AbortSignal): never {
  const cause = error instanceof Error && error.cause instanceof UserError ? error.cause : error;
  if (cause instanceof UserError) throw cause;
  if (signal.aborted) {
    throw new UserError(
      `${show(url)} takes too long to answer`,
      'Try again, or save the page as a file and import that.',
    );
  }
  throw new UserError(
    `${show(url)} can't be read (${reasonOf(error)})`,
    'Check the address, or save the page as a file and import that.',
  );
}
