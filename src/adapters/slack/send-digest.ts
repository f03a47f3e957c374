import { ErrorCode, WebClient, type WebClientOptions } from '@slack/web-api';
import { LRUCache } from 'lru-cache';
import type { Target } from '../../core/digests.ts';
import type { Image, Reply } from '../../core/reply.ts';
import { type Period, type Sender, SendFailure } from '../../core/sender.ts';
import { wait, within } from '../../time/wait.ts';
import { errorOf, explainError, isFinal } from './explain-error.ts';
import { renderSlack } from './render-reply.ts';

/** One message a second in a channel, https://docs.slack.dev/apis/web-api/rate-limits#posting-messages */
const INTERVAL_MS = 1000;
/** What marks a digest's message, https://docs.slack.dev/messaging/message-metadata */
const METADATA_EVENT = 'briefing_digest';
/** Slack needs a moment before a new file can stand in a message: waits in milliseconds. */
const FILE_WAITS_MS = [0, 300, 700, 1500];
/**
 * How long one request, the upload of a picture, and trying to post with it may take, in milliseconds: together less than
 * the time after which another process takes a delivery over.
 */
const TIMEOUT_MS = 10_000;
const UPLOAD_MS = 15_000;
const PICTURE_PATIENCE_MS = 10_000;
/** Pictures remembered as uploaded, so that a workspace gets each once. */
const REMEMBERED_FILES = 500;
/** Looks that a pause may have broken off, remembered with the page that comes next. */
const REMEMBERED_LOOKS = 1000;
/** Workspaces whose clients are kept. */
const CLIENTS = 1000;
/**
 * Messages that a look asks for at first: an app that isn't in Slack's Marketplace gets no more in a minute,
 * https://docs.slack.dev/apis/web-api/rate-limits#rate-limits-for-non-marketplace-apps
 */
const FIRST_PAGE = 15;
const NEXT_PAGE = 200;
/** Pages of messages that one look reads. */
const MOST_PAGES = 30;

/** Returns the token of a workspace; undefined if the bot isn't installed there. */
export type TokenOf = (team: string) => Promise<string | undefined>;

/** Posts digests to Slack's channels. `name` gives a reply the commands' names as people type them there. */
export function createSlackSender(
  tokenOf: TokenOf,
  options: WebClientOptions,
  name: (reply: Reply) => Reply = (reply) => reply,
): Sender {
  const files = new LRUCache<string, string>({ max: REMEMBERED_FILES });
  const looks = new LRUCache<string, string>({ max: REMEMBERED_LOOKS });
  const clients = new LRUCache<string, WebClient>({ max: CLIENTS });
  const open = async (team: string): Promise<WebClient> => {
    const token = await tokenOf(team);
    if (!token) throw new SendFailure('gone', 'The app was removed from the workspace. Install it again.');
    const known = clients.get(token);
    if (known) return known;
    // Whether and when to try again is decided with the ledger at hand, not here.
    const once = { retryConfig: { retries: 0 }, rejectRateLimitedCalls: true, timeout: TIMEOUT_MS };
    const client = new WebClient(token, { ...options, ...once });
    clients.set(token, client);
    return client;
  };
  /** A digest without its picture is better than none, so this never rejects. */
  const upload = async (client: WebClient, team: string, image: Image | undefined): Promise<string | undefined> => {
    if (!image) return undefined;
    const known = pictureKey(team, image);
    try {
      const fileId = files.get(known) ?? (await within(uploadPicture(client, image), UPLOAD_MS));
      if (fileId) files.set(known, fileId);
      return fileId;
    } catch (error) {
      options.logger?.warn('a digest is sent without its picture:', explainError(error) ?? error);
      return undefined;
    }
  };

  return {
    platform: 'slack',
    paceOf: ({ team, channel }) => ({ key: `slack:${team}:${channel}`, intervalMs: INTERVAL_MS }),
    send: (target, reply, key) =>
      attempt(async () => {
        const client = await open(target.team);
        const fileId = await upload(client, target.team, reply.image);
        const { message, shown } = await post(client, target, reply, key, fileId);
        // Somebody may have deleted it: it is uploaded anew the next time.
        if (fileId && !shown) files.delete(pictureKey(target.team, reply.image));
        return message;
      }),
    async find({ team, channel }, key, period) {
      try {
        return await attempt(async () => find(await open(team), channel, key, period, looks));
      } catch (error) {
        throw error instanceof SendFailure && BLIND.has(errorOf(error.cause) ?? '') ? toBlind(error) : error;
      }
    },
    tell: (team, user, reply) =>
      attempt(async () => {
        const client = await open(team);
        await client.chat.postMessage({ channel: user, ...renderSlack(name(reply)) });
      }),
  };
}

function pictureKey(team: string, image: Image | undefined): string {
  return `${team} ${image?.alt}`;
}

