import { UserError } from '../core/errors.ts';
import { cleanText } from '../core/question.ts';
import { FAULT_TEXTS } from './fault-texts.ts';

export type FaultCode = keyof typeof FAULT_TEXTS;

/** What the text of a code is made from. */
export type Details<C extends FaultCode = FaultCode> = Parameters<(typeof FAULT_TEXTS)[C]>;

/** One thing wrong in a content file. */
export interface Fault {
  readonly code: FaultCode;
  /** Path as the user would type it. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly what: string;
  readonly remedy: string;
}

/** Where a fault is. */
export type FaultPlace = Pick<Fault, 'file' | 'line'>;

export function createFault<C extends FaultCode>({ file, line }: FaultPlace, code: C, ...details: Details<C>): Fault {
  const compose = FAULT_TEXTS[code] as (...values: unknown[]) => readonly [string, string];
  const [what, remedy] = compose(...details);
  return { code, file, line, what, remedy };
}

/** `file:line: what; remedy`, the form that editors and CI make clickable, without anything that could disturb a terminal. */
export function formatFault({ file, line, what, remedy }: Fault): string {
  return cleanText(`${file}:${line}: ${what}; ${remedy}`);
}

/** A fault of advice in the same form, with the name by which a comment turns its check off. */
export function formatAdvice(fault: Fault): string {
  return `${formatFault(fault)} (${fault.code})`;
}

/** Content that has faults. Carries every one, not the first. */
export class FaultyContent extends UserError {
  override readonly name = 'FaultyContent';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[]) {
    super(faults.map(formatFault).join('\n'));
    this.faults = faults;
  }
}
