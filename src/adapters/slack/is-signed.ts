import { isValidSlackRequest } from '@slack/bolt';

const MAX_AGE_SECONDS = 300;

/**
 * Whether Slack signed this body within the last five minutes. `now` is in milliseconds since 1970.
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function isSigned(signingSecret: string, headers: Headers, body: string, now: number): boolean {
  const signed = {
    'x-slack-signature': headers.get('x-slack-signature') ?? '',
    'x-slack-request-timestamp': Number(headers.get('x-slack-request-timestamp') ?? Number.NaN),
  };
  const age = Math.abs(now / 1000 - signed['x-slack-request-timestamp']);
  // Bolt looks at the past alone.
  return (
    !(age > MAX_AGE_SECONDS) && isValidSlackRequest({ signingSecret, body, headers: signed, nowMilliseconds: now })
  );
}
