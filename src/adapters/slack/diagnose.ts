import { WebClient } from '@slack/web-api';
import { reasonOf } from '../../core/errors.ts';
import { bad, type Diagnosis, type Finding, good, measureClock, note } from '../../core/finding.ts';
import { composeClientOptions } from './client-options.ts';
import { compareManifests } from './compare-manifest.ts';
import { type AppFeatures, type Covered, composeManifest, listScopes } from './compose-manifest.ts';
import { errorOf, explainError } from './explain-error.ts';
import type { View } from './view.ts';

export interface SlackDiagnosis {
  readonly botToken?: string | undefined;
  readonly appToken?: string | undefined;
  readonly signingSecret?: string | undefined;
  readonly oauth?: object | undefined;
  readonly apiUrl?: string | undefined;
  readonly digestGroup?: string | undefined;
  /** An app configuration token, which shows the app's manifest. */
  readonly configToken?: string | undefined;
  readonly prefix: string;
  readonly view: View;
  readonly publicUrl?: string | undefined;
}

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * Checks the tokens, their scopes, how requests come in, the clock and, if the content could be read, whether the app's manifest
 * fits it. Changes nothing, never throws.
 */
export async function diagnoseSlack(
  settings: SlackDiagnosis,
  covered: Covered | undefined,
  now: () => number,
): Promise<Diagnosis> {
  const { botToken, appToken, signingSecret, apiUrl, publicUrl } = settings;
  const options = { ...composeClientOptions(apiUrl, silent), retryConfig: { retries: 0 } };
  const { findings: begun, clockAheadMs }: Diagnosis = botToken
    ? await diagnoseToken(botToken, options, featuresOf(settings), now)
    : { findings: [diagnoseInstalling(publicUrl)] };
  const findings = [...begun];
  if (appToken) findings.push(await diagnoseSocket(appToken, options));
  if (signingSecret && !/^[0-9a-f]{32}$/i.test(signingSecret)) {
    findings.push(
      bad(
        'wrong-signing-secret',
        "SLACK_SIGNING_SECRET isn't a signing secret",
        'It has 32 hexadecimal digits. Copy it from Basic Information.',
      ),
    );
  }
  if (signingSecret && !appToken) {
    findings.push(good('http', `it answers over HTTP at ${publicUrl ?? 'the bot’s port'}/slack/events`));
  }
  if (covered) findings.push(await diagnoseManifest(settings, covered, options));
  // One cause is told once, however many calls it kept from getting through.
  const once = new Map(findings.map((finding) => [finding.what, finding]));
  return { findings: [...once.values()], clockAheadMs };
}

function diagnoseInstalling(publicUrl: string | undefined): Finding {
  return publicUrl
    ? good('install', `workspaces install the app at ${publicUrl}/slack/install`)
    : bad(
        'no-public-url',
        'workspaces can’t return to the bot after installing the app',
        'Set PUBLIC_URL to the address at which others reach this bot.',
      );
}

async function diagnoseToken(
  token: string,
  options: object,
  features: AppFeatures,
  now: () => number,
): Promise<Diagnosis> {
  const client = new WebClient(token, options);
  try {
    const { team, user, response_metadata: metadata } = await client.auth.test();
    const findings = [good('token', `the bot token belongs to ${user ?? 'the bot'} in ${team ?? 'its workspace'}`)];
    const granted = metadata?.scopes;
    const missing = granted ? listScopes(features).filter((scope) => !granted.includes(scope)) : [];
    if (missing.length > 0) {
      findings.push(
        bad(
          'missing-scopes',
          `the app lacks ${missing.join(', ')}`,
          'Update the app with the output of "npx briefing manifest", and install it again.',
        ),
      );
    } else if (granted) findings.push(good('scopes', 'the app has every scope it needs'));
    const response = await fetch(`${client.slackApiUrl}api.test`, { method: 'POST' });
    return { findings, clockAheadMs: measureClock(response.headers.get('date'), now()) };
  } catch (error) {
    return { findings: [explain('token-fails', 'the bot token doesn’t work', error)] };
  }
}

