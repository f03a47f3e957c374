/** One thing that was checked, and the result. */
export interface Finding {
  /** The same for the same finding, such as `token-refused`. */
  readonly code: string;
  /**
   * - good: as it should be
   * - note: worth knowing
   * - bad: something will not work
   */
  readonly state: 'good' | 'note' | 'bad';
  /** What was found, in one line without secrets and without a full stop. */
  readonly what: string;
  /** What to do about it, in whole sentences. */
  readonly remedy?: string;
}

export function good(code: string, what: string): Finding {
  return { code, state: 'good', what };
}

export function note(code: string, what: string, remedy?: string): Finding {
  return { code, state: 'note', what, ...(remedy ? { remedy } : {}) };
}

export function bad(code: string, what: string, remedy: string): Finding {
  return { code, state: 'bad', what, remedy };
}

/** What a check of a platform's setup found. */
export interface Diagnosis {
  readonly findings: readonly Finding[];
  /** By how many milliseconds this machine's clock is ahead of the platform's; absent if the platform gave no time. */
  readonly clockAheadMs?: number | undefined;
}

/** By how many milliseconds this machine's clock is ahead of a server's, by its `Date` header. Undefined without one. */
export function measureClock(header: string | null, now: number): number | undefined {
  const there = Date.parse(header ?? '');
  return Number.isNaN(there) ? undefined : now - there;
}
