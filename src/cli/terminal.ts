import { AsyncLocalStorage } from 'node:async_hooks';
import { readFile } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import { styleText } from 'node:util';
import type { Style } from '../adapters/terminal/render-reply.ts';
import { UserError } from '../core/errors.ts';

/** Something that text is written to. A terminal says how wide it is. */
interface Output extends Writable {
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** Its file descriptor, if it is a file of the process. */
  readonly fd?: number;
}

/** What a command of the program reads and writes; `process` is one. */
export interface Terminal {
  readonly stdin: Readable;
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: NodeJS.Dict<string>;
  /** What the program ends with: 0 if left out. */
  exitCode?: number | string | null | undefined;
}

const terminals = new AsyncLocalStorage<Terminal>();

/** Has everything that `work` calls read from and write to this terminal. */
export function withTerminal<T>(terminal: Terminal, work: () => Promise<T>): Promise<T> {
  return terminals.run(terminal, work);
}

/** What the command that is running reads and writes. */
export function currentTerminal(): Terminal {
  return terminals.getStore() ?? process;
}

/** Colours, if the terminal has them. */
export const style: Style = (name, text) => styleText(name, text, { stream: currentTerminal().stdout });

export function print(text: string): void {
  currentTerminal().stdout.write(`${text}\n`);
}

/** Prints on standard error, apart from what may be piped. */
export function printAside(text: string): void {
  currentTerminal().stderr.write(`${text}\n`);
}

/** Has the program end with 1, once the command is done. */
export function markFailed(): void {
  currentTerminal().exitCode = 1;
}

/** The text of a file that the user named. Throws UserError if it cannot be read. */
export async function readInput(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UserError(`${path} can't be read (${(error as NodeJS.ErrnoException).code})`, 'Check its name.');
  }
}
