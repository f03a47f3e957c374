import type { z } from 'zod';
import { createFault, type Details, type Fault, type FaultCode } from './fault.ts';

/** Where each value of a parsed file stands: `claims.0.kind` to its line, counted from 1. */
export type Lines = ReadonlyMap<string, number>;

/** A file's values as written, before they are checked, and where each of them stands. */
export interface Source {
  readonly file: string;
  /** Undefined if the file is too broken to have any. */
  readonly value: unknown;
  readonly lines: Lines;
  readonly faults: readonly Fault[];
}

/** The line of a value, or of the nearest thing that holds it, or 1. */
export function lineOf(lines: Lines, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const line = lines.get(path.slice(0, length).join('.'));
    if (line) return line;
  }
  return 1;
}

/** The source of a file that is too broken to have a value. */
export function brokenSource(file: string, ...faults: readonly Fault[]): Source {
  return { file, value: undefined, lines: new Map(), faults };
}

/** A fault as the message of a schema's issue: zod carries a text and nothing else. `checkSource` reads it back. */
export function tell<C extends FaultCode>(code: C, ...details: Details<C>): string {
  return JSON.stringify([code, ...details]);
}

/** Checks a source against its schema: the value, or a fault for each thing wrong. */
export function checkSource<T>(schema: z.ZodType<T>, { file, value, lines }: Source): { value?: T; faults: Fault[] } {
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data, faults: [] };
  const faults = result.error.issues.map(({ path, message }) => {
    const [code, ...details] = JSON.parse(message) as [FaultCode, ...Details];
    return createFault({ file, line: lineOf(lines, path) }, code, ...details);
  });
  return { faults };
}
