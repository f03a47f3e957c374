import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { APIMessage, GatewayIdentifyData, GatewayReadyDispatchData, GatewayResumeData } from 'discord.js';
import {
  ApplicationFlags,
  ChannelType,
  GatewayCloseCodes,
  GatewayDispatchEvents,
  GatewayIntentBits,
  GatewayOpcodes,
} from 'discord.js';
import { type RawData, type WebSocket, WebSocketServer } from 'ws';
import { createGuildCreate, createMessageCreate, withoutContent } from './payloads.ts';
import type { State } from './state.ts';

/** A privileged intent and the flag by which an application says that it has it. */
const PRIVILEGED = [
  [GatewayIntentBits.GuildMembers, ApplicationFlags.GatewayGuildMembersLimited],
  [GatewayIntentBits.GuildPresences, ApplicationFlags.GatewayPresenceLimited],
  [GatewayIntentBits.MessageContent, ApplicationFlags.GatewayMessageContentLimited],
] as const;

interface Dispatch {
  op: GatewayOpcodes.Dispatch;
  s: number;
  t: string;
  d: unknown;
}

/** What outlives a connection, so that it can be resumed. */
interface Session {
  readonly id: string;
  readonly shard: readonly [id: number, count: number];
  readonly intents: number;
  readonly sent: Dispatch[];
  socket: WebSocket | undefined;
}

/** Discord's gateway: connections, their sessions, and the events dispatched to them. */
export class Gateway {
  readonly #state: State;
  readonly #heartbeatInterval: number;
  readonly #privilegedIntents: number;
  readonly #sockets: WebSocketServer;
  readonly #sessions = new Set<Session>();
  readonly #ignored = new Set<Duplex>();
  #url = '';
  /** Takes connections and never answers their handshake. */
  silent = false;

  constructor(state: State, heartbeatInterval: number, privilegedIntents: number) {
    this.#state = state;
    this.#heartbeatInterval = heartbeatInterval;
    this.#privilegedIntents = privilegedIntents;
    this.#sockets = new WebSocketServer({ noServer: true });
    this.#sockets.on('connection', (socket, request) => this.#connect(socket, new URL(request.url ?? '', this.#url)));
  }

  /** Accepts connections on the server, which `url` leads to. */
  attach(server: Server, url: string): void {
    this.#url = url;
    server.on('upgrade', (request, socket, head) => {
      if (this.silent) {
        this.#state.records.gatewayEvent('ignored', undefined, undefined);
        this.#ignored.add(socket);
        socket.on('error', () => socket.destroy()).on('close', () => this.#ignored.delete(socket));
        return;
      }
      this.#sockets.handleUpgrade(request, socket, head, (connected) =>
        this.#sockets.emit('connection', connected, request),
      );
    });
  }

  get url(): string {
    return this.#url;
  }

