/** Block Kit's limits, https://docs.slack.dev/reference/block-kit/blocks */
export const SLACK_LIMITS = Object.freeze({
  blocks: 50,
  headerText: 150,
  sectionText: 3000,
  contextElements: 10,
  contextText: 2000,
  actionsElements: 25,
  buttonLabel: 75,
  buttonValue: 2000,
  actionId: 255,
  /** The plain text beside the blocks; Slack cuts what is longer, https://docs.slack.dev/reference/methods/chat.postMessage */
  fallbackText: 4000,
});
