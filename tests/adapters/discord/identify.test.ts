import { afterEach, expect, it } from 'vitest';
import { identifyInTurn } from '../../../src/adapters/discord/identify-in-turn.ts';
import { createMemory } from '../../../src/app/memory.ts';
import { openStore } from '../../../src/store/open-store.ts';
import { recordLog } from '../../support/discord-harness.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const NOW = 1_800_000_000_000;
type Build = ReturnType<typeof identifyInTurn>;
const managerOf = (max_concurrency: number) =>
  ({
    fetchGatewayInformation: async () => ({ session_start_limit: { max_concurrency } }),
  }) as unknown as Parameters<Build>[0];

/** Several processes on one database, each with shards of its own: when each of their sessions begins, from now. */
async function begin(processes: readonly (readonly number[])[], concurrency: number): Promise<number[]> {
  const store = await openStore('sqlite::memory:');
  open.push(store.close);
  const begun = await Promise.all(
    processes.map(async (shards) => {
      const waits: number[] = [];
      const throttler = await identifyInTurn({
        reserve: createMemory(store, 'discord', () => NOW).reserve,
        now: () => NOW,
        log: recordLog(),
        hold: async (ms) => void waits.push(ms),
      })(managerOf(concurrency));
      for (const shard of shards) await throttler.waitForIdentify(shard, new AbortController().signal);
      return waits;
    }),
  );
  return begun.flat().sort((a, b) => a - b);
}

it('lets the sessions of several processes begin one in five seconds', async () => {
  const begun = await begin(
    [
      [0, 1],
      [2, 3],
    ],
    1,
  );
  expect(begun).toHaveLength(4);
  for (const [index, at] of begun.entries()) expect(at - (begun[index - 1] ?? -5000)).toBeGreaterThanOrEqual(5000);
});

it('lets as many begin together as Discord allows, by their shards’ remainders', async () => {
  expect(
    await begin(
      [
        [0, 2],
        [1, 3],
      ],
      2,
    ),
  ).toEqual([0, 0, 5250, 5250]);
  expect(
    await begin(
      [
        [0, 16],
        [1, 17],
      ],
      16,
    ),
  ).toEqual([0, 0, 5250, 5250]);
  expect(await begin([[0], [1], [2]], 16)).toEqual([0, 0, 0]);
});

it('keeps its own turn if the database cannot say whose it is', async () => {
  const log = recordLog();
  const reserve = () => Promise.reject(new Error('the disk is full'));
  const throttler = await identifyInTurn({ reserve, now: () => NOW, log })(managerOf(1));
  await throttler.waitForIdentify(0, new AbortController().signal);
  expect(log.lines.map(({ level }) => level)).toEqual(['warn']);
});

it('stops waiting when the bot stops', async () => {
  const stopping = new AbortController();
  const throttler = await identifyInTurn({ reserve: async () => NOW + 60_000, now: () => NOW, log: recordLog() })(
    managerOf(1),
  );
  const waiting = throttler.waitForIdentify(0, stopping.signal);
  stopping.abort();
  await expect(waiting).rejects.toThrow();
});
