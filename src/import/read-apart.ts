import { Worker } from 'node:worker_threads';
import { UserError } from '../core/errors.ts';
import { moduleUrl } from '../core/module-url.ts';
import type { Draft } from './compose-draft.ts';
import type { Counted, ReadArticle } from './read-article.ts';
import type { Document } from './read-document.ts';

/** What a worker is to read, and what it needs to write drafts of it. */
export interface Order {
  readonly document: Document;
  /** Names that topics may not take. */
  readonly takenSlugs: readonly string[];
  /** Pieces that are paragraphs, too. */
  readonly counted?: Counted | undefined;
  /** The day on which it was read from the web. */
  readonly retrieved?: string | undefined;
}

/** An article and the drafts of it. */
export interface Drafted {
  readonly article: ReadArticle;
  readonly draft: Draft;
}

/** What a worker answers: the article, or what is wrong with the document. */
export type ReadOutcome = Drafted | { readonly what: string; readonly remedy: string };

export interface Bounds {
  /** In milliseconds; a page takes one second, a long PDF five. */
  readonly timeoutMs?: number;
  /** In MB. */
  readonly memory?: number;
}

/**
 * Reads a document and drafts its topics in a thread of its own, so that one that is made to take for ever or to fill the
 * memory is given up. Throws UserError, which names it.
 */
export function readApart(order: Order, { timeoutMs = 60_000, memory = 768 }: Bounds = {}): Promise<Drafted> {
  const { promise, resolve, reject } = Promise.withResolvers<Drafted>();
  const worker = new Worker(moduleUrl('read-worker', import.meta.url), {
    workerData: order,
    // What libraries say of a document is for nobody.
    stdout: true,
    stderr: true,
    env: {},
    resourceLimits: { maxOldGenerationSizeMb: memory },
  });
  const giveUp = (why: string): void =>
    reject(
      new UserError(`${order.document.name} ${why}`, 'Copy the article’s text into a .txt file, and import that.'),
    );
  const timer = setTimeout(() => giveUp('takes too long to read'), timeoutMs);
  worker
    .once('message', (reading: ReadOutcome) => {
      if ('article' in reading) resolve(reading);
      else reject(new UserError(reading.what, reading.remedy));
    })
    .once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') giveUp('takes too much memory to read');
      else if (error instanceof RangeError) giveUp('is nested too deeply to be read');
      else reject(error);
    })
    .once('exit', () => giveUp("can't be read"));
  return promise.finally(() => {
    clearTimeout(timer);
    return worker.terminate();
  });
}
