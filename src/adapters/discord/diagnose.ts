import { type APIApplication, type APIGatewayBotInfo, DefaultRestOptions, Routes } from 'discord.js';
import type { Command } from '../../core/command.ts';
import { countNoun } from '../../core/count.ts';
import { reasonOf } from '../../core/errors.ts';
import { bad, type Diagnosis, type Finding, good, measureClock, note } from '../../core/finding.ts';
import { explainError } from './explain-error.ts';
import { compareRegistration, type Registration } from './register-commands.ts';
import { createRest } from './rest.ts';

export interface DiscordDiagnosis {
  readonly token?: string | undefined;
  readonly publicKey?: string | undefined;
  readonly gateway: boolean;
  readonly apiUrl?: string | undefined;
}

/** Checks the token, where interactions go, the commands if they are known, and the clock. Changes nothing, never throws. */
export async function diagnoseDiscord(
  { token, publicKey, gateway, apiUrl }: DiscordDiagnosis,
  commands: readonly Command[] | undefined,
  now: () => number,
): Promise<Diagnosis> {
  if (!token) {
    const what = 'it answers over HTTP only; commands and digests need DISCORD_TOKEN';
    return { findings: [note('no-token', what)] };
  }
  const rest = createRest(token, apiUrl, { retries: 0 });
  try {
    const application = (await rest.get(Routes.currentApplication())) as APIApplication;
    const findings = [
      good('token', `the token belongs to ${application.name}`),
      ...diagnoseEndpoint(application, publicKey, gateway),
    ];
    if (gateway) findings.push(await diagnoseGateway((await rest.get(Routes.gatewayBot())) as APIGatewayBotInfo));
    if (commands) findings.push(...describeRegistration((await compareRegistration(rest, commands)).registration));
    const response = await fetch(`${apiUrl ?? DefaultRestOptions.api}/v${DefaultRestOptions.version}/gateway`);
    return { findings, clockAheadMs: measureClock(response.headers.get('date'), now()) };
  } catch (error) {
    const remedy = explainError(error);
    if (remedy) return { findings: [bad('refused', 'it can’t connect', remedy)] };
    const advice = apiUrl
      ? 'Check that DISCORD_API_URL is right and that something answers there.'
      : 'Check this machine’s network and proxy.';
    return { findings: [bad('unreachable', `it can’t be reached (${reasonOf(error)})`, advice)] };
  }
}

/** Where Discord sends interactions: to an address in the application's settings, or else over the gateway. */
function diagnoseEndpoint(application: APIApplication, publicKey: string | undefined, gateway: boolean): Finding[] {
  const { interactions_endpoint_url: endpoint, verify_key: key } = application;
  if (publicKey && publicKey.toLowerCase() !== key) {
    return [
      bad(
        'wrong-public-key',
        'DISCORD_PUBLIC_KEY belongs to another application',
        'Copy it again from this application’s General Information.',
      ),
    ];
  }
  if (endpoint && !publicKey) {
    return [
      bad(
        'interactions-elsewhere',
        `interactions go to ${endpoint}, and none come over the gateway`,
        'Set DISCORD_PUBLIC_KEY, or clear the Interactions Endpoint URL under General Information.',
      ),
    ];
  }
  if (!endpoint && !gateway) {
    return [
      publicKey
        ? bad(
            'interactions-nowhere',
            'interactions come over the gateway, which DISCORD_GATEWAY=off closes',
            'Under General Information, enter https://your-address/discord/interactions as the Interactions Endpoint URL.',
          )
        : note(
            'digests-only',
            'this process delivers digests and answers nothing',
            'Remove DISCORD_GATEWAY=off if it should answer.',
          ),
    ];
  }
  return [
    good(
      'interactions',
      endpoint
        ? `interactions go to ${endpoint}`
        : 'interactions come over the gateway; no privileged intent is needed',
    ),
  ];
}

function describeRegistration({ added, changed, removed, left }: Registration): Finding[] {
  const differing = [...added, ...changed, ...removed];
  const named = `${differing.slice(0, 5).join(', ')}${differing.length > 5 ? ', …' : ''}`;
  return [
    differing.length === 0
      ? good('commands', 'all commands are registered')
      : note(
          'commands-differ',
          `${differing.length} commands differ from those registered: ${named}`,
          'Start the bot, or run: npx briefing register',
        ),
    ...(left.length > 0
      ? [note('commands-left', `there is no room for ${left.length} commands; /brief reaches them`)]
      : []),
  ];
}

function diagnoseGateway({ shards, session_start_limit: limit }: APIGatewayBotInfo): Finding {
  const what = `${countNoun(shards, 'shard')}, ${limit.remaining} of ${limit.total} connections left today`;
  if (limit.remaining > shards) return good('connections', what);
  const hours = Math.ceil(limit.reset_after / 3_600_000);
  return bad(
    'no-connections',
    what,
    `The bot can’t connect until the limit is reset in ${hours} h. Find out why it restarts so often.`,
  );
}
