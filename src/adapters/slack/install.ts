import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Authorize } from '@slack/bolt';
import { type Installation, type InstallationStore, InstallProvider } from '@slack/oauth';
import type { WebClientOptions } from '@slack/web-api';
import { html } from 'hono/html';
import type { Vault } from '../../core/memory.ts';
import { type AppFeatures, listScopes, REDIRECT_PATH } from './compose-manifest.ts';
import { createSlackLogger, type SlackLog } from './log.ts';

export interface InstallSettings {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly encryptionKeys: readonly string[];
}

/** Installation by any workspace: the page that starts it, the address that Slack comes back to, and who may be answered. */
export interface Installer {
  readonly authorize: Authorize<boolean>;
  /** Shows the button, or sends straight on to Slack. */
  install(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** Takes the code that Slack gave and keeps the tokens. */
  redirect(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** The bot's token for a workspace, refreshed if it has expired; undefined if the app isn't installed. */
  tokenOf(team: string): Promise<string | undefined>;
  remove(team: string): Promise<void>;
}

export interface InstallerOptions {
  readonly settings: InstallSettings;
  readonly vault: Vault;
  readonly clientOptions: WebClientOptions;
  readonly publicUrl: string | undefined;
  readonly features: AppFeatures;
  readonly log: SlackLog;
}

/** Slack's OAuth flow, https://docs.slack.dev/authentication/installing-with-oauth */
export function createInstaller({
  settings,
  vault,
  clientOptions,
  publicUrl,
  features,
  log,
}: InstallerOptions): Installer {
  const store = createInstallationStore(vault);
  const { clientId, clientSecret, encryptionKeys } = settings;
  const provider = new InstallProvider({
    clientId,
    clientSecret,
    clientOptions,
    installationStore: store,
    // The state is signed, so that any process can check what another one issued.
    stateSecret: createHmac('sha256', encryptionKeys[0] ?? '')
      .update('state')
      .digest('hex'),
    logger: createSlackLogger(log),
    renderHtmlForInstallPath: renderInstallPage,
    ...(clientOptions.slackApiUrl
      ? { authorizationUrl: new URL('/oauth/v2/authorize', clientOptions.slackApiUrl).href }
      : {}),
  });
  const installOptions = {
    scopes: listScopes(features),
    ...(publicUrl ? { redirectUri: `${publicUrl}${REDIRECT_PATH}` } : {}),
  };
  return {
    authorize: (source) => provider.authorize(source),
    install: (request, response) => provider.handleInstallPath(request, response, undefined, installOptions),
    redirect: (request, response) => provider.handleCallback(request, response, undefined, installOptions),
    async tokenOf(team) {
      const query = { teamId: team, enterpriseId: undefined, isEnterpriseInstall: false };
      if ((await vault.read(nameOf(query))) === undefined) return undefined;
      return (await provider.authorize(query)).botToken;
    },
    remove: (team) => vault.remove(nameOf({ teamId: team, enterpriseId: undefined, isEnterpriseInstall: false })),
  };
}

interface Query {
  readonly teamId: string | undefined;
  readonly enterpriseId: string | undefined;
  readonly isEnterpriseInstall: boolean;
}

function nameOf({ teamId, enterpriseId, isEnterpriseInstall }: Query): string {
  return isEnterpriseInstall || !teamId ? `slack:${enterpriseId ?? ''}` : `slack:${teamId}`;
}

function createInstallationStore(vault: Vault): InstallationStore {
  return {
    async storeInstallation(installation) {
      const { team, enterprise, isEnterpriseInstall = false } = installation;
      await vault.save(
        nameOf({ teamId: team?.id, enterpriseId: enterprise?.id, isEnterpriseInstall }),
        JSON.stringify(installation),
      );
    },
    async fetchInstallation(query) {
      const found = await vault.read(nameOf(query as Query));
      if (found === undefined) throw new Error('The app is not installed in that workspace.');
      return JSON.parse(found) as Installation<'v2', false>;
    },
    async deleteInstallation(query) {
      await vault.remove(nameOf(query as Query));
    },
  };
}

function renderInstallPage(url: string): string {
  return String(
    html`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>briefing-bot for Slack</title><main><h1>briefing-bot for Slack</h1><p>Answers from an article, every line with its paragraph and its speaker.</p><p><a href="${url}">Add to Slack</a></p></main></html>`,
  );
}
