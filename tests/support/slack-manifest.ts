import { z } from 'zod';

// Slack's documented limits of a manifest, https://docs.slack.dev/reference/app-manifest, written from its documentation
// and not from what composes it.

const url = z
  .string()
  .max(3000)
  .regex(/^https?:\/\//);
const command = z.strictObject({
  command: z
    .string()
    .min(2)
    .max(32)
    .regex(/^\/[\p{L}\p{N}_-]+$/u),
  url: url.optional(),
  description: z.string().min(1).max(2000),
  usage_hint: z.string().min(1).max(1000).optional(),
  should_escape: z.boolean(),
});
const shortcut = z.strictObject({
  name: z.string().min(1).max(24),
  type: z.literal(['message', 'global']),
  callback_id: z.string().min(1).max(255),
  description: z.string().min(1).max(150),
});
const prompt = z.strictObject({ title: z.string().min(1), message: z.string().min(1) });

/** A whole manifest, as this project may compose one. */
export const manifestSchema = z.strictObject({
  display_information: z.strictObject({
    name: z.string().min(1).max(35),
    description: z.string().min(1).max(140),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.literal(true),
      messages_tab_enabled: z.literal(true),
      messages_tab_read_only_enabled: z.literal(false),
    }),
    bot_user: z.strictObject({
      display_name: z
        .string()
        .max(80)
        .regex(/^[\w.-]+$/),
      always_online: z.boolean(),
    }),
    agent_view: z
      .strictObject({ agent_description: z.string().min(1).max(300), suggested_prompts: z.array(prompt).max(4) })
      .optional(),
    assistant_view: z
      .strictObject({ assistant_description: z.string().min(1).max(300), suggested_prompts: z.array(prompt).max(4) })
      .optional(),
    shortcuts: z.array(shortcut).max(10),
    slash_commands: z.array(command).min(1).max(50),
  }),
  oauth_config: z.strictObject({
    redirect_urls: z.array(url).max(1000).optional(),
    scopes: z.strictObject({ bot: z.array(z.string().regex(/^[a-z_.]+(:[a-z._]+)?$/)).max(255) }),
  }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({
      request_url: url.optional(),
      bot_events: z.array(z.string()).min(1).max(100),
    }),
    interactivity: z.strictObject({ is_enabled: z.literal(true), request_url: url.optional() }),
    org_deploy_enabled: z.boolean(),
    socket_mode_enabled: z.boolean(),
    token_rotation_enabled: z.boolean(),
  }),
});
