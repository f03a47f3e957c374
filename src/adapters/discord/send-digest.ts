import {
  type APIChannel,
  type APIMessage,
  type APITextChannel,
  ComponentType,
  DiscordAPIError,
  RateLimitError,
  type REST,
  RESTJSONErrorCodes,
  Routes,
} from 'discord.js';
import type { Target } from '../../core/digests.ts';
import type { Reply } from '../../core/reply.ts';
import { type Pace, type Period, type Sender, SendFailure } from '../../core/sender.ts';
import { composeFiles } from './compose-files.ts';
import { findInForum, isForumError, postInForum } from './forum.ts';
import { DISCORD_LIMITS } from './limits.ts';
import { createPublisher } from './publish.ts';
import { askingButtons, type ButtonRow, type DiscordMessage, renderDiscord } from './render-reply.ts';
import { createRest } from './rest.ts';
import { createWindow } from './window.ts';

/**
 * A little below Discord's 50 requests a second for one bot: answers find room beside digests, and so does what a busy
 * process sends a moment late. https://docs.discord.com/developers/topics/rate-limits#global-rate-limit
 */
const A_SECOND = 45;
const PACE: Pace = { key: 'discord', intervalMs: 1000 / A_SECOND };

const DISCORD_EPOCH = 1_420_070_400_000n;

/** How long one request may take, in milliseconds: far below the time after which another process takes a delivery over. */
const TIMEOUT_MS = 15_000;
/** How long a look takes at most, and how long it waits for Discord's rate, in milliseconds. */
const LOOK_MS = 30_000;
const LOOK_PAUSE_MS = 5000;
/** Pages of messages that one look reads. */
const MOST_PAGES = 30;

export interface DiscordSenderOptions {
  /** Publish what is posted in announcement channels to their followers. */
  readonly publishes?: boolean;
  /** How long a look takes at most, in milliseconds. */
  readonly lookMs?: number;
}

/** Posts digests to Discord's channels. */
export function createDiscordSender(
  token: string,
  apiUrl: string | undefined,
  { publishes = false, lookMs = LOOK_MS }: DiscordSenderOptions = {},
): Sender {
  const rest = createRest(token, apiUrl, {
    // Whether and when to post again is decided with the ledger at hand, not here.
    retries: 0,
    timeout: TIMEOUT_MS,
    rejectOnRateLimit: ({ method, retryAfter }) => method !== 'GET' || retryAfter > LOOK_PAUSE_MS,
  });
  // discord.js forgets the token with the first 401, which need not be the last word.
  const call = <T>(work: () => Promise<T>) => {
    rest.setToken(token);
    return attempt(work);
  };
  // Over all processes the ledger keeps the pace; here, what a busy moment held up must not reach Discord in one burst.
  const through = createWindow(A_SECOND);
  const publish = createPublisher(rest);
  return {
    platform: 'discord',
    paceOf: () => PACE,
    send: async ({ channel }, reply, key) => {
      const message = await call(() => through(() => postOrDoWithoutPicture(rest, channel, reply, key)));
      // What is for those who run the bot, or for editors, is not for those who follow the channel.
      if (publishes && reply.outcome === 'answered') void publish(channel, message);
      return message;
    },
    find: ({ channel }, key, within) => call(() => findAnywhere(rest, channel, key, within, lookMs)),
    tell: (_team, user, reply, key) =>
      call(async () => {
        const channel = (await rest.post(Routes.userChannels(), { body: { recipient_id: user } })) as APIChannel;
        await post(rest, channel.id, reply, key);
      }),
  };
}

/** A channel may allow messages and no files: a digest without its picture is better than none. */
async function postOrDoWithoutPicture(rest: REST, channel: string, reply: Reply, key: string): Promise<string> {
  try {
    return await post(rest, channel, reply, key);
  } catch (error) {
    const mayBeFile = error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.MissingPermissions;
    if (!mayBeFile || !reply.image) throw error;
    const { image: _, ...bare } = reply;
    return post(rest, channel, bare, key);
  }
}

