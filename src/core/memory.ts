import type { Subscription } from './digests.ts';

/** Keeps secrets by name, so that whoever reads the database alone cannot read them. */
export interface Vault {
  save(name: string, secret: string): Promise<void>;
  /** Undefined if there is none with this name. */
  read(name: string): Promise<string | undefined>;
  remove(name: string): Promise<void>;
}

/** What one platform may store in the bot's database, and look up there. */
export interface Memory {
  /** Secrets sealed with the first of these keys, 32 bytes each in base64, and opened with any. `setting` names them in errors. */
  openVault(keys: readonly string[], setting: string): Vault;
  /** Records that an event was taken, by its id. False if this process or another one has already taken it. */
  take(event: string): Promise<boolean>;
  /**
   * A moment for something that may be done once each `intervalMs`, over all processes, in milliseconds since 1970. `key` names
   * what is done.
   */
  reserve(key: string, intervalMs: number): Promise<number>;
  /** The digests that a person owns in a server or workspace. */
  digestsOf(user: string, team: string): Promise<readonly Subscription[]>;
  /** Deletes everything that belongs to a server or workspace. */
  forgetTeam(team: string): Promise<void>;
}
