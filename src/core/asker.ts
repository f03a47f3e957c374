/** Who asks and where, as far as the platform tells. Only the rate limit and the digest look at it. */
export interface Asker {
  /** One key over all platforms, such as `discord:123`. */
  readonly key: string;
  /** The adapter's name. */
  readonly platform: string;
  /** The user's id on the platform. */
  readonly user: string;
  /** The server or workspace; empty where there is none. */
  readonly team: string;
  /** Where a message for this conversation is posted. */
  readonly channel: string;
  /** The conversation is one with the bot alone. */
  readonly direct: boolean;
  /** Whether this person may decide what is posted here. Rejects where the platform cannot be asked. */
  mayManage(): Promise<boolean>;
  /** What keeps the bot from posting here by itself, with the remedy; undefined where nothing does. */
  obstacle(): Promise<string | undefined>;
  /** The time zone that the platform knows of this person, by its IANA name. */
  timeZone(): Promise<string | undefined>;
}
