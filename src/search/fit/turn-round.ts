import type { Article } from '../../core/article.ts';
import { createActorFinder, roleWords } from '../roles/actors.ts';
import { readRoles } from '../roles/read-roles.ts';

/**
 * The question with its two parties swapped, so that it asks for the reverse: “Which drones does Azerbaijan buy from Israel?”
 * becomes “which drones does israel buy from azerbaijan”. Undefined if it does not name two parties in different roles, or if
 * the swap changes nothing in who does what.
 */
export function turnRound(question: string, article: Article): string | undefined {
  const findActors = createActorFinder([{ ...article, people: {}, organisations: {}, places: {} }]);
  const words = roleWords(question);
  const roles = readRoles(question, findActors);
  const [first, second] = [...roles].filter(([, role]) => role !== undefined);
  if (!first || !second || roles.size !== 2 || first[1] === second[1]) return undefined;
  const written = [...words];
  for (const { actors, from, to, describes } of [...findActors(words)].reverse()) {
    const other = actors.includes(first[0]) ? second[0] : first[0];
    const possessive = words[to - 1] === '’s';
    const adjective = describes && !possessive ? (article.parties[other]?.adjectives[0] ?? other) : other;
    written.splice(from, to - from, possessive ? `${other}’s` : adjective);
  }
  const turned = written.join(' ').replaceAll(' ’s', '’s').toLowerCase();
  return readRoles(turned, findActors).get(first[0]) === second[1] ? turned : undefined;
}
