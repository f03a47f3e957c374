import type { Bot } from '../../core/bot.ts';
import type { Command } from '../../core/command.ts';
import { ASK_SHORTCUT } from './handle-commands.ts';
import { composePrompts } from './handle-messages.ts';
import { SLACK_LIMITS } from './limits.ts';
import { ENTRY_COMMAND } from './parse-command.ts';

/** What a manifest is made from. */
export type Covered = Pick<Bot, 'commands' | 'library'>;

export interface ManifestOptions {
  /** Where Slack reaches the bot over HTTP, without a slash at its end; Socket Mode where left out. */
  readonly url?: string | undefined;
  /** Before each slash command's name but that of `/brief`. */
  readonly prefix: string;
  /** Members of a user group may change digests. */
  readonly usesGroup?: boolean;
}

/** An app's whole manifest, https://docs.slack.dev/reference/app-manifest, and the commands for which it has no room. */
export interface ComposedManifest {
  readonly manifest: Manifest;
  readonly left: readonly string[];
}

export interface Manifest {
  readonly [section: string]: unknown;
}

/** What the bot does, and no more: each scope with what needs it. */
const SCOPES: Readonly<Record<string, string>> = {
  commands: 'slash commands and the message shortcut',
  'chat:write': 'answers and digests',
  'im:history': 'questions in direct messages',
  'app_mentions:read': 'questions that mention the bot',
  'assistant:write': 'the assistant panel',
  'users:read': 'a subscriber’s time zone, and whether they are an admin',
  'channels:read': 'who created a channel',
  'groups:read': 'who created a private channel',
  'channels:history': 'whether a digest arrived before the bot was cut off',
  'groups:history': 'the same in private channels',
  'files:write': 'the picture of a digest',
};

export const EVENTS_PATH = '/slack/events';
export const REDIRECT_PATH = '/slack/oauth_redirect';
export const INSTALL_PATH = '/slack/install';

/** The scopes that the bot asks for, in order. */
export function listScopes(usesGroup = false): string[] {
  return [...Object.keys(SCOPES), ...(usesGroup ? ['usergroups:read'] : [])].sort();
}

/** Commands that Slack keeps for itself: an app cannot have them. https://slack.com/help/articles/201259356 */
const RESERVED = new Set([
  'active',
  'apps',
  'archive',
  'away',
  'call',
  'collapse',
  'dm',
  'dnd',
  'expand',
  'feed',
  'help',
  'invite',
  'join',
  'leave',
  'me',
  'msg',
  'mute',
  'open',
  'remind',
  'remove',
  'rename',
  'search',
  'shortcuts',
  'shrug',
  'star',
  'status',
  'topic',
  'who',
]);

/** The manifest that makes Slack's app fit this bot and its content. */
export function composeManifest(bot: Covered, { url, prefix, usesGroup = false }: ManifestOptions): ComposedManifest {
  const named = bot.commands.map((command) => ({ command, name: slashName(command, prefix) }));
  const entry = named.filter(({ command }) => command.name === ENTRY_COMMAND);
  const others = named.filter(({ command, name }) => command.name !== ENTRY_COMMAND && fits(name));
  const listed = [...entry, ...others].slice(0, SLACK_LIMITS.commands);
  const request = url ? { url: `${url}${EVENTS_PATH}` } : {};
  const requestUrl = url ? { request_url: `${url}${EVENTS_PATH}` } : {};
  return {
    left: named.filter((one) => !listed.includes(one)).map(({ command }) => command.name),
    manifest: {
      display_information: {
        name: 'briefing-bot',
        description: 'Answers from an article, every line with its paragraph and its speaker',
        background_color: '#1f3a5f',
      },
      features: {
        app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
        bot_user: { display_name: 'briefing-bot', always_online: true },
        assistant_view: {
          assistant_description:
            'Ask what the article says. Every line of an answer names its paragraph and who says it.',
          suggested_prompts: composePrompts(bot),
        },
        shortcuts: [
          {
            name: 'What the article says',
            type: 'message',
            callback_id: ASK_SHORTCUT,
            description: 'What does the article say about this?',
          },
        ],
        slash_commands: listed.map(({ command, name }) => ({
          command: `/${name}`,
          ...request,
          description: command.description.slice(0, SLACK_LIMITS.commandDescription),
          ...usageOf(command),
          should_escape: false,
        })),
      },
      oauth_config: {
        ...(url ? { redirect_urls: [`${url}${REDIRECT_PATH}`] } : {}),
        scopes: { bot: listScopes(usesGroup) },
      },
      settings: {
        event_subscriptions: {
          ...requestUrl,
          bot_events: [
            'app_home_opened',
            'app_mention',
            'app_uninstalled',
            'assistant_thread_started',
            'message.im',
            'tokens_revoked',
          ],
        },
        interactivity: { is_enabled: true, ...requestUrl },
        org_deploy_enabled: false,
        socket_mode_enabled: url === undefined,
        token_rotation_enabled: false,
      },
    },
  };
}

function slashName({ name }: Command, prefix: string): string {
  return name === ENTRY_COMMAND ? name : `${prefix}${name}`;
}

function fits(name: string): boolean {
  return name.length < SLACK_LIMITS.commandName && !RESERVED.has(name);
}

/** What a command takes, as Slack shows it while somebody types. */
function usageOf({ options, subcommands = [] }: Command): { usage_hint?: string } {
  const hint =
    subcommands.length > 0
      ? subcommands.map(({ name }) => name).join(' | ')
      : options.map(({ name, required }) => (required ? `[${name}]` : `[${name}, optional]`)).join(' ');
  return hint ? { usage_hint: hint.slice(0, SLACK_LIMITS.usageHint) } : {};
}
