import { describeAdapter, type Shown } from '../../support/adapter-contract.ts';
import { labelsOf } from '../../support/local-slack.ts';
import { openSlack } from '../../support/slack-harness.ts';

type Body = Record<string, unknown>;

interface Text {
  readonly text: string;
}

/** What somebody sees of a message: markup, entities and invisible marks gone. */
function read(body: Body): Shown {
  const blocks = (body.blocks ?? []) as { type: string; text?: Text; elements?: Text[] }[];
  const text = blocks
    .flatMap(({ type, text: own, elements = [] }) =>
      own ? [own.text] : type === 'context' ? elements.map((one) => one.text) : [],
    )
    .join('\n')
    .replace(/(?<!\u2060)\*/g, '')
    .replace(/(?<!\u2060)_(?!\u2060)/g, '')
    .replaceAll('\u2060', '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
  return { text, buttons: labelsOf(body) };
}

/** How Slack hands over what somebody typed. */
const encode = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

for (const transport of ['socket', 'http'] as const) {
  describeAdapter(`Slack’s direct messages over ${transport}`, async (bot) => {
    const { server, stop } = await openSlack(bot, { transport });
    const dm = server.state.dm(server.state.people.ada).id;
    let last: Body = {};
    const show = (body: Body): Shown => {
      last = body;
      return read(body);
    };
    return {
      ask: async (text) => show(await (await server.message({ text: encode(text) })).reply()),
      press: async (label) => show(await (await server.press(last, label, { channel: dm })).reply()),
      close: stop,
    };
  });
}