/** Posts with the picture if Slack accepts it, otherwise without. Returns the message's id, and whether it has the picture. */
async function post(
  client: WebClient,
  { channel }: Target,
  reply: Reply,
  key: string,
  fileId: string | undefined,
): Promise<{ readonly message: string; readonly shown: boolean }> {
  const metadata = { event_type: METADATA_EVENT, event_payload: { key } };
  const send = async (picture: string | undefined) => {
    const { ts } = await client.chat.postMessage({ channel, metadata, ...render(reply, picture) });
    if (!isTimestamp(ts)) throw new SendFailure('unsure', 'What came back is not an answer of Slack’s.');
    return { message: ts, shown: picture !== undefined };
  };
  if (!fileId) return send(undefined);
  const end = performance.now() + PICTURE_PATIENCE_MS;
  for (const ms of FILE_WAITS_MS) {
    if (ms > 0) await wait(ms);
    if (performance.now() > end) break;
    try {
      return await send(fileId);
    } catch (error) {
      // Slack refused the message, so nothing was posted.
      if (errorOf(error) !== 'invalid_blocks') throw error;
    }
  }
  return send(undefined);
}

async function uploadPicture(client: WebClient, { png }: Image): Promise<string | undefined> {
  const { upload_url: url, file_id: id } = await client.files.getUploadURLExternal({
    filename: 'briefing.png',
    length: png.byteLength,
  });
  if (!url || !id) return undefined;
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const { ok } = await fetch(url, { method: 'POST', body: Buffer.from(png), signal });
  if (!ok) return undefined;
  await client.files.completeUploadExternal({ files: [{ id }] });
  return id;
}

const rendered = new WeakMap<Reply, Map<string, ReturnType<typeof renderSlack>>>();

/** A digest that goes to many channels is rendered once, and once more for each workspace's picture. */
function render(reply: Reply, fileId: string | undefined): ReturnType<typeof renderSlack> {
  const known = rendered.get(reply) ?? new Map();
  rendered.set(reply, known);
  const message = known.get(fileId ?? '') ?? renderSlack(reply, { fileId });
  known.set(fileId ?? '', message);
  return message;
}

/** A message's id, such as `1700000000.000100`. */
function isTimestamp(ts: unknown): ts is string {
  return typeof ts === 'string' && /^\d+\.\d+$/.test(ts);
}

/** The newest messages come first, a page at a time, https://docs.slack.dev/reference/methods/conversations.history */
async function find(
  client: WebClient,
  channel: string,
  key: string,
  { from, to }: Period,
  looks: LRUCache<string, string>,
): Promise<string | undefined> {
  const look = `${channel} ${key} ${from} ${to}`;
  let cursor = looks.get(look);
  for (let page = cursor ? 1 : 0; page < MOST_PAGES; page += 1) {
    const { messages, response_metadata: more } = await client.conversations.history({
      channel,
      oldest: String(from / 1000),
      latest: String(to / 1000),
      include_all_metadata: true,
      limit: page === 0 ? FIRST_PAGE : NEXT_PAGE,
      ...(cursor ? { cursor } : {}),
    });
    if (!Array.isArray(messages)) throw new SendFailure('unsure', 'What came back is not an answer of Slack’s.');
    const found = messages.find(({ metadata }) => {
      const { key: marked } = (metadata?.event_payload ?? {}) as { key?: unknown };
      return metadata?.event_type === METADATA_EVENT && marked === key;
    });
    cursor = more?.next_cursor || undefined;
    if (cursor && !found) looks.set(look, cursor);
    else looks.delete(look);
    if (found || !cursor) return found?.ts;
  }
  throw new SendFailure('unsure', 'There are too many messages to search.');
}

/** Slack's words for a look that it doesn't allow, which say nothing about posting. */
const BLIND = new Set(['missing_scope', 'no_permission', 'not_in_channel', 'not_allowed_token_type']);

function toBlind({ message, cause }: SendFailure): SendFailure {
  return new SendFailure('blind', `The bot can’t check whether the digest arrived. ${message}`, { cause });
}

/** Slack's words for a channel that is closed to the bot, https://docs.slack.dev/reference/methods/chat.postMessage#errors */
const GONE = new Set([
  'cannot_reply_to_message',
  'channel_not_found',
  'is_archived',
  'is_inactive',
  'messages_tab_disabled',
  'no_permission',
  'not_in_channel',
  'restricted_action',
  'restricted_action_non_threadable_channel',
  'restricted_action_read_only_channel',
  'restricted_action_thread_locked',
  'restricted_action_thread_only_channel',
  'team_access_not_granted',
  'user_disabled',
  'user_not_found',
]);

async function attempt<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof SendFailure ? error : classify(error);
  }
}

function classify(cause: unknown): SendFailure {
  const refusal = errorOf(cause);
  const { code, retryAfter, original } = cause as {
    code?: string;
    retryAfter?: number;
    original?: { cause?: { code?: string } };
  };
  if (code === ErrorCode.RateLimitedError || refusal === 'ratelimited') {
    return new SendFailure('limited', 'Slack asked for a pause.', {
      retryAfter: retryAfter && retryAfter * 1000,
      holdsAll: true,
      cause,
    });
  }
  if (refusal) {
    const remedy = explainError(cause) ?? `Slack refused the message (${refusal}).`;
    // Nothing is wrong with the channel: a new token, or a scope, brings all digests back.
    if (isFinal(cause)) return new SendFailure('unreachable', remedy, { cause });
    // Slack may have done its work all the same.
    const unsure = ['fatal_error', 'internal_error', 'request_timeout', 'service_unavailable'].includes(refusal);
    return new SendFailure(unsure ? 'unsure' : GONE.has(refusal) ? 'gone' : 'refused', remedy, { cause });
  }
  const neverSent = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN'].includes(original?.cause?.code ?? '');
  return new SendFailure(neverSent ? 'unreachable' : 'unsure', 'Slack could not be reached.', { cause });
}
