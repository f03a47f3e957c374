import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { MAX_FILE_BYTES } from './limits.ts';

/** Why a file has no usable text. */
export type Obstacle =
  | { readonly reason: 'missing' | 'kind' | 'size' | 'encoding' }
  | { readonly reason: 'unreadable'; readonly code: string };

/**
 * Reads a content file, without its byte order mark. What is not an ordinary file is never opened or waited for, such as a
 * pipe or a device behind a link, and no more than `limit` bytes are ever kept.
 */
export async function readText(path: string, limit = MAX_FILE_BYTES): Promise<{ text: string } | Obstacle> {
  try {
    // Opening a pipe waits for its writer, and opening a device may have effects: check first, and don't wait if it has changed since.
    if (!(await stat(path)).isFile()) return { reason: 'kind' };
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const found = await handle.stat();
      if (!found.isFile()) return { reason: 'kind' };
      if (found.size > limit) return { reason: 'size' };
      const chunks: Buffer[] = [];
      for await (const chunk of handle.createReadStream({ end: limit, autoClose: false })) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      return bytes.length > limit ? { reason: 'size' } : decode(bytes);
    } finally {
      await handle.close();
    }
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    return code === 'ENOENT' ? { reason: 'missing' } : { reason: 'unreadable', code };
  }
}

function decode(bytes: Uint8Array): { text: string } | Obstacle {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { reason: 'encoding' };
  }
}
