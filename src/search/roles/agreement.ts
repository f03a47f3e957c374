import type { Role, Roles } from './read-roles.ts';

/** How far a question and the questions that a claim answers agree on who does what to whom, each from 0 to 1. */
export interface Agreement {
  readonly agrees: number;
  readonly clashes: number;
  /** How far somebody else stands where the question has somebody. */
  readonly substituted: number;
}

/** A sentence that a claim stands behind, and how near it is to the question, above 0. */
export interface Behind {
  readonly roles: Roles;
  readonly weight: number;
}

/** Compares the roles in a question with those in a claim's sentences, the near ones counting more. */
export function compareRoles(asked: Roles, sentences: readonly Behind[]): Agreement {
  let [same, other, substituted, all] = [0, 0, 0, 0];
  for (const { roles, weight } of sentences) {
    for (const [actor, role] of asked) {
      const own = roles.get(actor);
      if (!role || !own) continue;
      if (role === own) same += weight;
      else other += weight;
    }
    const replaced = (['giver', 'taker'] as const).some((role) => isReplaced(inRole(asked, role), inRole(roles, role)));
    if (replaced) substituted += weight;
    all += weight;
  }
  const compared = same + other || 1;
  return { agrees: same / compared, clashes: other / compared, substituted: substituted / (all || 1) };
}

function inRole(roles: Roles, role: Role): string[] {
  return [...roles].filter(([, own]) => own === role).map(([actor]) => actor);
}

/** Whether both name somebody, and nobody the same. */
function isReplaced(asked: readonly string[], own: readonly string[]): boolean {
  return asked.length > 0 && own.length > 0 && !asked.some((actor) => own.includes(actor));
}
