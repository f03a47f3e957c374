import { LRUCache } from 'lru-cache';
import { Piscina } from 'piscina';
import { moduleUrl } from '../core/module-url.ts';

/** What a picture shows: one claim, who says it, and its paragraph. */
export interface Card {
  /** The topic. */
  readonly title: string;
  /** Such as `over 60 % of oil imports`: its number is shown large. */
  readonly figure?: string;
  readonly text: string;
  /** Such as `Figure`. */
  readonly kind: string;
  /** Such as `paragraph 4 · Ada Example`. */
  readonly source: string;
  readonly byline: string;
  /** The editors have notes on it. */
  readonly contested: boolean;
}

export interface Picture {
  readonly png: Uint8Array;
  /** Says all that the picture does, in at most 1,000 characters. */
  readonly alt: string;
}

export interface CardPainter {
  /** Paints a card, or returns the picture painted before. Rejects if painting fails. */
  paint(card: Card): Promise<Picture>;
  close(): Promise<void>;
}

/** The most pictures kept, about 50 KB each. */
const REMEMBERED = 50;
/** A thread that has had nothing to paint for so many milliseconds ends, and its memory with it. */
const IDLE_MS = 30_000;
const MAX_ALT = 1000;

/** Paints in a thread of its own, since it takes a tenth of a second in which the bot answers others. */
export function createCardPainter(): CardPainter {
  const pool = new Piscina<Card, Uint8Array>({
    filename: moduleUrl('card-worker', import.meta.url).href,
    minThreads: 0,
    maxThreads: 1,
    idleTimeout: IDLE_MS,
  });
  const painted = new LRUCache<string, Promise<Picture>>({ max: REMEMBERED });
  return {
    paint(card) {
      const key = JSON.stringify(card);
      const found = painted.get(key);
      if (found) return found;
      const picture = pool.run(card).then((png) => ({ png, alt: composeAlt(card) }));
      painted.set(key, picture);
      // A failed picture is tried again the next time.
      picture.catch(() => painted.delete(key));
      return picture;
    },
    close: () => pool.destroy(),
  };
}

/** The picture in words. */
export function composeAlt({ title, figure, text, kind, source, byline, contested }: Card): string {
  const parts = [
    title,
    ...(figure ? [figure] : []),
    text,
    `${kind} · ${source}`,
    byline,
    ...(contested ? ['The editors have notes on it, in the message.'] : []),
  ];
  return cutAtWord(parts.join('. ').replace(/([.!?])\. /g, '$1 '), MAX_ALT);
}

/** A text of at most `limit` characters, cut before a word if it is longer. */
export function cutAtWord(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, limit - 1).replace(/(?<!\s)\s+\S*$/, '')}…`;
}
