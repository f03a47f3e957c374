import type { Feedback, Rating } from '../../src/core/feedback.ts';

/** Feedback in memory: what each person said last of each answer. */
export function createTestFeedback(): Feedback & { readonly ratings: () => readonly Rating[] } {
  const kept = new Map<string, Rating>();
  return {
    rate: async (rating) => void kept.set(`${rating.person}\n${rating.question}`, rating),
    ratings: () => [...kept.values()],
  };
}
