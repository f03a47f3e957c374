import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { planDue } from '../../src/digest/plan-due.ts';
import { copyStore, countRows } from '../../src/store/copy-store.ts';
import { claimDeliveries, settleDeliveries } from '../../src/store/ledger.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { takeEvent } from '../../src/store/seen.ts';
import { listAll } from '../../src/store/subscriptions.ts';
import { createTestClock, subscribe } from '../support/digesting.ts';
import { runProgram } from '../support/program.ts';
import { createDatabase } from '../support/shared-postgres.ts';

const MINUTE = Date.parse('2026-11-24T08:00Z');
let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'briefing-copy-'));
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

const plan = (store: Store) => planDue(store, createTestClock(MINUTE), 3_600_000, async () => undefined);

async function fill(store: Store): Promise<void> {
  for (let count = 0; count < 600; count += 1)
    await subscribe(store, MINUTE, { platform: 'slack', channel: `C${count}` });
  await plan(store);
  await takeEvent(store.db, 'slack:Ev1', 5);
}
const deliveriesOf = ({ db }: Store) =>
  db.selectFrom('deliveries').selectAll().orderBy('subscription').orderBy('due').execute();

it('all rows go over and back, again and again, with what came in between', async () => {
  const from = await openStore(`sqlite:${join(directory, 'a.db')}`);
  const over = await openStore(await createDatabase());
  const back = await openStore(`sqlite:${join(directory, 'b.db')}`);
  try {
    await fill(from);
    let copied = 0;
    const counts = await copyStore(from, over, (rows) => {
      copied += rows;
    });
    expect(copied).toBe(1201);
    expect(counts).toContainEqual({ table: 'deliveries', source: 600, target: 600 });
    await subscribe(from, MINUTE, { platform: 'slack', channel: 'later' });
    await copyStore(from, over, () => undefined);
    await copyStore(over, back, () => undefined);
    expect(await listAll(back.db)).toEqual(await listAll(from.db));
    expect(await deliveriesOf(back)).toEqual(await deliveriesOf(from));
    expect(await takeEvent(back.db, 'slack:Ev1', 6)).toBe(false);
  } finally {
    for (const store of [from, over, back]) await store.close();
  }
});

it('goes over again without undoing what happened there, and refuses a target with a life of its own', async () => {
  const from = await openStore(`sqlite:${join(directory, 'first.db')}`);
  const to = await openStore(await createDatabase());
  try {
    const one = await subscribe(from, MINUTE, { platform: 'slack', channel: 'C1' });
    await plan(from);
    await copyStore(from, to, () => undefined);
    const claim = { subscription: one.id, due: MINUTE, topic: 'a', fingerprint: 'f' };
    for (const held of await claimDeliveries(to.db, [claim], MINUTE, 1000))
      await settleDeliveries(to, [{ ...held, state: 'delivered', message: 'message' }], MINUTE);
    await copyStore(from, to, () => undefined);
    expect(await deliveriesOf(to)).toEqual([expect.objectContaining({ state: 'delivered', message: 'message' })]);

    const other = await subscribe(to, MINUTE, { platform: 'slack', channel: 'C2' });
    await expect(copyStore(from, to, () => undefined)).rejects.toThrow(`such as ${other.id}`);
  } finally {
    for (const store of [from, to]) await store.close();
  }
});

it.each([1, 2, 3])(
  'what a copy that was killed after batch %i left unfinished, the next one finishes',
  async (batches) => {
    const address = `sqlite:${join(directory, `killed-${batches}.db`)}`;
    const database = await createDatabase();
    const from = await openStore(address);
    const to = await openStore(database);
    try {
      await fill(from);
      const worker = spawn(process.execPath, ['tests/support/copy-worker.ts', address, database, String(batches)], {
        timeout: 120_000,
      });
      expect(await once(worker, 'exit')).toEqual([null, 'SIGKILL']);
      expect(await countRows(to)).toBeLessThan(await countRows(from));
      await copyStore(from, to, () => undefined);
      expect(await deliveriesOf(to)).toEqual(await deliveriesOf(from));
      expect(await countRows(to)).toBe(await countRows(from));
    } finally {
      for (const store of [from, to]) await store.close();
    }
  },
);

it('the program lists, looks ahead, backs up and migrates', async () => {
  const file = join(directory, 'c.db');
  const env = { DATABASE_URL: `sqlite:${file}` };
  expect((await runProgram(['digest', 'list'], env)).stdout).toBe('Nobody has subscribed yet.\n');
  const store = await openStore(env.DATABASE_URL);
  const one = await subscribe(store, MINUTE, { platform: 'slack', channel: 'C1' });
  await store.close();
  expect((await runProgram(['digest', 'list'], env)).stdout).toContain(`${one.id}  slack   C1`);
  const due = await runProgram(['digest', 'run-due', '--dry-run', '--at', '2026-11-24T08:01Z'], env);
  expect(due.stdout).toContain(`${one.id}  2026-11-24T08:00:00.000Z  to be delivered: `);
  expect(due.stdout).toBe(
    (await runProgram(['digest', 'run-due', '--dry-run', '--at', '2026-11-24T08:01Z'], env)).stdout,
  );
  expect((await runProgram(['digest', 'run-due'], env)).stderr).toContain('Add --dry-run');
  expect((await runProgram(['digest', 'preview', 'drones'])).stdout).toContain('Daily briefing: ');

  const copy = join(directory, 'copy.db');
  expect((await runProgram(['backup', copy], env)).stdout).toBe(`Wrote ${copy}\n`);
  expect((await runProgram(['backup', copy], env)).stderr).toContain('exists; choose another name');
  const moved = await runProgram(['migrate', '--from', `sqlite:${copy}`, '--to', `sqlite:${join(directory, 'd.db')}`]);
  expect(moved.stdout).toMatch(/subscriptions +1 copied, 1 in the target/);
  const none = join(directory, 'none.db');
  const failed = await runProgram(['migrate', '--from', `sqlite:${none}`, '--to', 'sqlite:x.db']);
  expect(failed).toMatchObject({ code: 1, stderr: `There is no file ${none}. Check the path in --from.\n` });
  expect(existsSync(none)).toBe(false);
});

it('the program forgets a person, and says what an id looks like', async () => {
  const env = { DATABASE_URL: 'sqlite::memory:' };
  expect((await runProgram(['forget', '--user', 'slack:U1'], env)).stdout).toBe(
    'Deleted 0 digests in direct messages, and removed the name from 0 digests in channels.\n' +
      'Deleted 0 of their votes on answers, and 0 of their questions that found no answer.\n' +
      'Deleted 0 entries on what they changed in direct messages, and removed the name from 0.\n' +
      'Running bots no longer remember what this person was answered last.\n',
  );
  const { code, stderr } = await runProgram(['forget', '--user', 'somebody'], env);
  expect([code, stderr]).toEqual([1, expect.stringContaining("isn't a user's id")]);
});
