import { definePlatform } from '../../core/platform.ts';
import { slackPrograms } from './programs.ts';
import { checkSlackSettings, slackSettings } from './settings.ts';

/** Slack, by Socket Mode or over HTTP, in one workspace or in any that installs the app. */
export const slack = definePlatform({
  name: 'slack',
  title: 'Slack',
  guide: 'docs/slack.md',
  settings: {
    shape: slackSettings,
    check: checkSlackSettings,
    read: (values, { publicUrl }) => ({
      botToken: values.SLACK_BOT_TOKEN,
      appToken: values.SLACK_APP_TOKEN,
      signingSecret: values.SLACK_SIGNING_SECRET,
      oauth:
        values.SLACK_CLIENT_ID && values.SLACK_CLIENT_SECRET && values.SLACK_ENCRYPTION_KEYS
          ? {
              clientId: values.SLACK_CLIENT_ID,
              clientSecret: values.SLACK_CLIENT_SECRET,
              encryptionKeys: values.SLACK_ENCRYPTION_KEYS,
            }
          : undefined,
      apiUrl: values.SLACK_API_URL,
      configToken: values.SLACK_CONFIG_TOKEN,
      prefix: values.SLACK_COMMAND_PREFIX,
      view: values.SLACK_VIEW,
      digestGroup: values.SLACK_DIGEST_GROUP,
      publicUrl,
    }),
  },
  targets: {
    channel: /^[CGD][A-Z0-9]+$/,
    team: /^T[A-Z0-9]+$/,
    user: /^[UW][A-Z0-9]+$/,
    example: { channel: 'C0123ABCD', user: 'U0123ABCD' },
  },
  isSetUp: ({ botToken, oauth }) => Boolean(botToken || oauth),
  canPost: ({ botToken, oauth }) => Boolean(botToken || oauth),
  async start(config, { memory, ...context }) {
    const { startSlack } = await import('./start-slack.ts');
    const { oauth } = config;
    const vault = oauth && memory.openVault(oauth.encryptionKeys, 'SLACK_ENCRYPTION_KEYS');
    return startSlack(config, { ...memory, vault }, context);
  },
  async diagnose(config, { covered, now }) {
    const { diagnoseSlack } = await import('./diagnose.ts');
    return diagnoseSlack(config, covered, now);
  },
  async explainError(error) {
    const { explainError } = await import('./explain-error.ts');
    return explainError(error);
  },
  async preview({ prefix }, bot) {
    const { createSlackPreview } = await import('./preview.ts');
    return createSlackPreview(bot, prefix);
  },
  async assistant() {
    const { slackAssistant } = await import('./assistant.ts');
    return slackAssistant;
  },
  async vouch({ signingSecret }, request, now) {
    if (!signingSecret || !request.headers.has('x-slack-signature')) return undefined;
    const { vouchForSlack } = await import('./vouch.ts');
    return vouchForSlack(signingSecret, request, now);
  },
  programs: slackPrograms,
});