/** A message in a channel or a thread; in a forum, a post of its own. */
async function post(rest: REST, channel: Target['channel'], reply: Reply, key: string): Promise<string> {
  const nonce = key.slice(0, DISCORD_LIMITS.nonce);
  const message = markMessage(render(reply), key);
  const files = composeFiles(reply);
  try {
    // Discord gives back the first message if the same nonce comes again within a few minutes.
    const body = { ...message, nonce, enforce_nonce: true };
    const posted = await rest.post(Routes.channelMessages(channel), { body, files });
    if (isMessage(posted, channel, nonce)) return posted.id;
  } catch (error) {
    if (!isForumError(error)) throw error;
    const id = await postInForum(rest, channel, reply.title, message, files);
    if (isSnowflake(id)) return id;
  }
  throw new SendFailure('unsure', 'What came back is not an answer of Discord’s.');
}

const rendered = new WeakMap<Reply, DiscordMessage>();

/** A digest that goes to many channels is rendered once. */
function render(reply: Reply): DiscordMessage {
  const message = rendered.get(reply) ?? renderDiscord(reply, { askPrivately: reply.offersQuestion ?? false });
  rendered.set(reply, message);
  return message;
}

/** Whether that is the message which was posted: a proxy may answer anything. */
function isMessage(answer: unknown, channel: string, nonce: string): answer is APIMessage {
  const { id, channel_id = channel, nonce: own = nonce } = (answer ?? {}) as Partial<APIMessage>;
  return isSnowflake(id) && channel_id === channel && String(own) === nonce;
}

function isSnowflake(id: unknown): id is string {
  return typeof id === 'string' && /^\d{1,20}$/.test(id);
}

/** Writes the key into the shortest button, where it is found again once Discord has forgotten the nonce. */
function markMessage(message: DiscordMessage, key: string): DiscordMessage {
  const ids = askingButtons(message).map(({ custom_id }) => custom_id);
  const shortest = ids.toSorted((a, b) => a.length - b.length)[0];
  if (shortest === undefined) return message;
  const marked = `${shortest}${shortest.includes('?') ? '&' : '?'}~delivery=${key}`.slice(0, DISCORD_LIMITS.customId);
  return {
    ...message,
    components: message.components.map((row) => {
      if (row.type !== ComponentType.ActionRow) return row;
      const mark = (id: string) => (id === shortest ? marked : id);
      const components = row.components.map((one) =>
        'custom_id' in one ? { ...one, custom_id: mark(one.custom_id) } : one,
      );
      return { ...row, components } as ButtonRow;
    }),
  };
}

async function findAnywhere(rest: REST, channel: string, key: string, period: Period, lookMs: number) {
  try {
    return await find(rest, channel, key, period, AbortSignal.timeout(lookMs));
  } catch (error) {
    if (!isForumError(error)) throw error;
    return findInForum(rest, channel, (message) => isMarked(message, key), [idAt(period.from), idAt(period.to)]);
  }
}

function isMarked({ components = [] }: Partial<APIMessage>, key: string): boolean {
  return JSON.stringify(components).includes(`~delivery=${key}"`);
}

/** The oldest messages after `after` come first, a page at a time, https://docs.discord.com/developers/resources/message#get-channel-messages */
async function find(rest: REST, channel: string, key: string, { from, to }: Period, signal: AbortSignal) {
  const since = idAt(from);
  let after = since;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const query = new URLSearchParams({ after: String(after), limit: String(DISCORD_LIMITS.messagePage) });
    const messages = await rest.get(Routes.channelMessages(channel), { query, signal });
    if (!Array.isArray(messages) || !messages.every(({ id }: Partial<APIMessage>) => isSnowflake(id)))
      throw new SendFailure('unsure', 'What came back is not an answer of Discord’s.');
    if (messages.length === 0 && after === since) return expectHistory(rest, channel, since);
    const found = messages.find((message) => isMarked(message, key));
    if (found) return found.id;
    const newest = messages.map(({ id }) => BigInt(id)).reduce((one, other) => (one > other ? one : other), after);
    if (messages.length < DISCORD_LIMITS.messagePage || newest > idAt(to)) return undefined;
    if (newest === after) break;
    after = newest;
  }
  throw new SendFailure('unsure', 'There are too many messages to search.');
}

