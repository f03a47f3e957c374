import { readFile } from 'node:fs/promises';
import { styleText } from 'node:util';
import type { Style } from '../adapters/terminal/render-reply.ts';
import { UserError } from '../core/errors.ts';

/** Colours, if the terminal has them. */
export const style: Style = (name, text) => styleText(name, text, { stream: process.stdout });

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** The text of a file that the user named. Throws UserError if it cannot be read. */
export async function readInput(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UserError(`${path} can't be read (${(error as NodeJS.ErrnoException).code})`, 'Check its name.');
  }
}
