import type { Reply } from '../core/reply.ts';
import { within } from '../time/wait.ts';
import { createCardPainter } from './card.ts';
import { composeCard } from './compose-digest.ts';
import type { Turn } from './turn.ts';

/** How long a digest waits for its picture, in milliseconds. */
const PATIENCE_MS = 10_000;

export interface Illustrator {
  /** The digest of a topic with its picture, or without one if it can't be painted. Never rejects. */
  readonly illustrate: (reply: Reply, turn: Turn) => Promise<Reply>;
  readonly close: () => Promise<void>;
}

/** Adds pictures to digests, or leaves them as they are. */
export function createIllustrator(paints: boolean, log: { warn(details: object, message: string): void }): Illustrator {
  if (!paints) return { illustrate: async (reply) => reply, close: async () => undefined };
  const painter = createCardPainter();
  return {
    async illustrate(reply, { topic, claims }) {
      const card = composeCard(topic, claims);
      if (!card) return reply;
      try {
        const image = await within(painter.paint(card), PATIENCE_MS);
        if (!image) throw new Error('painting took too long');
        return { ...reply, image };
      } catch (error) {
        log.warn({ err: error, topic: topic.slug }, 'a digest is sent without its picture');
        return reply;
      }
    },
    close: () => painter.close(),
  };
}
