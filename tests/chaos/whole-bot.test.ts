import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { deliveryMark } from '../../src/digest/doubt.ts';
import { openStore } from '../../src/store/open-store.ts';
import { HARBOUR } from '../support/content.ts';
import { lastMinute, subscribe } from '../support/digesting.ts';
import { type LocalPostgres, startPostgres } from '../support/postgres.ts';
import { startProgram } from '../support/program.ts';
import { canMount, FAULTS, mountDisk, startWire } from './faults.ts';
import { settleTrial } from './figures.ts';
import { WORLDS, type World } from './platforms.ts';
import { deliverRest } from './processes.ts';
import { startProxy, type Trouble } from './proxy.ts';
import { createChance, isLong, seeds } from './seeds.ts';

// The whole program on both platforms, while something fails around it. It goes on answering, stops when it is told to, and
// each digest arrives once. Only the long run asserts how long answers take, for that is what it is for: it has the machine
// to itself. Each wait is measured as people meet it, less what this process was held up itself and what the bot waited for a
// processor.

const CHANNELS = isLong ? 150 : 30;
const HEALTH_MS = 500;
const READY_MS = 3000;
const ACKNOWLEDGED_MS = 3000;
/** Service managers kill what takes longer. */
const STOP_MS = 20_000;
/** Characters of what the program said that a failure shows. */
const MOST_SAID = 3000;
const DISCORD_ASKS = /^(?!platforms|a proxy)/;

const chosen = isLong ? Object.keys(FAULTS) : [canMount ? 'a full disk' : 'a lock that another process holds'];
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

/** How long a process was ready to run and had to wait for a processor, in milliseconds; 0 where nobody tells. */
function waitedForProcessor(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}

/** Asks again and again until it is told to end. Resolves to how often that took longer than it may, or failed. */
function keepAsking(pid: number, ask: () => Promise<unknown>, boundMs: number, everyMs: number): () => Promise<number> {
  let ended = false;
  const own = monitorEventLoopDelay({ resolution: 10 });
  own.enable();
  const run = async (): Promise<number> => {
    let late = 0;
    while (!ended) {
      own.reset();
      const waited = waitedForProcessor(pid);
      const began = performance.now();
      const answered = await ask().then(
        () => true,
        () => false,
      );
      const ms = performance.now() - began - own.max / 1e6 - (waitedForProcessor(pid) - waited);
      if (!answered || ms > boundMs) late += 1;
      await sleep(everyMs);
    }
    own.disable();
    return late;
  };
  const running = run();
  return () => {
    ended = true;
    return running;
  };
}

describe.each(chosen)('the whole bot, with %s,', (name) => {
  const fault = FAULTS[name];
  it.skipIf(fault?.ownDisk && !canMount).for(seeds(1, 1))(
    'goes on and delivers each digest once (seed %i)',
    async (seed, { task }) => {
      if (!fault) throw new Error('there is no such fault');
      const chance = createChance(seed);
      const folder = join(directory, `${Object.keys(FAULTS).indexOf(name)}-${seed}`);
      mkdirSync(folder);
      const closing: (() => unknown)[] = [];
      let troubleOf: (() => Trouble) | undefined;
      const worlds: World[] = [await WORLDS.discord(), await WORLDS.slack()];
      const settings: Record<string, string> = {};
      for (const world of worlds) {
        const proxy = await startProxy(world.apiUrl, () => troubleOf?.() ?? { what: 'none' });
        Object.assign(settings, world.settings(proxy.url));
        closing.push(
          () => world.close(),
          () => proxy.close(),
        );
      }
      if (fault.ownDisk) closing.push(mountDisk(folder));
      const file = join(folder, 'briefing.db');
      const real = fault.database === 'postgres' ? await postgres?.createDatabase() : `sqlite:${file}`;
      if (!real) throw new Error('PostgreSQL was not started');
      const wire = fault.database === 'postgres' ? await startWire(Number(new URL(real).port)) : undefined;
      closing.push(() => wire?.close());
      const database = wire ? Object.assign(new URL(real), { port: String(wire.port) }).href : real;
      const store = await openStore(real);
      closing.push(() => store.close());
      const program = startProgram(['start'], {
        ...settings,
        CONTENT_DIR: HARBOUR,
        DATA_DIR: folder,
        DATABASE_URL: database,
        DIGEST_PICTURES: 'off',
        PORT: '0',
        CHAOS_CLOCK: join(folder, 'clock'),
        NODE_OPTIONS: `--import ${resolve('tests/chaos/set-clock.ts')}`,
      });
      closing.push(() => program.process.kill('SIGKILL'));
      try {
        const url = (await program.line(/local page is at (\S+)/))[1] ?? '';
        await program.line(/Slack: connected/);
        await program.line(/Discord: connected/);
        const marks: string[] = [];
        for (const world of worlds) {
          for (let count = 0; count < CHANNELS; count += 1) {
            const due = lastMinute();
            const { id } = await subscribe(store, due, { platform: world.platform, channel: world.newChannel() });
            marks.push(deliveryMark({ subscription: id, due }));
          }
        }

        const pid = program.process.pid ?? 0;
        const get = (path: string) => fetch(`${url}${path}`).then((response) => response.arrayBuffer());
        const asking = [
          keepAsking(pid, () => get('/healthz'), HEALTH_MS, 50),
          keepAsking(pid, () => get('/readyz'), READY_MS, 500),
          ...worlds
            .filter(({ platform }) => platform === 'slack' || DISCORD_ASKS.test(name))
            .map(({ ask }) => keepAsking(pid, ask, ACKNOWLEDGED_MS, 200)),
        ];
        if (isLong) await sleep(chance.between(0, 5000));
        const trouble = (choose: (() => Trouble) | undefined) => {
          troubleOf = choose;
        };
        const end = await fault.begin({ chance, folder, file, pid, postgres, wire, trouble });
        // The short run waits for what the fault does, not for time to pass.
        if (isLong) await sleep(chance.between(5000, 20_000));
        else await program.line(/the digest failed/);
        // It also stops while the fault lasts.
        const stopsWithin = chance.next() < 0.5;
        if (!stopsWithin) {
          await end();
          if (isLong) await sleep(chance.between(0, 8000));
        }
        const late = await Promise.all(asking.map((stop) => stop()));
        const killed = setTimeout(() => program.process.kill('SIGKILL'), STOP_MS);
        program.process.kill('SIGTERM');
        const { code, stderr } = await program.ended;
        clearTimeout(killed);
        if (stopsWithin) await end();

        // Whatever it left is taken up by the next process, as after any stop.
        const rests = await Promise.all(worlds.map((world) => deliverRest(world, real)));
        const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0);
        const waited = isLong ? Math.max(0, sum(late) - (fault.drops ?? 0)) : 0;
        settleTrial(
          task,
          marks,
          worlds.flatMap((world) => world.posted()).filter((mark) => marks.includes(mark)),
          {
            hung: waited + Number(code === null) + sum(rests.map(({ hung }) => hung)),
            crashed: Number(code !== null && code !== 0) + sum(rests.map(({ crashed }) => crashed)),
            said: `late: ${late}; ended with ${code}\n${stderr.slice(-MOST_SAID)}`,
          },
        );
      } finally {
        troubleOf = undefined;
        for (const close of closing.reverse()) await close();
      }
    },
  );
});
