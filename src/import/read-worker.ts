import { parentPort, workerData } from 'node:worker_threads';
import { UserError } from '../core/errors.ts';
import type { ReadOutcome } from './read-apart.ts';
import { readDocument } from './read-document.ts';

/** What `readApart` runs. */
async function read(): Promise<ReadOutcome> {
  try {
    return { article: await readDocument(workerData) };
  } catch (error) {
    if (error instanceof UserError) return { what: error.what, remedy: error.remedy };
    throw error;
  }
}

parentPort?.postMessage(await read());
