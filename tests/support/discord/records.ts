import { performance } from 'node:perf_hooks';
import type {
  APIApplicationCommandOptionChoice,
  APIInteraction,
  APIInteractionResponse,
  APIMessage,
  RESTPatchAPIWebhookWithTokenMessageJSONBody,
  RESTPostAPIChannelMessageJSONBody,
  RESTPostAPIWebhookWithTokenJSONBody,
} from 'discord.js';
import { InteractionResponseType, MessageFlags } from 'discord.js';
import { createWaiting, type Waiting } from '../waiting.ts';

export interface UploadedFile {
  field: string;
  filename: string;
  contentType: string;
  data: Uint8Array;
}

/** A request to the REST API; its path is without `/api/v10`, its `status` there once it is answered. */
export interface RecordedRequest {
  method: string;
  path: string;
  query: Record<string, string>;
  body: unknown;
  files: UploadedFile[];
  /** When it came, by `performance.now()`. */
  at: number;
  status?: number;
}

export type GatewayEventName = 'connect' | 'ignored' | 'identify' | 'resume' | 'heartbeat' | 'disconnect';

/** What a connection to the gateway did: `data` holds the payload's `d`, or the close code for `disconnect`. */
export interface GatewayEvent {
  name: GatewayEventName;
  shard: number | undefined;
  data: unknown;
  at: number;
}

/** A message that the bot created in a channel, with the body of its request. */
export interface CreatedMessage {
  message: APIMessage;
  body: RESTPostAPIChannelMessageJSONBody;
  files: UploadedFile[];
  at: number;
}

/** One attempt to answer an interaction, `ms` after its dispatch. A refused one has Discord's error `code`. */
export interface RecordedCallback {
  body: APIInteractionResponse;
  files: UploadedFile[];
  ms: number;
  status: number;
  code?: number;
}

/** A message that the bot made or changed by an interaction's token, `ms` after its dispatch. */
export interface RecordedMessage<Body> {
  body: Body;
  files: UploadedFile[];
  message: APIMessage;
  ms: number;
}

/** Everything the server saw, and promises of what it has yet to see. */
export class Records {
  readonly requests: RecordedRequest[] = [];
  readonly gatewayEvents: GatewayEvent[] = [];
  readonly createdMessages: CreatedMessage[] = [];
  readonly #waiting: Waiting;

  constructor(timeout: number) {
    this.#waiting = createWaiting(
      () => this.#summary(),
      timeout,
      (what, instead) => `Discord waited ${timeout} ms for ${what} in vain. ${instead}`,
    );
  }

  /** Resolves with what `look` finds, now or after a change. Rejects after the timeout, naming `what` it waited for. */
  until<T>(what: string, look: () => T | undefined): Promise<T> {
    return this.#waiting.until(what, look);
  }

  /** Has everyone who waits look again. */
  changed(): void {
    this.#waiting.changed();
  }

  gatewayEvent(name: GatewayEventName, shard: number | undefined, data: unknown): void {
    this.gatewayEvents.push({ name, shard, data, at: performance.now() });
    this.changed();
  }

  /** Gives up waiting; the promises stay open. */
  close(): void {
    this.#waiting.close();
  }

  #summary(): string {
    const requests = this.requests.slice(-10).map(({ method, path, status }) => `${method} ${path} -> ${status}`);
    const events = this.gatewayEvents.slice(-10).map(({ name, shard }) => `${name} ${shard ?? '?'}`);
    return `Last requests: ${requests.join(', ') || 'none'}. Last on the gateway: ${events.join(', ') || 'nothing'}.`;
  }
}

/** An interaction that was dispatched, and what the bot did with it. */
export class InteractionRecord {
  readonly interaction: APIInteraction;
  /** Every attempt to answer it, the refused ones as well. */
  readonly callbacks: RecordedCallback[] = [];
  readonly edits: RecordedMessage<RESTPatchAPIWebhookWithTokenMessageJSONBody>[] = [];
  readonly followups: RecordedMessage<RESTPostAPIWebhookWithTokenJSONBody>[] = [];
  /** What `@original` stands for. */
  originalId = '';
  expired = false;
  readonly #records: Records;
  readonly #messages: ReadonlyMap<string, APIMessage>;
  readonly #dispatchedAt = performance.now();

  constructor(interaction: APIInteraction, records: Records, messages: ReadonlyMap<string, APIMessage>) {
    this.interaction = interaction;
    this.#records = records;
    this.#messages = messages;
  }

  /** The message that answers it or that it changes, as it is now. */
  get original(): APIMessage | undefined {
    return this.#messages.get(this.originalId);
  }

  /** The first attempt to answer it. */
  get callback(): RecordedCallback {
    const [first] = this.callbacks;
    if (!first) throw new Error('The bot has not answered this interaction yet.');
    return first;
  }

  /** The attempt that Discord accepted. */
  get accepted(): RecordedCallback | undefined {
    return this.callbacks.find(({ status }) => status < 300);
  }

  /** What an autocomplete answer offers. */
  get choices(): APIApplicationCommandOptionChoice[] {
    const { body } = this.callback;
    return body.type === InteractionResponseType.ApplicationCommandAutocompleteResult ? (body.data.choices ?? []) : [];
  }

  /** Milliseconds since its dispatch. */
  get ms(): number {
    return performance.now() - this.#dispatchedAt;
  }

  /** Whether its answer is deferred and still shows as loading. */
  get loading(): boolean {
    return Boolean((this.original?.flags ?? 0) & MessageFlags.Loading);
  }

  /** From now on its token is unknown, as after the three seconds or the fifteen minutes that Discord gives. */
  expire(): void {
    this.expired = true;
  }

  /** The message that answers it, once there is one: the reply itself, or for a deferred reply the edit that follows. */
  answer(): Promise<APIMessage> {
    return this.#records.until(`an answer to interaction ${this.interaction.id}`, () => {
      const deferredUpdate = this.accepted?.body.type === InteractionResponseType.DeferredMessageUpdate;
      return this.loading || (deferredUpdate && this.edits.length === 0) ? undefined : this.original;
    });
  }
}
