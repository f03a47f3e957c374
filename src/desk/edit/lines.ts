/** A text as lines, and how its lines end, so that it can be put together again. */
export interface SplitText {
  readonly lines: readonly string[];
  readonly end: '\n' | '\r\n';
}

export function splitLines(text: string): SplitText {
  return { lines: text.split(/\r?\n/), end: text.includes('\r\n') ? '\r\n' : '\n' };
}

export function joinLines({ lines, end }: SplitText): string {
  return lines.join(end);
}

/** The same with the lines from `start` up to `stop` replaced. */
export function replaceLines({ lines, end }: SplitText, start: number, stop: number, by: readonly string[]): SplitText {
  return { lines: [...lines.slice(0, start), ...by, ...lines.slice(stop)], end };
}

/** Where a run of lines ends without the blank ones at its end. */
export function trimEnd(lines: readonly string[], start: number, stop: number): number {
  let last = stop;
  while (last > start && !lines[last - 1]?.trim()) last -= 1;
  return last;
}
