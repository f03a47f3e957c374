/** One thing that was looked at, and how it is. */
export interface Finding {
  /** - good: as it should be
   *  - note: worth knowing
   *  - bad: something will not work */
  readonly state: 'good' | 'note' | 'bad';
  /** What was found, in one line without secrets. */
  readonly text: string;
  /** What to do about it. */
  readonly remedy?: string;
}

export function good(text: string): Finding {
  return { state: 'good', text };
}

export function note(text: string, remedy?: string): Finding {
  return { state: 'note', text, ...(remedy ? { remedy } : {}) };
}

export function bad(text: string, remedy: string): Finding {
  return { state: 'bad', text, remedy };
}

/** How far the clock of this machine may be from a server's: both platforms refuse requests five minutes old. */
const CLOCK_TOLERANCE_MS = 30_000;

/** What a server's `Date` header says of this machine's clock. Undefined where there is none. */
export function compareClock(header: string | null, now: number): Finding | undefined {
  const there = Date.parse(header ?? '');
  if (Number.isNaN(there)) return undefined;
  const seconds = Math.round((now - there) / 1000);
  if (Math.abs(now - there) <= CLOCK_TOLERANCE_MS) return good('the clock is right');
  return bad(
    `the clock is ${Math.abs(seconds)} s ${seconds > 0 ? 'ahead' : 'behind'}`,
    'Signatures will be refused and digests come at the wrong time. Let the machine set its clock: timedatectl set-ntp true',
  );
}

/** Why something failed, in one word where there is one: the innermost cause, such as `ECONNREFUSED`. */
export function reasonOf(error: unknown): string {
  const { cause, original, code, message } = error as {
    cause?: unknown;
    original?: unknown;
    code?: unknown;
    message?: string;
  };
  const inner = original ?? cause;
  if (inner) return reasonOf(inner);
  return String(code ?? message ?? error);
}
