import { LRUCache } from 'lru-cache';
import type { Conversations } from '../core/conversation.ts';
import type { Question } from '../core/question.ts';
import type { Before } from '../core/search.ts';
import { readFollowUp } from './follow-up.ts';

/** How long an answer can be followed up, in milliseconds. */
export const CONVERSATION_MS = 30 * 60_000;
/** The most conversations kept; the one idle longest goes first. */
const MAX_CONVERSATIONS = 5000;

interface Kept {
  readonly person: string;
  readonly before: Before;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export interface ConversationsOptions {
  readonly now: () => number;
  /**
   * Whether a person was forgotten after this time, perhaps by another process. Asked only when a text follows up on
   * something.
   */
  readonly wasForgotten?: ((person: string, since: number) => Promise<boolean>) | undefined;
}

/** Conversations in this process's memory: they end with the process, and none lasts longer than half an hour. */
export function createConversations({ now, wasForgotten = async () => false }: ConversationsOptions): Conversations {
  const kept = new LRUCache<string, Kept>({ max: MAX_CONVERSATIONS });
  const recall = async (question: Question): Promise<Before | undefined> => {
    const key = keyOf(question);
    const found = key === undefined ? undefined : kept.get(key);
    if (key === undefined || !found) return undefined;
    const isOver = now() - found.at > CONVERSATION_MS || (await wasForgotten(found.person, found.at));
    if (!isOver) return found.before;
    kept.delete(key);
    return undefined;
  };
  return {
    read: async (text, question, library) => readFollowUp(text, await recall(question), library),
    keep(question, before) {
      const key = keyOf(question);
      if (key === undefined) return;
      if (before) kept.set(key, { person: personOf(question), before, at: now() });
      else kept.delete(key);
    },
    forget(person) {
      for (const [key, one] of kept.entries()) if (one.person === person) kept.delete(key);
    },
  };
}

/** One key for a person in a place; undefined if questions there can't follow one another up. */
function keyOf(question: Question): string | undefined {
  return question.conversation === undefined ? undefined : `${personOf(question)} ${question.conversation}`;
}

function personOf({ asker }: Question): string {
  return asker?.key ?? '';
}
