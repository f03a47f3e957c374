import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import { MAX_FILE_BYTES } from '../content/limits.ts';
import { readText } from '../content/read-file.ts';
import { writeWhole } from '../content/write-file.ts';
import { UserError } from '../core/errors.ts';
import type { ContentChange, DeskOptions } from './desk-options.ts';
import { EditError } from './edit/edit-error.ts';

/** A file's text, and what tells whether it is still the same. */
export interface Version {
  readonly text: string;
  /** A hash of the text; that of the empty text if there is no file. */
  readonly version: string;
}

/** A file that changed on disk after the editor had opened it. */
export class ChangedMeanwhile extends UserError {
  override readonly name = 'ChangedMeanwhile';
  readonly current: Version;

  constructor(current: Version) {
    super('the file changed meanwhile', 'Look at both, and choose.');
    this.current = current;
  }
}

export function versionOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** Reads a content file; an absent one is empty. Throws EditError if it can't be read. */
export async function readVersion(path: string): Promise<Version> {
  const found = await readText(path);
  if ('text' in found) return { text: found.text, version: versionOf(found.text) };
  if (found.reason === 'missing') return { text: '', version: versionOf('') };
  throw new EditError(`${basename(path)} can’t be read (${found.reason})`, 'Fix it on the bot’s machine.');
}

export interface Write {
  readonly path: string;
  /** The version that the editor saw. */
  readonly version: string;
  readonly text: string;
}

/** Writes files below one folder. */
export interface FileWriter {
  /**
   * Writes them in this order, each whole or not at all. Throws ChangedMeanwhile, before any is written, if one isn't the
   * version that the editor saw, and EditError if a path leads out of the folder. `change` says what it is if it is more than
   * a change to these files.
   */
  save(writes: readonly Write[], change?: ContentChange): Promise<void>;
}

/** A writer of files below `root`, one save at a time. `record` hears what was saved. */
export function createFileWriter(root: string, record?: DeskOptions['record']): FileWriter {
  let last: Promise<unknown> = Promise.resolve();
  return {
    save(writes, change) {
      const saved = last.then(() => saveAll(root, writes));
      last = saved.catch(() => undefined);
      if (!record || writes.length === 0) return saved;
      const about = writes.map(({ path }) => relative(root, path)).join(', ');
      return saved.then(() => record(change ?? { action: 'content.save', about }));
    },
  };
}

async function saveAll(root: string, writes: readonly Write[]): Promise<void> {
  const targets = new Map<string, string>();
  for (const { path, version, text } of writes) {
    if (Buffer.byteLength(text) > MAX_FILE_BYTES)
      throw new EditError(`${basename(path)} would be too large`, 'A content file has at most 1 MB: divide it.');
    targets.set(path, await locate(root, path));
    const current = await readVersion(path);
    if (current.version !== version) throw new ChangedMeanwhile(current);
  }
  for (const { path, text } of writes) await writeWhole(targets.get(path) ?? path, text);
}

/** Where a path really leads. Throws EditError unless that is below the folder. */
async function locate(root: string, path: string): Promise<string> {
  const real = await resolveLinks(path);
  const inside = relative(await realpath(root), real);
  if (inside.startsWith('..') || inside === '' || isAbsolute(inside))
    throw new EditError('this file lies outside the content folder', 'Edit it where it is.');
  return real;
}

/** The same path without links, though its end need not be there yet. */
async function resolveLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (!isMissing || dirname(path) === path) throw error;
    return join(await resolveLinks(dirname(path)), basename(path));
  }
}
