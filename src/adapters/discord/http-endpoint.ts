import type { KeyObject } from 'node:crypto';
import { type APIInteraction, InteractionResponseType, type REST, Routes } from 'discord.js';
import type { Bot } from '../../core/bot.ts';
import type { PlatformLog } from '../../core/platform.ts';
import type { Take } from '../../core/take-once.ts';
import type { DiscordManagers } from './compose-asker.ts';
import { explainError } from './explain-error.ts';
import { handleInteraction, type Responder } from './handle-interaction.ts';
import { verifyRequest } from './verify-request.ts';

/** Answers that are followed by an edit. */
const DEFERRALS: ReadonlySet<InteractionResponseType> = new Set([
  InteractionResponseType.DeferredChannelMessageWithSource,
  InteractionResponseType.DeferredMessageUpdate,
]);

export interface EndpointOptions {
  readonly key: KeyObject;
  readonly rest: REST;
  /** Milliseconds since 1970. */
  now(): number;
  readonly log: PlatformLog;
  /** Whether an interaction is new, by its id, to all processes. */
  readonly take: Take;
  /** After this, in milliseconds, an answer that is not there yet is acknowledged first. */
  readonly deferAfterMs?: number | undefined;
  /** Who may change a server's digests. */
  readonly managers?: DiscordManagers | undefined;
}

/**
 * Discord's "interactions endpoint": signed requests, each answered once. Any number of processes that share a database can
 * stand behind a load balancer.
 */
export function createInteractionsEndpoint(
  bot: Bot,
  { key, rest, now, log, take, deferAfterMs, managers = {} }: EndpointOptions,
): (request: Request) => Promise<Response> {
  return async (request) => {
    const body = await request.text();
    if (!verifyRequest(key, request.headers, body, now() / 1000)) {
      return new Response('The signature is not Discord’s.\n', { status: 401 });
    }
    const interaction = readInteraction(body);
    if (!interaction) return new Response('The body isn’t an interaction.\n', { status: 400 });
    if (!(await take(interaction.id))) return new Response('This interaction was answered before.\n', { status: 409 });

    return new Promise((resolve) => {
      const respond: Responder['respond'] = async (response, files) => {
        if (files.length === 0 && !DEFERRALS.has(response.type)) return resolve(Response.json(response));
        // A response carries no files, and an edit may reach Discord before it does. A call does neither; the response is empty
        // then, https://docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback
        const route = Routes.interactionCallback(interaction.id, interaction.token);
        await rest.post(route, { body: response, files, auth: false });
        resolve(new Response(null, { status: 202 }));
      };
      const edit: Responder['edit'] = async (message, files) => {
        const route = Routes.webhookMessage(interaction.application_id, interaction.token);
        await rest.patch(route, { body: message, files, auth: false });
      };
      handleInteraction(bot, interaction, { respond, edit }, { deferAfterMs, ...managers }).catch((error: unknown) => {
        log.warn({ err: error, remedy: explainError(error) }, 'an interaction could not be answered on Discord');
        resolve(new Response(null, { status: 500 }));
      });
    });
  };
}

/** What Discord signed; undefined if it isn't an interaction at all. */
function readInteraction(body: string): APIInteraction | undefined {
  try {
    const value = JSON.parse(body) as Partial<APIInteraction> | null;
    const isOne = typeof value?.id === 'string' && typeof value.token === 'string' && typeof value.type === 'number';
    return isOne ? (value as APIInteraction) : undefined;
  } catch {
    return undefined;
  }
}
