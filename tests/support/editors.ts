import type { Editors } from '../../src/core/editors.ts';

/** Editors to whom everything arrives: `passed` is what did. */
export function createTestEditors(): Editors & { readonly passed: readonly string[] } {
  const passed: string[] = [];
  return {
    passed,
    async pass(question) {
      passed.push(question);
      return 'sent';
    },
  };
}
