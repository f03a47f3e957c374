import type { APIMessage } from 'discord.js';
import { askingButtons, type DiscordMessage } from '../../../src/adapters/discord/render-reply.ts';
import { describeAdapter, type Shown } from '../../support/adapter-contract.ts';
import { openDiscord } from '../../support/discord-harness.ts';
import { menuOptions, textsOf } from '../../support/discord-limits.ts';

/** What somebody sees of a message: markup and escapes gone. */
function read(message: Pick<APIMessage, 'components'>): Shown {
  const components = (message.components ?? []) as DiscordMessage['components'];
  const text = textsOf({ components })
    .join('\n')
    .replace(/(?<!\\)\*\*/g, '')
    .replace(/^(> )?(-#|###) /gm, '')
    .replace(/\\(?=[^\w\s])/g, '')
    .replaceAll('\u200B', '');
  const choices = menuOptions({ components }).map(({ label }) => label);
  return { text, buttons: [...askingButtons({ components }).map(({ label }) => label), ...choices] };
}

describeAdapter('Discord’s direct messages', async (bot) => {
  const { server, stop, platform } = await openDiscord(bot);
  if (platform.status() !== 'connected') await server.waitFor('identify', { since: 0 });
  let last: APIMessage;
  const show = (message: APIMessage): Shown => {
    last = message;
    return read(message);
  };
  return {
    ask: async (content) => show((await server.message({ content, channel: 'dm' }).reply()).message),
    press: async (label) => {
      const components = (last.components ?? []) as DiscordMessage['components'];
      const button = askingButtons({ components }).find((one) => one.label === label);
      if (!button) throw new Error(`there is no button ${label}`);
      const record = await server.interact({ type: 'button', customId: button.custom_id, message: last });
      return show(await record.answer());
    },
    close: stop,
  };
});
