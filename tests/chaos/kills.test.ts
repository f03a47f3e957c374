import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deliveryMark } from '../../src/digest/doubt.ts';
import { openStore } from '../../src/store/open-store.ts';
import { lastMinute, subscribe } from '../support/digesting.ts';
import { type LocalPostgres, startPostgres } from '../support/postgres.ts';
import { settleTrial } from './figures.ts';
import { WORLDS, type World } from './platforms.ts';
import { type Delivering, deliverRest, startDelivering } from './processes.ts';
import { type Chance, createChance, isLong, seeds } from './seeds.ts';

// Processes that are killed at random moments, over either database: nothing is lost, nothing comes twice.

const KILLS = isLong ? 8 : 3;
/** Between two kills, in milliseconds: a process takes about a second to begin. */
const LONGEST_LIFE_MS = 2000;

let directory: string;
let postgres: LocalPostgres | undefined;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'briefing-chaos-'));
  if (isLong) postgres = await startPostgres();
});
afterAll(async () => {
  await postgres?.stop();
  rmSync(directory, { recursive: true });
});

// Deliveries over PostgreSQL are killed at each of their steps by tests/digest/kill.test.ts, also in the short run.
const cases = (['sqlite', 'postgres'] as const)
  .flatMap((kind) => (['slack', 'discord'] as const).map((platform) => ({ kind, platform })))
  .slice(0, isLong ? undefined : 1);

/** A random moment: in the long run by time, in the short one by what was posted, since no test waits for time to pass. */
async function moment(chance: Chance, world: World): Promise<void> {
  if (isLong) return sleep(chance.between(100, LONGEST_LIFE_MS));
  const enough = world.posted().length + chance.between(1, 5);
  await expect.poll(() => world.posted().length, { interval: 1, timeout: 60_000 }).toBeGreaterThanOrEqual(enough);
}

describe.each(cases)('processes on $kind to $platform, killed at random,', ({ kind, platform }) => {
  it.for(seeds(1, 2))('deliver each digest once (seed %i)', async (seed, { task }) => {
    const chance = createChance(seed);
    const world = await WORLDS[platform]();
    const file = `sqlite:${join(directory, `${platform}${seed}.db`)}`;
    const database = kind === 'postgres' && postgres ? await postgres.createDatabase() : file;
    const store = await openStore(database);
    const marks: string[] = [];
    const add = async (count: number) => {
      for (let added = 0; added < count; added += 1) {
        const due = lastMinute();
        const { id } = await subscribe(store, due, { platform, channel: world.newChannel() });
        marks.push(deliveryMark({ subscription: id, due }));
      }
    };
    const all: Delivering[] = [];
    const begin = () => {
      const one = startDelivering(world, database);
      all.push(one);
      return one;
    };
    try {
      await add(10);
      const alive = Array.from({ length: isLong ? chance.between(2, 4) : 2 }, begin);
      for (let kills = 0; kills < KILLS; kills += 1) {
        await moment(chance, world);
        const victim = chance.between(0, alive.length - 1);
        alive[victim]?.process.kill('SIGKILL');
        alive[victim] = begin();
        await add(chance.between(5, 20));
      }
      for (const { process: child } of alive) child.kill('SIGKILL');
      const ends = await Promise.all(all.map(({ ended }) => ended));
      const { hung, crashed } = await deliverRest(world, database);
      settleTrial(task, marks, world.posted(), {
        hung,
        crashed: crashed + ends.filter((endedWell) => !endedWell).length,
      });
    } finally {
      for (const { process: child } of all) child.kill('SIGKILL');
      await store.close();
      await world.close();
    }
  });
});

/** https://docs.discord.com/developers/topics/rate-limits#global-rate-limit */
const DISCORD_A_SECOND = 50;

it.skipIf(!isLong).for(seeds(1, 1))(
  'three processes, some of them killed, keep Discord’s rate together (seed %i)',
  async (seed, { task }) => {
    const chance = createChance(seed);
    const world = await WORLDS.discord();
    const database = (await postgres?.createDatabase()) ?? '';
    const store = await openStore(database);
    const due = lastMinute();
    const marks: string[] = [];
    for (let count = 0; count < 600; count += 1) {
      const { id } = await subscribe(store, due, { platform: 'discord', channel: world.newChannel() });
      marks.push(deliveryMark({ subscription: id, due }));
    }
    const all = [1, 2, 3].map(() => startDelivering(world, database));
    try {
      for (let kills = 0; kills < 3; kills += 1) {
        await sleep(chance.between(2000, 4000));
        all.at(-1)?.process.kill('SIGKILL');
        all.push(startDelivering(world, database));
      }
      for (const { process: child } of all) child.kill('SIGKILL');
      await Promise.all(all.map(({ ended }) => ended));
      const rest = await deliverRest(world, database);
      const times = world.times().toSorted((a, b) => a - b);
      const inSecond = times.map((begin, index) => times.slice(index).findIndex((time) => time >= begin + 1000));
      expect(Math.max(...inSecond)).toBeLessThanOrEqual(DISCORD_A_SECOND);
      settleTrial(task, marks, world.posted(), rest);
    } finally {
      for (const { process: child } of all) child.kill('SIGKILL');
      await store.close();
      await world.close();
    }
  },
);
