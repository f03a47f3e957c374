import { expect, type TaskMeta } from 'vitest';

/** What came of the digests of one trial. */
export interface Figures {
  readonly digests: number;
  /** Never posted. */
  readonly lost: number;
  /** Posted once too often. */
  readonly doubled: number;
  /** Times that the bot kept somebody waiting for longer than it may. */
  readonly hung: number;
  /** Processes that ended by themselves, and not well. */
  readonly crashed: number;
}

declare module 'vitest' {
  interface TaskMeta {
    figures?: Figures;
  }
}

/** Compares the marks of the digests that were due with those that were posted, notes it for the table, and expects no fault. */
export function settleTrial(
  { meta }: { readonly meta: TaskMeta },
  due: readonly string[],
  posted: readonly string[],
  { hung = 0, crashed = 0, said = '' }: Partial<Pick<Figures, 'hung' | 'crashed'>> & { readonly said?: string } = {},
): void {
  const seen = new Set(posted);
  const lost = due.filter((mark) => !seen.has(mark)).length;
  const figures = { digests: due.length, lost, doubled: posted.length - seen.size, hung, crashed };
  meta.figures = figures;
  expect(figures, said).toEqual({ digests: due.length, lost: 0, doubled: 0, hung: 0, crashed: 0 });
  expect(due.length).toBeGreaterThan(0);
}
