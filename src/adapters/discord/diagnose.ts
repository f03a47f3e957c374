import { type APIApplication, type APIGatewayBotInfo, DefaultRestOptions, Routes } from 'discord.js';
import type { Command } from '../../core/command.ts';
import { countNoun } from '../../core/count.ts';
import { bad, compareClock, type Finding, good, note, reasonOf } from '../../core/finding.ts';
import { explainError } from './explain-error.ts';
import { compareRegistration, type Registration } from './register-commands.ts';
import { createRest } from './rest.ts';

export interface DiscordDiagnosis {
  readonly token?: string | undefined;
  readonly publicKey?: string | undefined;
  readonly gateway: boolean;
  readonly apiUrl?: string | undefined;
}

/** Looks at the token, where interactions go, the commands where they are known, and the clock. Changes nothing, never throws. */
export async function diagnoseDiscord(
  { token, publicKey, gateway, apiUrl }: DiscordDiagnosis,
  commands: readonly Command[] | undefined,
  now: () => number,
): Promise<Finding[]> {
  if (!token) return [note('Discord: answers over HTTP only; commands and digests need DISCORD_TOKEN')];
  const rest = createRest(token, apiUrl, { retries: 0 });
  try {
    const application = (await rest.get(Routes.currentApplication())) as APIApplication;
    const findings = [
      good(`Discord: the token is that of ${application.name}`),
      ...diagnoseEndpoint(application, publicKey, gateway),
    ];
    if (gateway) findings.push(await diagnoseGateway((await rest.get(Routes.gatewayBot())) as APIGatewayBotInfo));
    if (commands) findings.push(...describeRegistration((await compareRegistration(rest, commands)).registration));
    const response = await fetch(`${apiUrl ?? DefaultRestOptions.api}/v${DefaultRestOptions.version}/gateway`);
    const clock = compareClock(response.headers.get('date'), now());
    return clock ? [...findings, clock] : findings;
  } catch (error) {
    const remedy = explainError(error);
    if (remedy) return [bad('Discord: not connected', remedy)];
    return [
      bad(
        `Discord: cannot be reached (${reasonOf(error)})`,
        apiUrl ? 'Check DISCORD_API_URL and that something answers there.' : 'Check this machine’s network and proxy.',
      ),
    ];
  }
}

/** Where Discord sends interactions: to an address in the application's settings, or else over the gateway. */
function diagnoseEndpoint(application: APIApplication, publicKey: string | undefined, gateway: boolean): Finding[] {
  const { interactions_endpoint_url: endpoint, verify_key: key } = application;
  if (publicKey && publicKey.toLowerCase() !== key) {
    return [
      bad(
        'Discord: DISCORD_PUBLIC_KEY is another application’s',
        'Copy it anew from General Information of this application.',
      ),
    ];
  }
  if (endpoint && !publicKey) {
    return [
      bad(
        `Discord: interactions go to ${endpoint}, and none over the gateway`,
        'Set DISCORD_PUBLIC_KEY, or empty the Interactions Endpoint URL under General Information.',
      ),
    ];
  }
  if (!endpoint && !gateway) {
    return [
      publicKey
        ? bad(
            'Discord: interactions come over the gateway, which DISCORD_GATEWAY=off closes',
            'Write https://your-address/discord/interactions as Interactions Endpoint URL under General Information.',
          )
        : note(
            'Discord: this process delivers digests and answers nothing',
            'Take DISCORD_GATEWAY=off out if it is to answer.',
          ),
    ];
  }
  return [
    good(
      endpoint
        ? `Discord: interactions go to ${endpoint}`
        : 'Discord: interactions come over the gateway; no privileged intent is needed',
    ),
  ];
}

function describeRegistration({ added, changed, removed, left }: Registration): Finding[] {
  const differing = [...added, ...changed, ...removed];
  const named = `${differing.slice(0, 5).join(', ')}${differing.length > 5 ? ', …' : ''}`;
  return [
    differing.length === 0
      ? good('Discord: all commands are registered')
      : note(
          `Discord: ${differing.length} commands differ from those registered: ${named}`,
          'Start the bot, or run: briefing register',
        ),
    ...(left.length > 0 ? [note(`Discord: no room for ${left.length} commands; /brief reaches them`)] : []),
  ];
}

function diagnoseGateway({ shards, session_start_limit: limit }: APIGatewayBotInfo): Finding {
  const text = `Discord: ${countNoun(shards, 'shard')}, ${limit.remaining} of ${limit.total} connections left today`;
  if (limit.remaining > shards) return good(text);
  const hours = Math.ceil(limit.reset_after / 3_600_000);
  return bad(text, `The bot cannot connect before they are renewed, in ${hours} h. Find out why it restarts so often.`);
}
