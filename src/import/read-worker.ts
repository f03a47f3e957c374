import { parentPort, workerData } from 'node:worker_threads';
import { UserError } from '../core/errors.ts';
import { composeDraft } from './compose-draft.ts';
import type { Order, ReadOutcome } from './read-apart.ts';
import { readDocument } from './read-document.ts';

/** What `readApart` runs. */
async function read(): Promise<ReadOutcome> {
  const { document, takenSlugs, counted, retrieved } = workerData as Order;
  try {
    const article = await readDocument(document, counted);
    return { article, draft: composeDraft(article, takenSlugs, retrieved) };
  } catch (error) {
    if (error instanceof UserError) return { what: error.what, remedy: error.remedy };
    throw error;
  }
}

parentPort?.postMessage(await read());
