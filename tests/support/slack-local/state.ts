import { randomBytes } from 'node:crypto';

/** A person in the workspace. */
export interface SlackUser {
  readonly id: string;
  readonly name: string;
  readonly tz: string;
  readonly is_admin: boolean;
}

export interface SlackChannel {
  readonly id: string;
  readonly creator: string;
  readonly is_im: boolean;
  is_member: boolean;
  is_archived: boolean;
}

/** A message of the bot's that stands in a channel, or that one person alone sees. */
export interface Posted {
  readonly channel: string;
  readonly ts: string;
  readonly body: Record<string, unknown>;
  /** The only one who sees it. */
  readonly ephemeral?: string | undefined;
  readonly thread_ts?: string | undefined;
  /** How often it was replaced. */
  readonly edits: number;
}

/** One call of the Web API. */
export interface ApiCall {
  readonly method: string;
  readonly token: string;
  readonly body: Record<string, unknown>;
  answer?: Record<string, unknown>;
}

/** What the next calls of a method get instead of an answer. */
export interface Fault {
  readonly status?: number;
  readonly error?: string;
  /** Seconds. */
  readonly retryAfter?: number;
  times: number;
  /** Calls that it is for; all if left out. */
  readonly where?: (body: Record<string, unknown>) => boolean;
  /** Do what was asked first, and cut the connection then. */
  readonly afterwards?: boolean;
}

const id = (letter: string) => `${letter}${randomBytes(5).toString('hex').toUpperCase()}`;

/** All that the local Slack knows. */
export function createState() {
  const teamId = id('T');
  const user = (name: string, is_admin = false): SlackUser => ({ id: id('U'), name, tz: 'Europe/London', is_admin });
  const people = { ada: user('ada'), admin: user('grace', true), creator: user('alan') };
  const users = new Map(Object.values(people).map((one) => [one.id, one]));
  const channels = new Map<string, SlackChannel>();
  const addChannel = (parts: Partial<SlackChannel> = {}): SlackChannel => {
    const channel = {
      id: id(parts.is_im ? 'D' : 'C'),
      creator: people.creator.id,
      is_im: false,
      is_member: true,
      is_archived: false,
      ...parts,
    };
    channels.set(channel.id, channel);
    return channel;
  };
  const dms = new Map<string, SlackChannel>();
  let clock = 0;
  return {
    teamId,
    appId: id('A'),
    botId: id('B'),
    botUserId: id('U'),
    botToken: `xoxb-${randomBytes(8).toString('hex')}`,
    appToken: `xapp-1-${randomBytes(8).toString('hex')}`,
    configToken: `xoxe.xoxp-${randomBytes(8).toString('hex')}`,
    /** The app's manifest, as its settings have it. */
    manifest: {} as object,
    signingSecret: randomBytes(16).toString('hex'),
    clientId: '123456789.987654321',
    clientSecret: randomBytes(16).toString('hex'),
    people,
    users,
    channels,
    addChannel,
    channel: addChannel(),
    elsewhere: addChannel({ is_member: false }),
    dm(person: SlackUser): SlackChannel {
      const there = dms.get(person.id) ?? addChannel({ is_im: true });
      dms.set(person.id, there);
      return there;
    },
    posted: [] as Posted[],
    calls: [] as ApiCall[],
    homes: new Map<string, Record<string, unknown>>(),
    views: [] as Record<string, unknown>[],
    files: new Map<string, { bytes: number; complete: boolean }>(),
    /** How often a message with a new file is refused: Slack takes a moment to see it. */
    fileRefusals: 0,
    /** What people see in a channel or, `ephemeral`, one of them alone until they start Slack anew. */
    shown: [] as { channel: string; body: Record<string, unknown>; ephemeral: boolean }[],
    /** Questions to begin with, by channel, where Slack shows them. */
    prompts: new Map<string, unknown>(),
    /** Looks at a channel's history that are left in this minute, for an app outside the Marketplace. */
    looksLeft: 1,
    faults: new Map<string, Fault>(),
    revoked: new Set<string>(),
    /** Tokens that OAuth handed out, with their workspace. */
    issued: new Map<string, string>(),
    codes: new Map<string, string>(),
    /** Seconds that the tokens of OAuth are good for. */
    expiresIn: 43_200,
    group: [] as string[],
    /** What Slack says in every answer that the token may do; nothing where undefined. */
    scopes: undefined as string[] | undefined,
    missingScopes: new Map<string, string>(),
    /** Hears whenever something happened. */
    listeners: new Set<() => void>(),
    id,
    /** A message's id: the time, which never stands still. */
    nextTs(now = Date.now()): string {
      clock += 1;
      return `${Math.floor(now / 1000)}.${String(clock).padStart(6, '0')}`;
    },
  };
}

export type State = ReturnType<typeof createState>;
