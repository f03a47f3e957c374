import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { type WebSocket, WebSocketServer } from 'ws';
import { type ApiCall, createState, type Fault, type Posted, type SlackUser } from './slack-local/state.ts';
import { createWebApi } from './slack-local/web-api.ts';

export type { Posted, SlackUser } from './slack-local/state.ts';

export interface LocalSlackOptions {
  /** Sees every message and view; what it throws refuses it. */
  readonly onMessage?: (kind: 'message' | 'view', body: Record<string, unknown>) => void;
  /** Enforces one message a second in each channel. */
  readonly enforcePace?: boolean;
  /** The app is distributed and not in the Marketplace. */
  readonly distributed?: boolean;
  /** Conversations are those of Slack's agent messaging, as they are for new apps; true if left out. */
  readonly agent?: boolean;
  /** Milliseconds after which waiting fails. */
  readonly timeout?: number;
}

/** How the bot took something that Slack sent. */
export interface Delivery {
  /** The HTTP status, 200 over a socket. */
  readonly status: number;
  /** What the acknowledgement carried. */
  readonly ack: Record<string, unknown> | undefined;
  /** What came to the response's own address so far. */
  readonly responses: readonly Record<string, unknown>[];
  /** The first message: in the acknowledgement, at the response's address, or in a channel since. */
  reply(): Promise<Record<string, unknown>>;
}

export interface MessageParts {
  readonly text: string;
  readonly user?: SlackUser;
  readonly channel?: string;
  readonly thread?: string;
  readonly extra?: Record<string, unknown>;
  readonly eventId?: string;
}

export type LocalSlack = Awaited<ReturnType<typeof startLocalSlack>>;

/** https://docs.slack.dev/interactivity/handling-user-interaction#acknowledgment_response */
const ACKNOWLEDGE_MS = 3000;

type Body = Record<string, unknown>;
type Payload = { kind: 'events_api' | 'slash_commands' | 'interactive'; body: Body };

