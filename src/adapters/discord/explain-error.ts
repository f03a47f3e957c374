import {
  DiscordAPIError,
  DiscordjsError,
  DiscordjsErrorCodes,
  GatewayCloseCodes,
  RESTJSONErrorCodes,
} from 'discord.js';

const TOKEN_REMEDY =
  'Discord refuses the token. Copy it again from https://discord.com/developers/applications (your application, Bot, Reset Token) into DISCORD_TOKEN.';

const INTENTS_REMEDY =
  'Discord refuses an intent. This bot asks for no privileged one, so check that the token belongs to its own application.';

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
const CLOSE_REMEDIES: Readonly<Record<number, string>> = {
  [GatewayCloseCodes.AuthenticationFailed]: TOKEN_REMEDY,
  [GatewayCloseCodes.InvalidShard]: 'SHARDS names a shard beyond SHARD_COUNT. Shards are numbered from 0.',
  [GatewayCloseCodes.ShardingRequired]:
    'The bot is in too many servers for this number of shards. Leave SHARDS and SHARD_COUNT out, or raise SHARD_COUNT.',
  [GatewayCloseCodes.InvalidIntents]: INTENTS_REMEDY,
  [GatewayCloseCodes.DisallowedIntents]: INTENTS_REMEDY,
};

const API_REMEDIES: Readonly<Record<number, string>> = {
  [RESTJSONErrorCodes.MissingAccess]:
    'The bot can’t see that channel or server. Invite it again with the link from "npx briefing invite".',
  [RESTJSONErrorCodes.MissingPermissions]:
    'The bot isn’t allowed to write there. Allow it to view the channel and send messages.',
  [RESTJSONErrorCodes.CannotReplyWithoutPermissionToReadMessageHistory]:
    'Give the bot the permission "Read Message History" in that channel, so that its answers stand as replies.',
  [RESTJSONErrorCodes.UnknownInteraction]:
    'The answer came after Discord’s 3 seconds, or another process gave it first. Check this machine’s load and clock.',
  [RESTJSONErrorCodes.InteractionHasAlreadyBeenAcknowledged]:
    'Two processes answer for the same bot. Stop one, or give each its own SHARDS.',
};

/** Whether trying again can't help, because Discord refuses the token or what the bot asks for. */
export function isFinal(error: unknown): boolean {
  return (
    (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) ||
    (error instanceof DiscordAPIError && error.status === 401) ||
    (error instanceof DiscordjsError && /intents|sharding|shard/i.test(error.message))
  );
}

/** What to do about an error from Discord; undefined if nothing is known about it. */
export function explainError(error: unknown): string | undefined {
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) return TOKEN_REMEDY;
  if (error instanceof DiscordAPIError) {
    return error.status === 401 ? TOKEN_REMEDY : API_REMEDIES[Number(error.code)];
  }
  return undefined;
}

/** What to do if Discord closes the gateway and accepts no new connection; undefined if it accepts one. */
export function explainClose(code: number): string | undefined {
  return CLOSE_REMEDIES[code];
}