async function diagnoseSocket(token: string, options: object): Promise<Finding> {
  try {
    await new WebClient(token, options).apps.connections.open();
    return good('socket', 'Socket Mode can connect');
  } catch (error) {
    const refusal = errorOf(error);
    if (refusal === 'missing_scope' || refusal === 'not_allowed_token_type') {
      return bad(
        'no-socket',
        'SLACK_APP_TOKEN can’t open a socket',
        'Generate one under Basic Information, App-Level Tokens, with the scope connections:write.',
      );
    }
    if (refusal === 'invalid_auth') {
      const remedy = 'Copy it again from Basic Information, App-Level Tokens.';
      return bad('app-token-refused', 'SLACK_APP_TOKEN is refused', remedy);
    }
    return explain('no-socket', 'Socket Mode can’t connect', error);
  }
}

/** Differences that a finding names. */
const MOST_NAMED = 5;

/** Shown if the bot answers over HTTP and nobody said at which address. */
const UNKNOWN_ADDRESS = 'https://your.host';

/** Whether the app is as the content wants it. https://docs.slack.dev/reference/methods/apps.manifest.export */
async function diagnoseManifest(settings: SlackDiagnosis, covered: Covered, options: object): Promise<Finding> {
  const { botToken, appToken, configToken, prefix, publicUrl } = settings;
  if (!configToken || !botToken) {
    return note(
      'manifest-unseen',
      'the app’s manifest was not checked',
      'Set SLACK_CONFIG_TOKEN, or export the manifest under App Manifest and run: npx briefing manifest --check FILE',
    );
  }
  try {
    const bot = new WebClient(botToken, options);
    const { bot_id = '' } = await bot.auth.test();
    const { bot: about } = await bot.bots.info({ bot: bot_id });
    const exported = await new WebClient(configToken, options).apps.manifest.export({ app_id: about?.app_id ?? '' });
    const theirs: unknown = exported.manifest;
    const url = appToken
      ? undefined
      : (publicUrl ?? originOf(exported.manifest?.settings?.interactivity?.request_url) ?? UNKNOWN_ADDRESS);
    const remedy = url ? `"npx briefing manifest --url ${url}"` : '"npx briefing manifest"';
    const { manifest } = composeManifest(covered, { url, publicUrl, prefix, ...featuresOf(settings) });
    const differences = compareManifests(manifest, theirs);
    if (differences.length === 0) return good('manifest', 'the app’s manifest fits the content');
    const named = differences.slice(0, MOST_NAMED).map(({ path, kind }) => `${path} (${kind})`);
    const more = differences.length > MOST_NAMED ? ', …' : '';
    return bad(
      'manifest-differs',
      `the app’s manifest differs in ${differences.length}: ${named.join(', ')}${more}`,
      `Paste the output of ${remedy} under App Manifest, and install the app again if Slack asks for it.`,
    );
  } catch (error) {
    if (['invalid_auth', 'token_expired', 'not_allowed_token_type'].includes(errorOf(error) ?? '')) {
      return note(
        'config-token-refused',
        'SLACK_CONFIG_TOKEN is refused, so the app’s manifest was not checked',
        'Such a token is valid for 12 hours. Generate one at https://api.slack.com/apps, Your App Configuration Tokens.',
      );
    }
    return explain('manifest-unreadable', 'the app’s manifest can’t be read', error);
  }
}

function featuresOf({ digestGroup, view }: SlackDiagnosis): AppFeatures {
  return { usesGroup: digestGroup !== undefined, view };
}

function originOf(url: string | undefined): string | undefined {
  return url && URL.canParse(url) ? new URL(url).origin : undefined;
}

function explain(code: string, what: string, error: unknown): Finding {
  const refusal = errorOf(error);
  if (refusal) {
    const remedy = explainError(error) ?? 'Look it up at https://docs.slack.dev/reference/methods';
    return bad(code, `${what} (${refusal})`, remedy);
  }
  // Whatever was tried, it wasn't refused: a good token must not be taken for a bad one.
  return bad(
    'unreachable',
    `it can’t be reached (${reasonOf(error)})`,
    'Check this machine’s network, and SLACK_API_URL if it is set.',
  );
}