/** Starts a server that speaks as Slack does to apps, on a free port of this machine. Close it when done. */
export async function startLocalSlack(options: LocalSlackOptions = {}) {
  const { onMessage = () => undefined, enforcePace = false, timeout = 8000 } = options;
  const { distributed = false, agent = true } = options;
  const state = createState();
  const app = new Hono();
  const http = createServer(getRequestListener(app.fetch, { overrideGlobalObjects: false }));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  const sockets = new WebSocketServer({ server: http });
  const acknowledged = new Map<string, (payload: Body | undefined) => void>();
  const responses = new Map<string, Body[]>();
  let appUrl: string | undefined;
  const changed = () => {
    for (const listener of state.listeners) listener();
  };

  sockets.on('connection', (socket) => {
    socket.send(JSON.stringify({ type: 'hello', num_connections: sockets.clients.size, connection_info: {} }));
    changed();
    socket.on('message', (data) => {
      const { envelope_id: id, payload } = JSON.parse(String(data)) as { envelope_id?: string; payload?: Body };
      if (id) acknowledged.get(id)?.(payload);
    });
    socket.on('close', changed);
  });

  app.route(
    '/',
    createWebApi(state, {
      onMessage,
      enforcePace,
      distributed,
      agent,
      socketUrl: () => url.replace('http', 'ws'),
      baseUrl: () => url,
    }),
  );
  app.post('/response/:id', async (context) => {
    const body = (await context.req.json()) as Body;
    const list = responses.get(context.req.param('id'));
    const fault = state.faults.get('response_url');
    if (fault && fault.times > 0) {
      fault.times -= 1;
      return context.json({ ok: false, error: fault.error ?? 'fault' }, (fault.status ?? 500) as 500);
    }
    if (!list || list.length >= 5) return context.json({ ok: false, error: 'expired_url' }, 404);
    if (!body.delete_original) onMessage('message', body);
    list.push(body);
    if (body.blocks) show(context.req.param('id'), body);
    changed();
    return context.json({ ok: true });
  });
  app.get('/oauth/v2/authorize', (context) => {
    const code = state.id('X');
    state.codes.set(code, server.authorizeTeam);
    const target = new URL(context.req.query('redirect_uri') ?? '');
    target.searchParams.set('code', code);
    target.searchParams.set('state', context.req.query('state') ?? '');
    return context.redirect(target.href);
  });

  const sign = (body: string, seconds = Math.floor(Date.now() / 1000)): Record<string, string> => ({
    'x-slack-request-timestamp': String(seconds),
    'x-slack-signature': `v0=${createHmac('sha256', state.signingSecret).update(`v0:${seconds}:${body}`).digest('hex')}`,
  });

  /** Resolves once `find` gives something; looks again whenever anything happened. */
  const until = <T>(what: string, find: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        state.listeners.delete(look);
        reject(new Error(`the bot never did: ${what}`));
      }, timeout);
      const look = () => {
        const found = find();
        if (found === undefined) return;
        clearTimeout(timer);
        state.listeners.delete(look);
        resolve(found);
      };
      state.listeners.add(look);
      look();
    });

  const transmit = async (
    { kind, body }: Payload,
    retry?: number,
  ): Promise<{ status: number; ack: Body | undefined }> => {
    if (appUrl) {
      const text = kind === 'events_api' ? JSON.stringify(body) : composeForm(kind, body);
      const type = kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded';
      const again = retry ? { 'x-slack-retry-num': String(retry) } : {};
      // A connection kept for the next event may be closed by the bot just when that one is sent.
      const headers = { 'content-type': type, connection: 'close', ...sign(text), ...again };
      const response = await fetch(`${appUrl}/slack/events`, { method: 'POST', body: text, headers });
      const answer = await response.text();
      return { status: response.status, ack: answer.startsWith('{') ? JSON.parse(answer) : undefined };
    }
    const socket = [...sockets.clients].find((one) => one.readyState === one.OPEN) as WebSocket | undefined;
    if (!socket) throw new Error('no socket is open: is the bot connected?');
    const envelope = state.id('E');
    const ack = await new Promise<Body | undefined>((resolve, reject) => {
      const late = () => reject(new Error(`the bot did not acknowledge ${kind} within 3 seconds`));
      const timer = setTimeout(late, ACKNOWLEDGE_MS);
      acknowledged.set(envelope, (payload) => {
        clearTimeout(timer);
        resolve(payload);
      });
      const extra = retry === undefined ? {} : { retry_attempt: retry, retry_reason: 'timeout' };
      const envelopeBody = {
        envelope_id: envelope,
        type: kind,
        payload: body,
        accepts_response_payload: kind !== 'events_api',
        ...extra,
      };
      socket.send(JSON.stringify(envelopeBody));
    });
    return { status: 200, ack };
  };

  const deliver = async (payload: Payload, retry?: number): Promise<Delivery> => {
    const from = state.posted.length;
    const list = responses.get(keyOf(payload.body)) ?? [];
    const { status, ack } = await transmit(payload, retry);
    if (ack?.blocks) {
      onMessage('message', ack);
      show(keyOf(payload.body), ack);
    }
    return {
      status,
      ack,
      responses: list,
      reply: () =>
        until('a reply', () => (ack?.blocks ? ack : (list.find((one) => one.blocks) ?? state.posted[from]?.body))),
    };
  };
  /** Channels by the addresses at which their messages are answered. */
  const places = new Map<string, string>();
  const show = (key: string, body: Body) => {
    const ephemeral = body.response_type !== 'in_channel';
    state.shown.push({ channel: places.get(key) ?? '', body, ephemeral });
  };
  const responseUrl = (channel: string): string => {
    const key = state.id('R');
    places.set(key, channel);
    responses.set(key, []);
    return `${url}/response/${key}`;
  };
  const common = () => ({ team_id: state.teamId, api_app_id: state.appId, token: 'unused' });
  const interactive = (person: SlackUser, body: Body) =>
    deliver({
      kind: 'interactive',
      body: {
        ...common(),
        user: { id: person.id, name: person.name, username: person.name, team_id: state.teamId },
        team: { id: state.teamId, domain: 'test' },
        trigger_id: state.id('G'),
        ...body,
      },
    });

  const server = {
    url,
    apiUrl: `${url}/api/`,
    state,
    /** The workspace that the next OAuth flow is for. */
    authorizeTeam: state.teamId,
    sign,
    until,
    /** Sends everything to this address over HTTP from now on. */
    deliverTo(address: string | undefined) {
      appUrl = address;
    },
    get connections() {
      return [...sockets.clients].filter((one) => one.readyState === one.OPEN).length;
    },
    connected: () => until('a connection', () => server.connections || undefined),
    calls: (method: string): readonly ApiCall[] => state.calls.filter((call) => call.method === method),
    called: (method: string, count = 1) =>
      until(`${method} ${count} times`, () => server.calls(method).filter(({ answer }) => answer)[count - 1]),
    posted: (count: number): Promise<Posted> => until(`${count} messages`, () => state.posted[count - 1]),
    fail(method: string, fault: Partial<Fault>) {
      state.faults.set(method, { times: 1, ...fault });
    },
    command: (command: string, text = '', where: { channel?: string; user?: SlackUser } = {}) => {
      const { channel = state.channel.id, user = state.people.ada } = where;
      const body = {
        ...common(),
        command,
        text,
        channel_id: channel,
        channel_name: 'general',
        user_id: user.id,
        user_name: user.name,
        trigger_id: state.id('G'),
        response_url: responseUrl(channel),
        is_enterprise_install: 'false',
      };
      return deliver({ kind: 'slash_commands', body });
    },
    event(event: Body, { eventId = state.id('Ev'), retry }: { eventId?: string; retry?: number } = {}) {
      const authorizations = [
        { team_id: state.teamId, user_id: state.botUserId, is_bot: true, is_enterprise_install: false },
      ];
      const body = { ...common(), type: 'event_callback', event, event_id: eventId, event_time: 1, authorizations };
      return deliver({ kind: 'events_api', body }, retry);
    },
    /** A direct message; in a channel, a mention. */
    message({ text, user = state.people.ada, channel, thread, extra = {}, eventId }: MessageParts) {
      const ts = state.nextTs();
      const place = channel ?? state.dm(user).id;
      const event = {
        type: channel ? 'app_mention' : 'message',
        ...(channel ? {} : { channel_type: 'im' }),
        channel: place,
        user: user.id,
        text: channel ? `<@${state.botUserId}> ${text}` : text,
        ts,
        event_ts: ts,
        ...(thread ? { thread_ts: thread } : {}),
        ...extra,
      };
      return server.event(event, eventId ? { eventId } : {});
    },
    assistantThread(user = state.people.ada) {
      const thread = state.nextTs();
      const assistant_thread = { user_id: user.id, channel_id: state.dm(user).id, thread_ts: thread, context: {} };
      return server.event({ type: 'assistant_thread_started', assistant_thread, event_ts: thread });
    },
    homeOpened: (tab: 'home' | 'messages' = 'home', user = state.people.ada) =>
      server.event({
        type: 'app_home_opened',
        user: user.id,
        channel: state.dm(user).id,
        tab,
        event_ts: '1.1',
      }),
    shortcut: (text: string, { user = state.people.ada, channel = state.channel.id } = {}) =>
      interactive(user, {
        type: 'message_action',
        callback_id: 'ask_about_message',
        channel: { id: channel, name: 'general' },
        message: { type: 'message', user: user.id, text, ts: state.nextTs() },
        message_ts: state.nextTs(),
        response_url: responseUrl(channel),
      }),
    /** Presses a button, by its label, of a message or a view. */
    press(
      shown: Body,
      label: string,
      where: { channel?: string; user?: SlackUser; ephemeral?: boolean; thread?: string; view?: 'home' | 'modal' } = {},
    ) {
      const { channel = state.channel.id, user = state.people.ada, ephemeral = false, thread, view } = where;
      const action = findAction(shown, label);
      const ts = state.nextTs();
      const container = view
        ? { type: 'view', view_id: shown.id ?? 'V0' }
        : {
            type: 'message',
            message_ts: ts,
            channel_id: channel,
            is_ephemeral: ephemeral,
            ...(thread ? { thread_ts: thread } : {}),
          };
      return interactive(user, {
        type: 'block_actions',
        container,
        actions: [{ ...action, action_ts: ts }],
        ...(view
          ? { view: { ...shown, id: shown.id ?? 'V0', type: view } }
          : {
              channel: { id: channel, name: 'general' },
              message: { ts, ...shown },
              response_url: responseUrl(channel),
            }),
      });
    },
    submit: (view: Body, text: string, user = state.people.ada) =>
      interactive(user, {
        type: 'view_submission',
        view: { ...view, state: { values: { question: { question: { type: 'plain_text_input', value: text } } } } },
      }),
    /** Somebody starts Slack anew: what one of them alone saw is gone. Gives what still stands in a channel. */
    restartClient(channel: string): readonly Body[] {
      state.shown.splice(0, state.shown.length, ...state.shown.filter(({ ephemeral }) => !ephemeral));
      return state.shown.filter((one) => one.channel === channel).map(({ body }) => body);
    },
    /** Asks the app to connect anew, as Slack does now and then. */
    refreshSockets() {
      for (const socket of sockets.clients) {
        socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
      }
    },
    /** Ends all connections without a word. */
    dropSockets() {
      for (const socket of sockets.clients) socket.terminate();
    },
    async close() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
      await new Promise((resolve) => {
        http.close(resolve);
        http.closeAllConnections();
      });
    },
  };
  return server;
}

