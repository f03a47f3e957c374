import { ErrorCode } from '@slack/web-api';

/** Slack's answers after which trying again can't help, and what to do about each. https://docs.slack.dev/reference/methods/auth.test */
const TOKEN_REMEDIES: Readonly<Record<string, string>> = {
  invalid_auth:
    'Slack refuses the token. Copy it again from https://api.slack.com/apps (your app, OAuth & Permissions) into SLACK_BOT_TOKEN.',
  not_authed: 'Slack got no token. Set SLACK_BOT_TOKEN.',
  token_revoked:
    'The token was revoked. Install the app to the workspace again and copy the new token into SLACK_BOT_TOKEN.',
  token_expired: 'The token has expired. Install the app to the workspace again.',
  account_inactive: 'The app was removed from the workspace, or the workspace is gone. Install the app again.',
};

const REMEDIES: Readonly<Record<string, string>> = {
  ...TOKEN_REMEDIES,
  not_in_channel: 'The bot isn’t in that channel. Type this there: /invite @briefing-bot',
  channel_not_found: 'The bot can’t see that channel. If it is private, type this there: /invite @briefing-bot',
  is_archived: 'The channel is archived. Unarchive it, or choose another one.',
  restricted_action: 'The workspace lets only some people post in that channel. Ask its admins to allow the bot.',
  not_allowed_token_type:
    'That is the wrong kind of token. SLACK_BOT_TOKEN begins with xoxb-, SLACK_APP_TOKEN with xapp-.',
};

interface SlackError {
  readonly code?: string;
  readonly data?: {
    readonly error?: string;
    readonly needed?: string;
    readonly response_metadata?: { messages?: string[] };
  };
  readonly retryAfter?: number;
  readonly statusCode?: number;
  readonly original?: unknown;
}

/**
 * The word with which Slack refused a request, such as `channel_not_found`; undefined if it did not answer. What isn't a word
 * comes from something in between: the SDK takes a proxy's page for one.
 */
export function errorOf(error: unknown): string | undefined {
  const { code, data } = (error ?? {}) as SlackError;
  const refusal: unknown = code === ErrorCode.PlatformError ? data?.error : undefined;
  return typeof refusal === 'string' && /^\w{1,100}$/.test(refusal) ? refusal : undefined;
}

/** Whether trying again can't help, because Slack refuses the token. */
export function isFinal(error: unknown): boolean {
  const refusal = errorOf(error);
  return (
    refusal !== undefined &&
    (Object.hasOwn(TOKEN_REMEDIES, refusal) || refusal === 'not_allowed_token_type' || refusal === 'missing_scope')
  );
}

/** What to do about an error from Slack; undefined if nothing is known about it. */
export function explainError(error: unknown): string | undefined {
  const refusal = errorOf(error);
  if (refusal === 'missing_scope') {
    const { needed = 'a scope' } = (error as SlackError).data ?? {};
    return `The app lacks the scope ${needed}. Add it under OAuth & Permissions, or update the app with the output of "npx briefing manifest", and install the app again.`;
  }
  return refusal === undefined ? undefined : remedyFor(refusal);
}

/** What to do if Slack says this word, such as `not_in_channel`. */
export function remedyFor(refusal: string): string | undefined {
  return Object.hasOwn(REMEDIES, refusal) ? REMEDIES[refusal] : undefined;
}
