import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openEditors } from '../../src/app/open-editors.ts';
import type { Reply } from '../../src/core/reply.ts';
import { type FailureKind, type Sender, SendFailure } from '../../src/core/sender.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { createDatabase } from '../support/shared-postgres.ts';

const DAY = 24 * 3_600_000;
const TARGET = { platform: 'test', team: '', channel: 'editors' };

describe.each(['sqlite', 'postgres'] as const)('questions for the editors, in %s', (kind) => {
  let store: Store;
  let time: number;
  let failure: FailureKind | undefined;
  const posted: { readonly reply: Reply; readonly key: string }[] = [];
  const logged: string[] = [];
  beforeEach(async () => {
    time = 100 * DAY;
    failure = undefined;
    posted.length = 0;
    logged.length = 0;
    store = await openStore(kind === 'sqlite' ? 'sqlite::memory:' : await createDatabase());
  });
  afterEach(() => store?.close());

  const send: Sender['send'] = async (_, reply, key) => {
    if (failure) throw new SendFailure(failure, 'No.');
    posted.push({ reply, key });
    return 'message';
  };
  /** One process. */
  const open = (connected = true) =>
    openEditors({
      db: store.db,
      target: TARGET,
      sender: () => (connected ? ({ platform: 'test', send } as Sender) : undefined),
      now: () => time,
      log: { error: (details) => logged.push(JSON.stringify(details)) },
    });

  it('are posted once a day for each text, however it is written, by whichever process', async () => {
    const [one, other] = [open(), open()];
    expect(await one.pass('What does a berth cost?', 'discord:1')).toBe('sent');
    expect(await one.pass('what does a BERTH cost', 'discord:2')).toBe('known');
    expect(await other.pass('What does a berth cost?', 'slack:1')).toBe('known');
    expect(await other.pass('Who owns the cranes?', 'slack:1')).toBe('sent');
    time += DAY;
    expect(await other.pass('What does a berth cost?', 'slack:1')).toBe('sent');
    expect(posted.map(({ reply }) => reply.lead)).toEqual([
      '“What does a berth cost?”',
      '“Who owns the cranes?”',
      '“What does a berth cost?”',
    ]);
    expect(new Set(posted.map(({ key }) => key)).size).toBe(3);
    for (const { key } of posted) expect(key).toMatch(/^ask-[A-Za-z0-9]{1,12}$/);
  });

  it('name nobody, and their words are not kept', async () => {
    await open().pass('Tell ada@example.org or 0123 456 789: what does it cost?', 'discord:SECRET');
    expect(JSON.stringify(posted.map(({ reply }) => reply))).not.toMatch(/SECRET|discord|example|456/);
    expect(JSON.stringify(await store.db.selectFrom('seen').selectAll().execute())).not.toMatch(/SECRET|cost/);
  });

  it('are three an hour from one person, and no more', async () => {
    const { pass } = open();
    const passed = [];
    for (const question of ['Who?', 'What?', 'When?', 'Why?']) passed.push(await pass(question, 'slack:1'));
    expect(passed).toEqual(['sent', 'sent', 'sent', 'busy']);
    expect(await pass('Why?', 'slack:2')).toBe('sent');
  });

  it('may be passed on again if they did not arrive, and not if they may have', async () => {
    const { pass } = open();
    failure = 'unreachable';
    await expect(pass('What does it cost?', 'slack:1')).rejects.toThrow('No.');
    failure = 'unsure';
    expect(await pass('What does it cost?', 'slack:1')).toBe('sent');
    failure = undefined;
    expect(await pass('What does it cost?', 'slack:2')).toBe('known');
    expect(posted).toEqual([]);
    expect(logged.join()).not.toContain('cost');
    await expect(open(false).pass('Who?', 'slack:3')).rejects.toThrow('not connected');
    await expect(pass('???', 'slack:3')).rejects.toThrow('nothing of the question');
  });
});
