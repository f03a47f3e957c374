/**
 * How people talk with the app beside its commands:
 * - agent: Slack's agent messaging, in the app's Messages tab; the only way for apps made since July 2026
 * - assistant: Slack's assistant panel, for apps that were made before and not switched over
 * - off: plain direct messages, if Slack has neither
 *
 * https://docs.slack.dev/ai/migrating-to-agent-messaging/
 */
export const VIEWS = ['agent', 'assistant', 'off'] as const;
export type View = (typeof VIEWS)[number];
