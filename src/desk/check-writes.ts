import type { Fault, FaultCode } from '../content/fault.ts';
import { lintFolders } from '../content/lint/lint-content.ts';
import { type Overlay, type ReadContent, readContent, show } from '../content/read.ts';
import { UserError } from '../core/errors.ts';
import { EditError } from './edit/edit-error.ts';
import { readVersion, versionOf, type Write } from './files.ts';
import { wordFault } from './views/faults.ts';

/** What readers should not see by mistake. The bot would answer all the same, so an editor may insist on it. */
const REMARKS: ReadonlySet<FaultCode> = new Set([
  'source-number',
  'source-number-elsewhere',
  'source-count',
  'source-name',
  'source-name-elsewhere',
  'source-date',
  'source-heading',
  'note-source',
  'loaded-bare',
] as const);

/** Remarks to save in spite of: those that an editor was shown, by their key, or any. */
export type InSpiteOf = string;
export const ANY_REMARKS: InSpiteOf = 'any';

/** A change of what readers see that the cited paragraphs don't bear out, or a note without a source. It can be saved all the same. */
export class HeldBack extends UserError {
  override readonly name = 'HeldBack';
  readonly remarks: readonly Fault[];
  /** Tells whether an editor has seen these remarks, and not others. */
  readonly key: InSpiteOf;

  constructor(remarks: readonly Fault[]) {
    super(
      `readers would see this at once, and it needs another look. ${remarks.map(wordFault).join(' ')} Nothing is saved yet`,
      'Fix that, or save it anyway.',
    );
    this.remarks = remarks;
    this.key = versionOf(JSON.stringify(remarks.map(({ what }) => what)));
  }
}

/** A change of what readers see from which the bot couldn't answer any more. */
export class WouldBreak extends EditError {
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(
      `readers get answers from this, and it would have faults. ${faults.map(wordFault).join(' ')} Nothing is saved yet`,
      'Fix that first.',
    );
    this.faults = faults;
  }
}

/** Where content is, and the names that no topic may take. */
interface Place {
  readonly directory: string;
  readonly commands: readonly string[];
}

/**
 * Looks at what files would say to readers. Throws EditError if the bot couldn't answer from them, and HeldBack if a claim that
 * readers see would say a number, a name or a date that its paragraphs lack. What is wrong already isn't held against them.
 */
export async function checkWrites(
  { directory, commands }: Place,
  writes: readonly Write[],
  inSpiteOf: InSpiteOf = '',
): Promise<void> {
  const lint = async (overlay?: Overlay) => lintFolders(await readContent(directory, overlay), commands);
  const next = await lint(new Map(writes.map(({ path, text }) => [path, text])));
  const remarks = next.advice.filter(({ code }) => REMARKS.has(code));
  if (next.faults.length === 0 && remarks.length === 0) return;
  const now = await lint();
  const nameOf = ({ code, file, what }: Fault) => `${code} ${file} ${what}`;
  const known = new Set(now.faults.map(nameOf));
  const faults = next.faults.filter((fault) => !known.has(nameOf(fault)));
  if (faults.length > 0) throw new WouldBreak(faults);
  holdBack(await withoutOld(remarks, now.advice, writes), inSpiteOf);
}

/** Throws HeldBack if there are remarks, unless an editor has seen these and means it. */
export function holdBack(remarks: readonly Fault[], inSpiteOf: InSpiteOf = ''): void {
  const held = new HeldBack(remarks);
  if (remarks.length > 0 && inSpiteOf !== held.key && inSpiteOf !== ANY_REMARKS) throw held;
}

/** What the article's own text speaks against in what readers see. */
export async function listRemarks(read: ReadContent, commands: readonly string[]): Promise<readonly Fault[]> {
  return (await lintFolders(read, commands)).advice.filter(({ code }) => REMARKS.has(code));
}

/** The remarks on lines that change: an old one on a line that stays as it is keeps nobody from changing another. */
async function withoutOld(
  remarks: readonly Fault[],
  old: readonly Fault[],
  writes: readonly Write[],
): Promise<readonly Fault[]> {
  const files = await Promise.all(
    writes.map(async ({ path, text }) => [show(path), text, (await readVersion(path)).text] as const),
  );
  const lines = new Map(files.map(([file, text, before]) => [file, [text, before].map((one) => one.split(/\r?\n/))]));
  const nameOf = ({ code, file, line, what }: Fault, which: 0 | 1) =>
    `${code} ${file} ${what} ${lines.get(file)?.[which]?.[line - 1]}`;
  const known = new Set(old.map((fault) => nameOf(fault, 1)));
  return remarks.filter((fault) => !known.has(nameOf(fault, 0)));
}
