/** Slack's limits: of Block Kit, https://docs.slack.dev/reference/block-kit/blocks, and of an app, https://docs.slack.dev/reference/app-manifest */
export const SLACK_LIMITS = Object.freeze({
  blocks: 50,
  /** Blocks of a modal or of App Home. */
  viewBlocks: 100,
  viewTitle: 24,
  headerText: 150,
  sectionText: 3000,
  contextElements: 10,
  contextText: 2000,
  actionsElements: 25,
  buttonLabel: 75,
  buttonValue: 2000,
  actionId: 255,
  blockId: 255,
  overflowOptions: 5,
  menuOptions: 100,
  optionText: 75,
  optionValue: 150,
  imageAlt: 2000,
  /** The plain text beside the blocks; Slack cuts what is longer, https://docs.slack.dev/reference/methods/chat.postMessage */
  fallbackText: 4000,
  commands: 50,
  commandName: 32,
  commandDescription: 2000,
  usageHint: 1000,
  suggestedPrompts: 4,
  threadTitle: 255,
});
