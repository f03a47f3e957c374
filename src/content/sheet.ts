import { createFault, type Details, type Fault, type FaultCode } from './fault.ts';
import { MAX_LINE_LENGTH } from './limits.ts';

/** What is gathered while a page is read: where its values stand, and what is wrong with it. */
export interface Sheet {
  readonly file: string;
  readonly lines: Map<string, number>;
  readonly faults: Fault[];
  /** Notes that a value stands at this line of the page's Markdown, counted from 0. */
  mark(path: string, start: number): void;
  report<C extends FaultCode>(start: number, code: C, ...details: Details<C>): void;
}

/** Lines that are too long to be parsed. */
export function checkLines(file: string, text: string): Fault[] {
  return text.split('\n').flatMap((line, index) => {
    const place = { file, line: index + 1 };
    return line.length > MAX_LINE_LENGTH ? [createFault(place, 'line-length', line.length, MAX_LINE_LENGTH)] : [];
  });
}

/** `offset` is how many lines of the file come before its Markdown. */
export function createSheet(file: string, offset = 0): Sheet {
  const lines = new Map<string, number>();
  const faults: Fault[] = [];
  return {
    file,
    lines,
    faults,
    mark: (path, start) => void lines.set(path, start + 1 + offset),
    report: (start, code, ...details) =>
      void faults.push(createFault({ file, line: start + 1 + offset }, code, ...details)),
  };
}
