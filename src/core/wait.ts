/** Resolves after so many milliseconds, and keeps no program alive for it. */
export function wait(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(() => resolve(undefined), ms).unref());
}
