/**
 * Discord's limits, https://docs.discord.com/developers/components/reference for messages and
 * https://docs.discord.com/developers/interactions/application-commands for commands.
 */
export const DISCORD_LIMITS = Object.freeze({
  /** Slash commands of one application, for everyone or for one guild. */
  commands: 100,
  /** A text option, as we ask for it; core refuses what is longer all the same. */
  optionText: 1000,
  /** All text displays of a message together. */
  text: 4000,
  /** All components of a message, nested ones too. */
  components: 40,
  buttonsInRow: 5,
  buttonLabel: 80,
  customId: 100,
  /** https://docs.discord.com/developers/components/reference#string-select */
  menuOptions: 25,
  menuLabel: 100,
  /** Menus of one message; ours, so that buttons keep room. */
  menus: 4,
  /** https://docs.discord.com/developers/resources/message#create-message */
  nonce: 25,
  imageDescription: 1024,
  threadName: 100,
  /** Messages that one look at a channel gives. */
  messagePage: 100,
});
