import { describeAdapter, type Shown } from '../../support/adapter-contract.ts';
import { type Called, callTool, openMcp } from '../../support/mcp.ts';

describeAdapter('An MCP client over HTTP', async (bot) => {
  const harness = await openMcp(bot);
  const client = await harness.connect();
  await client.listTools();
  let last: Called;
  const show = async (called: Promise<Called>): Promise<Shown> => {
    last = await called;
    return { text: last.text, buttons: last.answer.next.map(({ label }) => label) };
  };
  return {
    ask: (question) => show(callTool(client, 'ask', { question })),
    press: (wanted) => {
      const next = last.answer.next.find(({ label }) => label === wanted);
      if (!next) throw new Error(`there is no call ${wanted}`);
      return show(callTool(client, next.tool, next.arguments));
    },
    close: harness.close,
  };
});
