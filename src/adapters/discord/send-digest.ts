import {
  type APIChannel,
  type APIMessage,
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
import { DISCORD_LIMITS } from './limits.ts';
import { type DiscordMessage, renderDiscord } from './render-reply.ts';
import { createRest } from './rest.ts';
import { createWindow } from './window.ts';

/**
 * A little below Discord's 50 requests a second for one bot, so that answers find room beside digests.
 * https://docs.discord.com/developers/topics/rate-limits#global-rate-limit
 */
const A_SECOND = 49;
const PACE: Pace = { key: 'discord', intervalMs: 1000 / A_SECOND };

const DISCORD_EPOCH = 1_420_070_400_000n;

/** Far below the time after which another process takes a delivery over, in milliseconds. */
const TIMEOUT_MS = 15_000;

/** Posts digests to Discord's channels. */
export function createDiscordSender(token: string, apiUrl: string | undefined): Sender {
  const rest = createRest(token, apiUrl, {
    // Whether and when to post again is decided with the ledger at hand, not here. Looking waits where it must.
    retries: 0,
    timeout: TIMEOUT_MS,
    rejectOnRateLimit: ({ method }) => method !== 'GET',
  });
  // discord.js forgets the token with the first 401, which need not be the last word.
  const call = <T>(work: () => Promise<T>) => {
    rest.setToken(token);
    return attempt(work);
  };
  // Over all processes the ledger keeps the pace; here, what a busy moment held up must not reach Discord in one burst.
  const through = createWindow(A_SECOND);
  return {
    platform: 'discord',
    paceOf: () => PACE,
    send: (target, reply, key) => call(() => through(() => postOrDoWithoutPicture(rest, target.channel, reply, key))),
    find: ({ channel }, key, within) => call(() => find(rest, channel, key, within)),
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

async function post(rest: REST, channel: Target['channel'], reply: Reply, key: string): Promise<string> {
  const body = { ...markMessage(renderDiscord(reply, { askPrivately: reply.offersQuestion ?? false }), key) };
  const message = (await rest.post(Routes.channelMessages(channel), {
    // Discord gives back the first message where the same nonce comes again within a few minutes.
    body: { ...body, nonce: key.slice(0, DISCORD_LIMITS.nonce), enforce_nonce: true },
    files: composeFiles(reply),
  })) as APIMessage;
  return message.id;
}

/** Writes the key into the first button, where it is found again once Discord has forgotten the nonce. */
function markMessage(message: DiscordMessage, key: string): DiscordMessage {
  let marked = false;
  const components = message.components.map((row) => {
    if (row.type !== ComponentType.ActionRow || marked) return row;
    marked = true;
    const [first, ...others] = row.components;
    if (!first) return row;
    const mark = `${first.custom_id}${first.custom_id.includes('?') ? '&' : '?'}~delivery=${key}`;
    return { ...row, components: [{ ...first, custom_id: mark.slice(0, DISCORD_LIMITS.customId) }, ...others] };
  });
  return { ...message, components };
}

/** The oldest messages after `after` come first, a page at a time, https://docs.discord.com/developers/resources/message#get-channel-messages */
async function find(rest: REST, channel: string, key: string, { from, to }: Period): Promise<string | undefined> {
  const idAt = (time: number) => (BigInt(Math.floor(time)) - DISCORD_EPOCH) << 22n;
  let after = idAt(from);
  for (;;) {
    const query = new URLSearchParams({ after: String(after), limit: String(DISCORD_LIMITS.messagePage) });
    const messages = (await rest.get(Routes.channelMessages(channel), { query })) as APIMessage[];
    const found = messages.find(({ components = [] }) => JSON.stringify(components).includes(`~delivery=${key}`));
    after = messages.map(({ id }) => BigInt(id)).reduce((newest, id) => (id > newest ? id : newest), after);
    if (found || messages.length < DISCORD_LIMITS.messagePage || after > idAt(to)) return found?.id;
  }
}

/** The codes with which Discord says that a channel is closed to the bot, and what its owner can do. */
const GONE: Readonly<Record<number, string>> = {
  [RESTJSONErrorCodes.UnknownChannel]: 'The channel is gone. Subscribe in another one.',
  [RESTJSONErrorCodes.UnknownGuild]: 'The bot is not in that server any more. Invite it again.',
  [RESTJSONErrorCodes.MissingAccess]: 'The bot cannot see that channel. Give it the permission "View Channel".',
  [RESTJSONErrorCodes.MissingPermissions]:
    'The bot may not write in that channel. Give it the permission "Send Messages".',
  [RESTJSONErrorCodes.CannotSendMessagesToThisUser]:
    'Discord lets the bot send no direct message. Allow them for a server that you share with it.',
  [RESTJSONErrorCodes.InvalidActionOnArchivedThread]: 'The thread is archived. Open it again.',
};

async function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw classify(error);
  }
}

function classify(cause: unknown): SendFailure {
  if (cause instanceof RateLimitError) {
    const { retryAfter, global, limit } = cause;
    // What stands before Discord answers without saying for what: it means everything.
    const holdsAll = global || limit === Number.POSITIVE_INFINITY;
    return new SendFailure('limited', 'Discord wants a pause.', { retryAfter, holdsAll, cause });
  }
  if (cause instanceof DiscordAPIError) {
    const isClosed = cause.status === 403 || cause.status === 404;
    // A refusal without a code of Discord's comes from something in between, and says nothing of the channel.
    if (isClosed && !Number(cause.code)) return new SendFailure('unsure', 'Discord could not be reached.', { cause });
    const gone = GONE[Number(cause.code)] ?? (isClosed ? 'The channel is closed to the bot.' : undefined);
    if (gone) return new SendFailure('gone', gone, { cause });
    if (cause.status === 401) return new SendFailure('unreachable', 'Discord refuses the bot’s token.', { cause });
    return new SendFailure('refused', `Discord does not take the message (${cause.status}, ${cause.code}).`, { cause });
  }
  const { code, cause: deeper } = cause as { code?: string; cause?: { code?: string } };
  const neverSent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(deeper?.code ?? code ?? '');
  return new SendFailure(neverSent ? 'unreachable' : 'unsure', 'Discord could not be reached.', { cause });
}