/** The end of the address at which a payload is answered. */
function keyOf({ response_url: url = '' }: Body): string {
  return String(url).split('/').at(-1) ?? '';
}

function composeForm(kind: Payload['kind'], body: Body): string {
  if (kind === 'interactive') return new URLSearchParams({ payload: JSON.stringify(body) }).toString();
  return new URLSearchParams(body as Record<string, string>).toString();
}

interface Rated {
  readonly text: { readonly text: string };
  readonly value: string;
}

interface Element {
  readonly type: string;
  readonly text?: { readonly text: string };
  readonly action_id: string;
  readonly value?: string;
  readonly positive_button?: Rated;
  readonly negative_button?: Rated;
  readonly options?: readonly { readonly text: { readonly text: string }; readonly value: string }[];
}

/** What Slack sends of a button, or of an entry of a menu, by its label. */
function findAction({ blocks }: Body, label: string): Body {
  const elements = ((blocks ?? []) as { elements?: Element[] }[]).flatMap((block) => block.elements ?? []);
  for (const { type, action_id, text, value, options = [], positive_button, negative_button } of elements) {
    const rated = [positive_button, negative_button].find((one) => one?.text.text === label);
    if (rated) return { type, action_id, block_id: 'b', value: rated.value };
    if (type === 'button' && text?.text === label) return { type, action_id, value, block_id: 'b', text };
    const selected = options.find((option) => option.text.text === label);
    if (selected) return { type, action_id, block_id: 'b', selected_option: selected };
  }
  throw new Error(`there is no button ${label}`);
}

/** The labels of all buttons, those of menus too. */
export function labelsOf({ blocks }: Body): string[] {
  const elements = ((blocks ?? []) as { elements?: Element[] }[]).flatMap((block) => block.elements ?? []);
  return elements.flatMap(({ type, text, options = [] }) =>
    type === 'button' && text ? [text.text] : options.map((option) => option.text.text),
  );
}
