import { randomBytes } from 'node:crypto';
import { Hono } from 'hono';
import type { Posted, State } from './state.ts';

/** An answer other than success. */
class Refusal extends Error {
  readonly more: Record<string, unknown>;
  constructor(error: string, more: Record<string, unknown> = {}) {
    super(error);
    this.more = more;
  }
}

/** Slack wants a pause of so many seconds. */
class Pause extends Error {
  constructor(seconds: number) {
    super(String(seconds));
  }
}

type Body = Record<string, unknown>;
type Method = (body: Body, token: string) => Body;

export interface ApiOptions {
  /** Sees every message and view; what it throws refuses it as Slack refuses bad blocks. */
  readonly onMessage: (kind: 'message' | 'view', body: Body) => void;
  /** Enforces one message a second in each channel. */
  readonly enforcePace: boolean;
  /** The app is distributed and not in the Marketplace: one look at a history in a minute, of 15 messages. */
  readonly distributed: boolean;
  /** Conversations are those of Slack's agent messaging: prompts stand above all threads and not in one. */
  readonly agent: boolean;
  readonly socketUrl: () => string;
  readonly baseUrl: () => string;
}

/** Where each method's scope is written, https://docs.slack.dev/reference/scopes */
const SCOPES: Readonly<Record<string, string>> = {
  'chat.postMessage': 'chat:write',
  'views.publish': 'chat:write',
  'users.info': 'users:read',
  'bots.info': 'users:read',
  'conversations.info': 'channels:read',
  'usergroups.users.list': 'usergroups:read',
  'conversations.history': 'channels:history',
  'files.getUploadURLExternal': 'files:write',
  'files.completeUploadExternal': 'files:write',
  'assistant.threads.setStatus': 'chat:write',
  'assistant.threads.setTitle': 'assistant:write',
  'assistant.threads.setSuggestedPrompts': 'assistant:write',
};

