import { z } from 'zod';
import { RECORD_PARTS } from '../../core/search.ts';
import { listIds, MAX_CHOSEN, MAX_NEAREST, RECORD_PREFIX } from './compose-prompt.ts';
import { type Selection, SelectionFailed, type SelectionRequest } from './selector.ts';

const completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});
const answer = z.object({
  verdict: z.enum(['answered', 'nearest', 'declined']),
  ids: z.array(z.string()).max(100),
});

/**
 * Reads what /v1/chat/completions gave. Nothing of it is kept but the verdict and ids that were offered. Throws
 * SelectionFailed if it is anything else.
 */
export function parseSelection(body: string, request: SelectionRequest): Selection {
  const { verdict, ids } = parseCompletion(body, answer);
  const offered = new Set(listIds(request));
  const unique = [...new Set(ids)];
  if (!unique.every((id) => offered.has(id))) throw new SelectionFailed('invented');
  if (verdict === 'declined') return { verdict, claims: [], record: [] };
  const most = verdict === 'answered' ? MAX_CHOSEN : MAX_NEAREST;
  // The ids that come from the model stay here: what goes on is the request's own.
  const claims = unique.flatMap((id) => request.claims.find((claim) => claim.id === id)?.id ?? []).slice(0, most);
  const record = RECORD_PARTS.filter((part) => unique.includes(`${RECORD_PREFIX}${part}`));
  if (claims.length > 0) return { verdict, claims, record: [] };
  if (record.length > 0) return { verdict: 'answered', claims: [], record };
  throw new SelectionFailed('broken', 'no ids');
}

/** The object that a model wrote into what /v1/chat/completions gave. Throws SelectionFailed if it isn't of this shape. */
export function parseCompletion<T>(body: string, schema: z.ZodType<T>): T {
  const { choices } = read(completion, body);
  const content = choices[0]?.message.content ?? '';
  // Servers that know no schema put the object into a block of code, or words around it.
  return read(schema, content.slice(content.indexOf('{'), content.lastIndexOf('}') + 1));
}

function read<T>(schema: z.ZodType<T>, text: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    throw new SelectionFailed('broken');
  }
}
