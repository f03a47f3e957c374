/** What a process that delivers is told on its command line, as JSON. */
export interface WorkerOrders {
  readonly database: string;
  readonly platform: 'discord' | 'slack';
  readonly token: string;
  readonly apiUrl: string;
  /** How far its clock is ahead, in milliseconds. */
  readonly ahead: number;
  /** Where it ends itself as a power cut would: at the so-manieth time that it gets there. */
  readonly dies?: { readonly at: Step; readonly time: number };
}

/** Before the ledger is written, after it, with a delivery claimed, with the request sent but no answer, with the message posted but not recorded, and with all recorded. */
export const STEP_NAMES = ['started', 'planned', 'claimed', 'sending', 'sent', 'recorded'] as const;
export type Step = (typeof STEP_NAMES)[number];
