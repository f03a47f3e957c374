import type { Sender } from './sender.ts';

/** The platforms on which the bot can post by itself. */
export const PLATFORMS = ['discord', 'slack'] as const;

/** A platform that the bot is on, as the program sees it. */
export interface Platform {
  readonly name: string;
  /** `connected`, or what it is doing, or why it is not connected. */
  status(): string;
  /** Whether questions asked there arrive. */
  isConnected(): boolean;
  /** Tells the platform of commands that content brought or took away. Never throws. */
  contentChanged(): Promise<void>;
  /** Posts digests there; absent where the bot cannot post by itself. */
  readonly sender?: Sender | undefined;
  stop(): Promise<void>;
}