/** Slack's Web API as far as the bot uses it, https://docs.slack.dev/reference/methods. All else is `unknown_method`. */
export function createWebApi(state: State, options: ApiOptions): Hono {
  const lastPost = new Map<string, number>();
  const channelOf = (body: Body) => {
    const asked = String(body.channel ?? '');
    const user = state.users.get(asked);
    const channel = user ? state.dm(user) : state.channels.get(asked);
    if (!channel) throw new Refusal('channel_not_found');
    return channel;
  };
  const check = (kind: 'message' | 'view', body: Body) => {
    try {
      options.onMessage(kind, body);
    } catch (error) {
      throw new Refusal('invalid_blocks', { response_metadata: { messages: [String(error)] } });
    }
  };
  const post = (body: Body, ephemeral?: string): Posted => {
    const channel = channelOf(body);
    if (!channel.is_member) throw new Refusal(channel.is_im ? 'channel_not_found' : 'not_in_channel');
    if (channel.is_archived) throw new Refusal('is_archived');
    if (!body.text && !body.blocks) throw new Refusal('no_text');
    const file = JSON.stringify(body.blocks ?? []).match(/"slack_file":\{"id":"(\w+)"\}/)?.[1];
    if (file && !state.files.get(file)?.complete) throw new Refusal('invalid_blocks');
    if (file && state.fileRefusals > 0) {
      state.fileRefusals -= 1;
      throw new Refusal('invalid_blocks');
    }
    check('message', body);
    const posted = {
      channel: channel.id,
      ts: state.nextTs(),
      body,
      ephemeral,
      thread_ts: body.thread_ts as string | undefined,
      edits: 0,
    };
    state.posted.push(posted);
    state.shown.push({ channel: channel.id, body, ephemeral: ephemeral !== undefined });
    return posted;
  };

  const methods: Record<string, Method> = {
    'auth.test': (_, token) => ({
      team_id: state.issued.get(token) ?? state.teamId,
      user_id: state.botUserId,
      bot_id: state.botId,
    }),
    'api.test': () => ({}),
    'bots.info': () => ({ bot: { id: state.botId, app_id: state.appId } }),
    'apps.manifest.export': (body, token) => {
      if (token !== state.configToken) throw new Refusal('not_allowed_token_type');
      if (body.app_id !== state.appId) throw new Refusal('invalid_app_id');
      return { manifest: state.manifest };
    },
    'apps.connections.open': () => ({ url: options.socketUrl() }),
    'chat.postMessage': (body) => {
      const { channel, ts } = post(body);
      return { channel, ts, message: body };
    },
    'chat.postEphemeral': (body) => ({ message_ts: post(body, String(body.user)).ts }),
    'conversations.info': (body) => ({ channel: channelOf(body) }),
    'conversations.history': (body) => {
      if (options.distributed && state.looksLeft <= 0) throw new Pause(60);
      state.looksLeft -= 1;
      const { id, is_member, is_im } = channelOf(body);
      // A bot's token sees only what the bot is in.
      if (!is_member) throw new Refusal(is_im ? 'channel_not_found' : 'not_in_channel');
      const since = Number(body.oldest ?? 0);
      const until = Number(body.latest ?? Number.POSITIVE_INFINITY);
      const found = state.posted.filter(
        (one) => one.channel === id && Number(one.ts) >= since && Number(one.ts) <= until && !one.ephemeral,
      );
      const messages = found.toReversed().map((one) => ({
        ts: one.ts,
        text: one.body.text,
        ...(body.include_all_metadata ? { metadata: one.body.metadata } : {}),
      }));
      const from = Number(body.cursor ?? 0);
      const end = from + Math.min(Number(body.limit ?? 100), options.distributed ? 15 : 1000);
      const next_cursor = end < messages.length ? String(end) : '';
      return { messages: messages.slice(from, end), response_metadata: { next_cursor } };
    },
    'users.info': (body) => {
      const user = state.users.get(String(body.user));
      if (!user) throw new Refusal('user_not_found');
      return { user };
    },
    'usergroups.users.list': () => ({ users: state.group }),
    'views.publish': (body) => {
      check('view', body.view as Body);
      state.homes.set(String(body.user_id), body.view as Body);
      return {};
    },
    'views.open': (body) => openView(body),
    'views.push': (body) => openView(body),
    'views.update': (body) => openView(body, String(body.view_id)),
    'assistant.threads.setStatus': () => ({}),
    'assistant.threads.setTitle': () => ({}),
    'assistant.threads.setSuggestedPrompts': (body) => {
      if (options.agent === (body.thread_ts === undefined)) state.prompts.set(String(body.channel_id), body.prompts);
      return {};
    },
    'files.getUploadURLExternal': (body) => {
      const file = state.id('F');
      state.files.set(file, { bytes: Number(body.length), complete: false });
      return { upload_url: `${options.baseUrl()}/upload/${file}`, file_id: file };
    },
    'files.completeUploadExternal': (body) => {
      for (const { id } of body.files as { id: string }[]) {
        const file = state.files.get(id);
        if (!file) throw new Refusal('file_not_found');
        state.files.set(id, { ...file, complete: true });
      }
      return { files: body.files };
    },
    'oauth.v2.access': (body) => {
      const team = state.codes.get(String(body.code ?? body.refresh_token ?? ''));
      if (!team) throw new Refusal(body.refresh_token ? 'invalid_refresh_token' : 'invalid_code');
      state.codes.delete(String(body.code ?? ''));
      const token = `xoxe.xoxb-${randomBytes(8).toString('hex')}`;
      const refresh = `xoxe-1-${randomBytes(8).toString('hex')}`;
      state.issued.set(token, team);
      state.codes.set(refresh, team);
      return {
        app_id: state.appId,
        access_token: token,
        token_type: 'bot',
        scope: 'chat:write,commands',
        bot_user_id: state.botUserId,
        refresh_token: refresh,
        expires_in: state.expiresIn,
        team: { id: team, name: 'A team' },
        enterprise: null,
        is_enterprise_install: false,
        authed_user: { id: state.people.ada.id },
      };
    },
  };
  const openView = (body: Body, known?: string): Body => {
    check('view', body.view as Body);
    const view = { ...(body.view as Body), id: known ?? state.id('V') };
    state.views.push(view);
    return { view };
  };

  const app = new Hono();
  app.post('/upload/:file', async (context) => {
    await context.req.arrayBuffer();
    return context.text('OK');
  });
  app.post('/api/:method', async (context) => {
    const method = context.req.param('method');
    const { token, body } = await readCall(context.req.raw);
    const call = { method, token, body, answer: undefined as Body | undefined };
    state.calls.push(call as never);
    const answer = (value: Body, status = 200, headers: Record<string, string> = {}) => {
      call.answer = value;
      for (const listener of state.listeners) listener();
      if (state.scopes) context.header('x-oauth-scopes', state.scopes.join(','));
      return context.json(value, status as 200, headers);
    };
    const fault = state.faults.get(method);
    if (fault && fault.times > 0 && (fault.where?.(body) ?? true)) {
      fault.times -= 1;
      if (fault.afterwards) {
        methods[method]?.(body, token);
        call.answer = { ok: false, dropped: true };
        for (const listener of state.listeners) listener();
        (context.env as { outgoing?: { destroy(): void } }).outgoing?.destroy();
        return context.text('', 500);
      }
      const headers = fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) };
      return answer({ ok: false, error: fault.error ?? 'fault' }, fault.status ?? 200, headers);
    }
    const needsNoToken = method === 'oauth.v2.access';
    const valid = [state.botToken, state.appToken, state.configToken].includes(token) || state.issued.has(token);
    if (!needsNoToken && state.revoked.has(token)) return answer({ ok: false, error: 'token_revoked' });
    if (!needsNoToken && !valid) return answer({ ok: false, error: token ? 'invalid_auth' : 'not_authed' });
    const scope = state.missingScopes.get(SCOPES[method] ?? '') ? SCOPES[method] : undefined;
    if (scope) return answer({ ok: false, error: 'missing_scope', needed: scope, provided: 'commands' });
    if (options.enforcePace && method === 'chat.postMessage') {
      const now = performance.now();
      const since = now - (lastPost.get(String(body.channel)) ?? Number.NEGATIVE_INFINITY);
      // Two that the network brings nearer together are no offence.
      if (since < 950) return answer({ ok: false, error: 'ratelimited' }, 429, { 'retry-after': '1' });
      lastPost.set(String(body.channel), now);
    }
    try {
      const run = methods[method];
      if (!run) throw new Refusal('unknown_method');
      return answer({ ok: true, ...run(body, token) });
    } catch (error) {
      if (error instanceof Pause)
        return answer({ ok: false, error: 'ratelimited' }, 429, { 'retry-after': error.message });
      if (!(error instanceof Refusal)) throw error;
      return answer({ ok: false, error: error.message, ...error.more });
    }
  });
  return app;
}

/** A call's token and arguments, which come as a form or as JSON, with JSON inside the form. */
async function readCall(request: Request): Promise<{ token: string; body: Body }> {
  const text = await request.text();
  const json = (request.headers.get('content-type') ?? '').startsWith('application/json');
  const raw: Body = json ? JSON.parse(text || '{}') : Object.fromEntries(new URLSearchParams(text));
  const { token: inBody, ...rest } = raw;
  const body = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, parseValue(value)]));
  const header = request.headers.get('authorization')?.replace(/^Bearer /, '');
  return { token: header ?? String(inBody ?? ''), body };
}

function parseValue(value: unknown): unknown {
  if (typeof value !== 'string' || !/^(\{|\[|true$|false$)/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}