function idAt(time: number): bigint {
  return (BigInt(Math.floor(time)) - DISCORD_EPOCH) << 22n;
}

/**
 * Without the permission to read a channel's history Discord shows no message, and no error. The channel itself says all the
 * same which message was its last, https://docs.discord.com/developers/resources/channel#channel-object
 */
async function expectHistory(rest: REST, channel: string, since: bigint): Promise<undefined> {
  const { id, last_message_id: last } = (await rest.get(Routes.channel(channel))) as Partial<APITextChannel>;
  if (id !== channel) throw new SendFailure('unsure', 'What came back is not an answer of Discord’s.');
  if (!isSnowflake(last) || BigInt(last) <= since) return undefined;
  throw new SendFailure(
    'blind',
    'The bot can’t check whether the digest arrived. Allow it "Read Message History" in that channel.',
  );
}

/** The codes with which Discord says that a channel is closed to the bot, and what its owner can do. */
const GONE: ReadonlyMap<unknown, string> = new Map([
  [RESTJSONErrorCodes.UnknownChannel, 'The channel is gone. Subscribe in another one.'],
  [RESTJSONErrorCodes.UnknownGuild, 'The bot is no longer in that server. Invite it again.'],
  [RESTJSONErrorCodes.MissingAccess, 'The bot can’t see that channel. Allow it "View Channel" there.'],
  [
    RESTJSONErrorCodes.MissingPermissions,
    'The bot isn’t allowed to write in that channel. Allow it "Send Messages" there.',
  ],
  [
    RESTJSONErrorCodes.CannotSendMessagesToThisUser,
    'Discord doesn’t let the bot send you direct messages. Allow them in a server that you share with it.',
  ],
  [RESTJSONErrorCodes.InvalidActionOnArchivedThread, 'The thread is archived. Reopen it.'],
]);

async function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof SendFailure ? error : classify(error);
  }
}

function classify(cause: unknown): SendFailure {
  if (cause instanceof RateLimitError) {
    const { retryAfter, global, limit } = cause;
    // What stands before Discord does not say what it limits: it means everything.
    const holdsAll = global || limit === Number.POSITIVE_INFINITY;
    return new SendFailure('limited', 'Discord asked for a pause.', { retryAfter, holdsAll, cause });
  }
  if (cause instanceof DiscordAPIError) {
    if (cause.status === 401) return new SendFailure('unreachable', 'Discord refuses the bot’s token.', { cause });
    // A refusal without a code of Discord's comes from something in between, and says nothing of the message.
    if (!Number(cause.code)) return new SendFailure('unsure', 'Discord could not be reached.', { cause });
    const isClosed = cause.status === 403 || cause.status === 404;
    const gone = GONE.get(cause.code) ?? (isClosed ? 'The bot has no access to the channel.' : undefined);
    if (gone) return new SendFailure('gone', gone, { cause });
    if (cause.code === RESTJSONErrorCodes.TagRequiredToCreateAForumPostInThisChannel) {
      const what = 'The forum requires a tag and has none that the bot may use. Add one, or stop requiring tags.';
      return new SendFailure('refused', what, { cause });
    }
    return new SendFailure('refused', `Discord refused the message (${cause.status}, ${cause.code}).`, { cause });
  }
  const { code, cause: deeper } = cause as { code?: string; cause?: { code?: string } };
  const neverSent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(deeper?.code ?? code ?? '');
  return new SendFailure(neverSent ? 'unreachable' : 'unsure', 'Discord could not be reached.', { cause });
}
