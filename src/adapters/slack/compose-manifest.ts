import type { Bot } from '../../core/bot.ts';
import type { Command } from '../../core/command.ts';
import { english } from '../../i18n/words.ts';
import { ASK_SHORTCUT } from './handle-commands.ts';
import { composePrompts } from './handle-messages.ts';
import { SLACK_LIMITS } from './limits.ts';
import { chooseSlashCommands } from './slash-names.ts';
import type { View } from './view.ts';

/** What a manifest is made from. */
export type Covered = Pick<Bot, 'commands' | 'library'>;

/** What an app has or has not. */
export interface AppFeatures {
  /** Members of a user group may change digests. */
  readonly usesGroup?: boolean;
  readonly view?: View;
}

export interface ManifestOptions extends AppFeatures {
  /** Where Slack reaches the bot over HTTP, without a slash at its end; Socket Mode if left out. */
  readonly url?: string | undefined;
  /** Where others reach the bot, and come back to when they install it; `url` if left out. */
  readonly publicUrl?: string | undefined;
  /** Before each slash command's name but that of `/brief`. */
  readonly prefix: string;
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
  'assistant:write': 'what people see first when they talk with the app, its status and title',
  'users:read': 'a reader’s language, a subscriber’s time zone, and whether they are an admin',
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
export function listScopes({ usesGroup = false, view = 'agent' }: AppFeatures = {}): string[] {
  const needed = Object.keys(SCOPES).filter((scope) => scope !== 'assistant:write' || view !== 'off');
  return [...needed, ...(usesGroup ? ['usergroups:read'] : [])].sort();
}

/** The manifest that makes Slack's app fit this bot and its content. */
export function composeManifest(bot: Covered, options: ManifestOptions): ComposedManifest {
  const { url, publicUrl = url, prefix, view = 'agent' } = options;
  const { listed, left } = chooseSlashCommands(bot.commands, prefix);
  const request = url ? { url: `${url}${EVENTS_PATH}` } : {};
  const requestUrl = url ? { request_url: `${url}${EVENTS_PATH}` } : {};
  return {
    left: left.map(({ name }) => name),
    manifest: {
      display_information: {
        name: 'briefing-bot',
        description: 'Answers from an article, every line with its paragraph and its speaker',
        background_color: '#1f3a5f',
      },
      features: {
        app_home: { home_tab_enabled: true, messages_tab_enabled: true, messages_tab_read_only_enabled: false },
        bot_user: { display_name: 'briefing-bot', always_online: true },
        ...composeView(view, bot),
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
        ...(publicUrl ? { redirect_urls: [`${publicUrl}${REDIRECT_PATH}`] } : {}),
        scopes: { bot: listScopes(options) },
      },
      settings: {
        event_subscriptions: {
          ...requestUrl,
          bot_events: [
            'app_home_opened',
            'app_mention',
            'app_uninstalled',
            ...(view === 'assistant' ? ['assistant_thread_started'] : []),
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

function composeView(view: View, bot: Covered): object {
  const description = 'Ask what the article says. Every line of an answer names its paragraph and who says it.';
  const suggested_prompts = composePrompts(bot.library, english);
  if (view === 'agent') return { agent_view: { agent_description: description, suggested_prompts } };
  return view === 'assistant' ? { assistant_view: { assistant_description: description, suggested_prompts } } : {};
}

/** What a command takes, as Slack shows it while somebody types. */
function usageOf({ options, subcommands = [] }: Command): { usage_hint?: string } {
  const hint =
    subcommands.length > 0
      ? subcommands.map(({ name }) => name).join(' | ')
      : options.map(({ name, required }) => (required ? `[${name}]` : `[${name}, optional]`)).join(' ');
  return hint ? { usage_hint: hint.slice(0, SLACK_LIMITS.usageHint) } : {};
}
