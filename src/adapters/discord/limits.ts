/** Discord's limits for a message of Components V2, https://docs.discord.com/developers/components/reference */
export const DISCORD_LIMITS = Object.freeze({
  /** All text displays of a message together. */
  text: 4000,
  /** All components of a message, nested ones too. */
  components: 40,
  buttonsInRow: 5,
  buttonLabel: 80,
  customId: 100,
});

/** https://docs.discord.com/developers/resources/message#message-object-message-flags */
export const MESSAGE_FLAGS = Object.freeze({ ephemeral: 1 << 6, componentsV2: 1 << 15 });