  /** The flags of the application, which say what privileged intents it has. */
  get applicationFlags(): number {
    return PRIVILEGED.reduce((flags, [intent, flag]) => (this.#privilegedIntents & intent ? flags | flag : flags), 0);
  }

  /**
   * Sends an event to the sessions of a shard: the one named, else that of the guild in `data`, else the first. Without
   * a connection they get it when they resume. Tells how many there are.
   */
  dispatch(event: string, data: object, shard?: number): number {
    const guildId = 'guild_id' in data ? String(data.guild_id) : undefined;
    const sessions = this.#sessionsOf(guildId, shard);
    for (const session of sessions) this.#send(session, event, data);
    return sessions.length;
  }

  /** Sends a message to the sessions that asked for it, with its content only where they may read it. */
  dispatchMessage(message: APIMessage): number {
    const { bot } = this.#state;
    const data = createMessageCreate(this.#state, message);
    const isDM = data.channel_type === ChannelType.DM;
    const wanted = isDM ? GatewayIntentBits.DirectMessages : GatewayIntentBits.GuildMessages;
    const isPublic = isDM || message.author.id === bot.id || message.mentions.some(({ id }) => id === bot.id);
    const sessions = this.#sessionsOf(data.guild_id).filter(({ intents }) => intents & wanted);
    for (const session of sessions) {
      const readable = isPublic || session.intents & GatewayIntentBits.MessageContent;
      this.#send(session, GatewayDispatchEvents.MessageCreate, readable ? data : withoutContent(data));
    }
    return sessions.length;
  }

  /** Asks the connections of a shard, or of all, to reconnect and resume (opcode 7). */
  reconnect(shard?: number): void {
    for (const { socket } of this.#connected(shard)) if (socket) send(socket, GatewayOpcodes.Reconnect, null);
  }

  /** Declares the sessions of a shard, or of all, invalid (opcode 9); resumable ones may be resumed all the same. */
  invalidateSession(shard?: number, resumable = false): void {
    for (const session of this.#connected(shard)) {
      const { socket } = session;
      session.socket = undefined;
      if (!resumable) this.#sessions.delete(session);
      if (socket) send(socket, GatewayOpcodes.InvalidSession, resumable);
    }
  }

  /** Ends the connections of a shard, or of all: with a close code, or without a word. */
  disconnect(shard?: number, code?: number): void {
    for (const session of this.#connected(shard)) {
      const { socket } = session;
      session.socket = undefined;
      if (code) socket?.close(code);
      else socket?.terminate();
    }
  }

  /** Ends everything at once. */
  close(): void {
    this.#sessions.clear();
    for (const socket of this.#sockets.clients) socket.terminate();
    for (const socket of this.#ignored) socket.destroy();
    this.#sockets.close();
  }

  #connect(socket: WebSocket, url: URL): void {
    let session: Session | undefined;
    this.#state.records.gatewayEvent('connect', undefined, Object.fromEntries(url.searchParams));
    socket.on('error', () => socket.terminate());
    socket.on('close', (code) => {
      if (session?.socket === socket) session.socket = undefined;
      // Who closes politely does not want to come back.
      if (session && (code === 1000 || code === 1001)) this.#sessions.delete(session);
      this.#state.records.gatewayEvent('disconnect', session?.shard[0], code);
    });
    socket.on('message', (raw) => {
      const payload = parse(raw);
      if (!payload) return socket.close(GatewayCloseCodes.DecodeError);
      const { op, d } = payload;
      if (op === GatewayOpcodes.Heartbeat) {
        send(socket, GatewayOpcodes.HeartbeatAck, null);
        this.#state.records.gatewayEvent('heartbeat', session?.shard[0], d);
      } else if (op === GatewayOpcodes.Identify || op === GatewayOpcodes.Resume) {
        if (session?.socket === socket) return socket.close(GatewayCloseCodes.AlreadyAuthenticated);
        session =
          op === GatewayOpcodes.Identify
            ? this.#identify(socket, d as GatewayIdentifyData)
            : this.#resume(socket, d as GatewayResumeData);
      } else if (!(op in GatewayOpcodes)) {
        socket.close(GatewayCloseCodes.UnknownOpcode);
      } else if (!session) {
        socket.close(GatewayCloseCodes.NotAuthenticated);
      }
    });
    if (url.searchParams.get('v') !== '10') socket.close(GatewayCloseCodes.InvalidAPIVersion);
    else send(socket, GatewayOpcodes.Hello, { heartbeat_interval: this.#heartbeatInterval });
  }

  #identify(socket: WebSocket, data: GatewayIdentifyData): Session | undefined {
    const shard = data.shard ?? [0, 1];
    const disallowed = PRIVILEGED.some(([intent]) => data.intents & intent & ~this.#privilegedIntents);
    this.#state.records.gatewayEvent('identify', shard[0], data);
    if (!this.#accepts(data.token)) return refuse(socket, GatewayCloseCodes.AuthenticationFailed);
    if (shard[0] >= shard[1]) return refuse(socket, GatewayCloseCodes.InvalidShard);
    if (disallowed) return refuse(socket, GatewayCloseCodes.DisallowedIntents);

    for (const old of this.#sessions) if (!old.socket && old.shard[0] === shard[0]) this.#sessions.delete(old);
    const session: Session = { id: randomUUID(), shard, intents: data.intents, sent: [], socket };
    this.#sessions.add(session);
    const guilds = this.#state.guilds.filter(({ id }) => covers(session, id));
    const ready: GatewayReadyDispatchData = {
      v: 10,
      user: { ...this.#state.bot, mfa_enabled: false, verified: true },
      guilds: guilds.map(({ id }) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: this.#url,
      shard,
      application: {
        id: this.#state.applicationId,
        flags: this.applicationFlags,
        flags_new: String(this.applicationFlags),
      },
    };
    this.#send(session, GatewayDispatchEvents.Ready, ready);
    if (session.intents & GatewayIntentBits.Guilds) {
      for (const guild of guilds) {
        this.#send(session, GatewayDispatchEvents.GuildCreate, createGuildCreate(guild, this.#state.bot));
      }
    }
    return session;
  }

  #resume(socket: WebSocket, data: GatewayResumeData): Session | undefined {
    const session = [...this.#sessions].find(({ id }) => id === data.session_id);
    this.#state.records.gatewayEvent('resume', session?.shard[0], data);
    if (!this.#accepts(data.token)) return refuse(socket, GatewayCloseCodes.AuthenticationFailed);
    if (!session) {
      send(socket, GatewayOpcodes.InvalidSession, false);
      return undefined;
    }
    if (data.seq > session.sent.length) return refuse(socket, GatewayCloseCodes.InvalidSeq);

    session.socket?.terminate();
    session.socket = socket;
    for (const missed of session.sent.slice(data.seq)) socket.send(JSON.stringify(missed));
    this.#send(session, GatewayDispatchEvents.Resumed, { _trace: [] });
    return session;
  }

  #accepts(token: string): boolean {
    return token === this.#state.token && !this.#state.revoked;
  }

  #send(session: Session, event: string, data: unknown): void {
    const payload: Dispatch = { op: GatewayOpcodes.Dispatch, s: session.sent.length + 1, t: event, d: data };
    session.sent.push(payload);
    session.socket?.send(JSON.stringify(payload));
  }

  #sessionsOf(guildId: string | undefined, shard?: number): Session[] {
    return [...this.#sessions].filter((session) => {
      if (shard !== undefined) return session.shard[0] === shard;
      return guildId ? covers(session, guildId) : session.shard[0] === 0;
    });
  }

  #connected(shard: number | undefined): Session[] {
    return [...this.#sessions].filter((session) => session.socket && (shard ?? session.shard[0]) === session.shard[0]);
  }
}

/** Whether the events of a guild go to a session's shard. */
function covers({ shard: [id, count] }: Session, guildId: string): boolean {
  return (BigInt(guildId) >> 22n) % BigInt(count) === BigInt(id);
}

function send(socket: WebSocket, op: GatewayOpcodes, d: unknown): void {
  socket.send(JSON.stringify({ op, d, s: null, t: null }));
}

function refuse(socket: WebSocket, code: GatewayCloseCodes): undefined {
  socket.close(code);
}

function parse(raw: RawData): { op: number; d: unknown } | undefined {
  try {
    const payload: unknown = JSON.parse(raw.toString());
    return typeof payload === 'object' && payload && 'op' in payload && 'd' in payload
      ? { op: Number(payload.op), d: payload.d }
      : undefined;
  } catch {
    return undefined;
  }
}
