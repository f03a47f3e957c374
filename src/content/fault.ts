import { UserError } from '../core/errors.ts';
/** One thing wrong in a content file, with its remedy in the message. */
export interface Fault {
  /** Path as the user would type it. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly message: string;
}

/** `file:line: message`, the form that editors and CI make clickable. */
export function formatFault({ file, line, message }: Fault): string {
  return `${file}:${line}: ${message}`;
}

/** Content that cannot be served. Carries every fault, not the first. */
export class FaultyContent extends UserError {
  override readonly name = 'FaultyContent';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(formatFault).join('\n'));
    this.faults = faults;
  }
}
