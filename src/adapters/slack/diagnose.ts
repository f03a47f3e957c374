import { WebClient } from '@slack/web-api';
import { bad, compareClock, type Finding, good, note, reasonOf } from '../../core/finding.ts';
import { composeClientOptions } from './client-options.ts';
import { listScopes } from './compose-manifest.ts';
import { errorOf, explainError } from './explain-error.ts';

export interface SlackDiagnosis {
  readonly botToken?: string | undefined;
  readonly appToken?: string | undefined;
  readonly signingSecret?: string | undefined;
  readonly oauth?: object | undefined;
  readonly apiUrl?: string | undefined;
  readonly digestGroup?: string | undefined;
}

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Looks at the tokens, their scopes, the way in and the clock. Changes nothing, never throws. */
export async function diagnoseSlack(
  settings: SlackDiagnosis,
  publicUrl: string | undefined,
  now: () => number,
): Promise<Finding[]> {
  const { botToken, appToken, signingSecret, apiUrl, digestGroup } = settings;
  const options = { ...composeClientOptions(apiUrl, silent), retryConfig: { retries: 0 } };
  const findings: Finding[] = [];
  if (botToken) findings.push(...(await diagnoseToken(botToken, options, digestGroup !== undefined, now)));
  else if (publicUrl) findings.push(good(`Slack: workspaces install the app at ${publicUrl}/slack/install`));
  else
    findings.push(
      bad('Slack: workspaces cannot come back from installing the app', 'Set PUBLIC_URL to where they reach this bot.'),
    );
  if (appToken) findings.push(await diagnoseSocket(appToken, options));
  if (signingSecret && !/^[0-9a-f]{32}$/i.test(signingSecret)) {
    findings.push(
      bad('Slack: SLACK_SIGNING_SECRET is none', 'It has 32 hexadecimal digits; copy it from Basic Information.'),
    );
  }
  if (signingSecret && !appToken) {
    findings.push(good(`Slack: answers over HTTP at ${publicUrl ?? 'the bot’s port'}/slack/events`));
  }
  findings.push(
    note(
      'Slack: no token shows the app’s manifest',
      'Export it under App Manifest, then: briefing manifest --check FILE',
    ),
  );
  return findings;
}

async function diagnoseToken(
  token: string,
  options: object,
  usesGroup: boolean,
  now: () => number,
): Promise<Finding[]> {
  const client = new WebClient(token, options);
  try {
    const { team, user, response_metadata: metadata } = await client.auth.test();
    const findings = [good(`Slack: the bot token is that of ${user ?? 'the bot'} in ${team ?? 'its workspace'}`)];
    const granted = metadata?.scopes;
    const missing = granted ? listScopes(usesGroup).filter((scope) => !granted.includes(scope)) : [];
    if (missing.length > 0) {
      findings.push(
        bad(
          `Slack: the app lacks ${missing.join(', ')}`,
          'Update the app with the output of "briefing manifest" and install it again.',
        ),
      );
    } else if (granted) findings.push(good('Slack: the app has every scope that it needs'));
    const response = await fetch(`${client.slackApiUrl}api.test`, { method: 'POST' });
    const clock = compareClock(response.headers.get('date'), now());
    return clock ? [...findings, clock] : findings;
  } catch (error) {
    return [explain('Slack: the bot token does not work', error)];
  }
}

async function diagnoseSocket(token: string, options: object): Promise<Finding> {
  try {
    await new WebClient(token, options).apps.connections.open();
    return good('Slack: Socket Mode opens');
  } catch (error) {
    const refusal = errorOf(error);
    if (refusal === 'missing_scope' || refusal === 'not_allowed_token_type') {
      return bad(
        'Slack: SLACK_APP_TOKEN opens no socket',
        'Generate one under Basic Information, App-Level Tokens, with the scope connections:write.',
      );
    }
    if (refusal === 'invalid_auth') {
      return bad('Slack: SLACK_APP_TOKEN is refused', 'Copy it anew from Basic Information, App-Level Tokens.');
    }
    return explain('Slack: Socket Mode does not open', error);
  }
}

function explain(what: string, error: unknown): Finding {
  const refusal = errorOf(error);
  if (refusal)
    return bad(
      `${what} (${refusal})`,
      explainError(error) ?? 'See https://docs.slack.dev/reference/methods for what that means.',
    );
  return bad(`${what} (${reasonOf(error)})`, 'Check this machine’s network, and SLACK_API_URL where it is set.');
}
