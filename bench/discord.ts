// From interaction to callback: this bot beside two bare discord.js handlers, one that replies a fixed text and one that
// replies this bot's own message, made beforehand. In the same run, against the same kind of local server. Run with: npx node bench/discord.ts
import { Client, Events, GatewayIntentBits } from 'discord.js';
import { renderDiscord } from '../src/adapters/discord/render-reply.ts';
import { startDiscord } from '../src/adapters/discord/start-discord.ts';
import { openBot } from '../src/app/open-bot.ts';
import { type DiscordServer, startDiscordServer } from '../tests/support/discord-server.ts';
import { print, quantile, quiet, report, takeTurns } from './report.ts';

function giveUp(error: unknown): never {
  throw error;
}

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 6);
const SEQUENTIAL = 400;
const BURST = 1000;
const CONFIG = { contentDirectory: 'content', dataDirectory: 'data', semanticSearch: false };
/** Discord gives an interaction up after this. */
const LATE_MS = 3000;

interface Measured {
  readonly sequential: number[];
  readonly burst: number[];
  readonly burstMs: number;
  readonly answered: number;
}

async function measure(server: DiscordServer): Promise<Measured> {
  const ask = async () => {
    const record = await server.interact({ type: 'command', name: 'drones' });
    return record.accepted?.ms ?? Number.POSITIVE_INFINITY;
  };
  for (let index = 0; index < 100; index += 1) await ask();
  const sequential: number[] = [];
  for (let index = 0; index < SEQUENTIAL; index += 1) sequential.push(await ask());
  const start = performance.now();
  const burst = await Promise.all(Array.from({ length: BURST }, ask));
  const burstMs = performance.now() - start;
  return { sequential, burst, burstMs, answered: burst.filter((ms) => ms < LATE_MS).length };
}

async function ours(): Promise<Measured> {
  const server = await startDiscordServer({ timeout: 60_000 });
  const bot = (await openBot(CONFIG, quiet)).bot;
  const settings = { token: server.token, apiUrl: server.apiUrl, gateway: true, register: false };
  const platform = startDiscord(settings, {
    bot,
    memory: { take: async () => true, reserve: async () => 0 },
    now: Date.now,
    log: quiet,
    fail: giveUp,
  });
  await platform.ready;
  const result = await measure(server);
  await platform.stop();
  await server.close();
  return result;
}

async function bare(reply: object): Promise<Measured> {
  const server = await startDiscordServer({ timeout: 60_000 });
  // The same intents as the bot's: Discord sends both what they ask for, their own messages among it.
  const { GuildMessages, DirectMessages } = GatewayIntentBits;
  const client = new Client({ intents: [GuildMessages, DirectMessages], rest: { api: server.apiUrl } });
  client.on(Events.InteractionCreate, async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.reply(reply);
  });
  await client.login(server.token);
  const result = await measure(server);
  await client.destroy();
  await server.close();
  return result;
}

const prepared = (await openBot(CONFIG, quiet)).bot;
const results = await takeTurns(ROUNDS, {
  'this bot': ours,
  'bare discord.js, fixed text': () => bare({ content: 'A fixed text.' }),
  'bare discord.js, same message': async () =>
    bare({ ...renderDiscord(await prepared.answer(prepared.parse('drones'))) }),
});

print(`Node ${process.version}; ${ROUNDS} rounds of ${SEQUENTIAL} one by one and ${BURST} at once`);
const figures = Object.entries(results).map(([name, all]) => {
  const sequential = all.flatMap((one) => one.sequential);
  const answered = all.reduce((sum, one) => sum + one.answered, 0);
  const burst = quantile(
    all.map((one) => one.burstMs),
    0.5,
  );
  const [p50, p99] = [quantile(sequential, 0.5), quantile(sequential, 0.99)];
  print(
    `  ${name.padEnd(30)} p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms; ${BURST} at once ${burst.toFixed(0)} ms, ` +
      `${answered} of ${all.length * BURST} in time`,
  );
  return { name, p50, p99, burst };
});
const [us, ...peers] = figures;
for (const peer of peers) {
  for (const key of ['p50', 'p99', 'burst'] as const) {
    const [a, b] = [us?.[key] ?? 0, peer[key]];
    report({
      what: `Discord, interaction to callback, ${key === 'burst' ? `${BURST} at once` : key}`,
      ours: `${a.toFixed(2)} ms`,
      peer: `${peer.name} ${b.toFixed(2)} ms`,
      ratio: a / b,
    });
  }
}
