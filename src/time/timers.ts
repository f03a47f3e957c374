/** Time, as what waits and measures sees it. */
export interface Timers {
  /** Milliseconds since some moment; never set back. */
  now(): number;
  /** Runs the work after so many milliseconds. Gives a function that calls it off. */
  after(ms: number, work: () => void): () => void;
}

/** The machine's own time. Work that is still to come keeps no program alive. */
export const systemTimers: Timers = {
  now: () => performance.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms).unref();
    return () => clearTimeout(timer);
  },
};

/** Whether the work ends within so many milliseconds. It goes on if not. Rejects if it rejects in time. */
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
