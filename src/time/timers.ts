/** Time, for code that waits and measures. */
export interface Timers {
  /** Milliseconds since some moment; never set back. */
  now(): number;
  /** Runs the work after this many milliseconds. Returns a function that cancels it. */
  after(ms: number, work: () => void): () => void;
}

/** The machine's own time. Pending work doesn't keep the program alive. */
export const systemTimers: Timers = {
  now: () => performance.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms).unref();
    return () => clearTimeout(timer);
  },
};

/** Whether the work ends within this many milliseconds. If not, it goes on. Rejects if the work rejects in time. */
export async function endsWithin(timers: Timers, work: Promise<unknown>, ms: number): Promise<boolean> {
  let callOff = () => {};
  const late = new Promise<boolean>((resolve) => {
    callOff = timers.after(ms, () => resolve(false));
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    callOff();
  }
}
