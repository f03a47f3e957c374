// From interaction to callback: this bot beside two bare discord.js handlers, one that replies a fixed text and one that
// replies this bot's own message, made beforehand. In the same run, against the same kind of local server. Run with: npx node bench/discord.ts
import { Client, Events, GatewayIntentBits } from 'discord.js';
import { renderDiscord } from '../src/adapters/discord/render-reply.ts';
import { startDiscord } from '../src/adapters/discord/start.ts';
import { openBot } from '../src/open-bot.ts';
import { type DiscordServer, startDiscordServer } from '../tests/support/discord-server.ts';

const ROUNDS = 6;
const SEQUENTIAL = 400;
const BURST = 1000;
const CONFIG = { contentDirectory: 'content', dataDirectory: 'data', semanticSearch: false, gaps: false };
/** Discord gives an interaction up after this. */
const LATE_MS = 3000;

const print = (line: string) => process.stdout.write(`${line}\n`);
const quiet = {
  info: () => {},
  warn: () => {},
  error: (details: object, message: string) => print(`${message} ${JSON.stringify(details)}`),
};
const quantile = (values: number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

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
  const platform = startDiscord(bot, settings, Date.now, quiet);
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
const runs = {
  ours,
  'bare, fixed text': () => bare({ content: 'A fixed text.' }),
  'bare, same message': async () => bare({ ...renderDiscord(await prepared.answer(prepared.parse('drones'))) }),
};
type Name = keyof typeof runs;
const names = Object.keys(runs) as Name[];
const rounds = new Map<Name, Measured[]>(names.map((name) => [name, []]));
for (let round = 0; round < ROUNDS; round += 1) {
  // Taking turns, so that none always has the warmer process.
  for (const at of names.keys()) {
    const name = names[(at + round) % names.length] as Name;
    rounds.get(name)?.push(await runs[name]());
  }
}

print(`Node ${process.version}; ${ROUNDS} rounds of ${SEQUENTIAL} one by one and ${BURST} at once`);
const figures = new Map<Name, Record<'p50' | 'p99' | 'burst', number>>();
for (const [name, all] of rounds) {
  const sequential = all.flatMap((one) => one.sequential);
  const burst = all.flatMap((one) => one.burst);
  const answered = all.reduce((sum, one) => sum + one.answered, 0);
  const [p50, p99] = [quantile(sequential, 0.5), quantile(sequential, 0.99)];
  const burstMs = quantile(
    all.map((one) => one.burstMs),
    0.5,
  );
  figures.set(name, { p50, p99, burst: burstMs });
  print(
    `${name.padEnd(20)} one by one p50 ${p50.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms; burst ${burstMs.toFixed(0)} ms, ` +
      `slowest ${Math.max(...burst).toFixed(0)} ms, ${answered} of ${burst.length} in time`,
  );
}
for (const peer of names.slice(1)) {
  const ratios = (['p50', 'p99', 'burst'] as const).map(
    (key) => `${key} ${((figures.get('ours')?.[key] ?? 0) / (figures.get(peer)?.[key] ?? 1)).toFixed(2)}`,
  );
  print(`ratio of ours to ${peer}: ${ratios.join(', ')}`);
}
