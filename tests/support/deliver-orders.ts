import type { Article, Topic } from '../../src/core/article.ts';

/** What a process that delivers is told on its command line, as JSON. */
export interface WorkerOrders {
  /** What it delivers. Reading files, and what reads them, would take it half a second. */
  readonly articles: readonly Article[];
  readonly topics: readonly Topic[];
  readonly database: string;
  readonly platform: 'discord' | 'slack';
  readonly token: string;
  readonly apiUrl: string;
  /** How far its clock is ahead, in milliseconds. */
  readonly ahead: number;
  /** Where it ends itself as a power cut would: when it gets there for the nth time. Until then it goes on; without, until all is delivered. */
  readonly dies?: { readonly at: Step; readonly time: number };
}

/** Before the ledger is written, after it, with a delivery claimed, with the request sent but no answer, with the message posted but not recorded, and with all recorded. */
export const STEP_NAMES = ['started', 'planned', 'claimed', 'sending', 'sent', 'recorded'] as const;
export type Step = (typeof STEP_NAMES)[number];
