import type { Roles } from './read-roles.ts';

/** How far a question and the questions that a claim answers agree on who does what to whom, each from 0 to 1. */
export interface Agreement {
  readonly agrees: number;
  readonly clashes: number;
}

/** A sentence that a claim stands behind, and how near it is to the question, above 0. */
export interface Behind {
  readonly roles: Roles;
  readonly weight: number;
}

/** Compares the roles in a question with those in a claim's sentences, the near ones counting more. */
export function compareRoles(asked: Roles, sentences: readonly Behind[]): Agreement {
  let [same, other] = [0, 0];
  for (const { roles, weight } of sentences) {
    for (const [party, role] of asked) {
      const own = roles.get(party);
      if (!role || !own) continue;
      if (role === own) same += weight;
      else other += weight;
    }
  }
  const all = same + other;
  return all === 0 ? { agrees: 0, clashes: 0 } : { agrees: same / all, clashes: other / all };
}
