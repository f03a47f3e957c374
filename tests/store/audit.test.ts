import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMemory } from '../../src/app/memory.ts';
import type { Asker } from '../../src/core/asker.ts';
import { createDigests, syncFixedDigests } from '../../src/digest/digests.ts';
import { createAudit, forgetAudit, listAudit } from '../../src/store/audit.ts';
import { createChoices } from '../../src/store/choices.ts';
import { openStore, type Store } from '../../src/store/open-store.ts';
import { forgetPerson } from '../../src/store/people.ts';
import { askerOf } from '../support/content.ts';
import { recordLog } from '../support/discord-harness.ts';
import { createDatabase } from '../support/shared-postgres.ts';

const NOW = Date.parse('2026-11-25T12:00Z');
const DAY = 24 * 3_600_000;
const WISH = { time: '08:00', zone: 'Europe/London', days: 'weekdays', topics: ['drones', 'energy'] } as const;

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'briefing-audit-'));
});
afterAll(() => rmSync(directory, { recursive: true }));

describe.each(['sqlite', 'postgres'] as const)('on %s', (kind) => {
  let store: Store;
  let now: number;
  beforeEach(async () => {
    now = NOW;
    const file = `sqlite:${join(directory, `${randomBytes(4).toString('hex')}.db`)}`;
    store = await openStore(kind === 'sqlite' ? file : await createDatabase());
  });
  afterEach(() => store?.close());

  const log = recordLog();
  const open = () => {
    const audit = createAudit(store.db, { now: () => (now += 1), log });
    const illustrate = async <T>(reply: T) => reply;
    const digests = createDigests({ db: store.db, illustrate, now: () => now, defaultZone: 'UTC', audit });
    return { audit, digests, choices: createChoices(store.db, audit) };
  };
  const somebody = (parts: Partial<Asker> = {}): Asker => ({
    ...askerOf(),
    platform: 'slack',
    team: 'T1',
    channel: 'C1',
    user: 'U1',
    direct: false,
    ...parts,
  });
  const list = async (parts: Partial<Parameters<typeof listAudit>[1]> = {}) =>
    listAudit(store.db, { limit: 100, ...parts });
  const summary = async () => (await list()).map(({ platform, user, action }) => `${platform}:${user} ${action}`);

  it('takes down each change to a digest and to the choice of articles, and nothing that changed nothing', async () => {
    const { digests, choices } = open();
    const asker = somebody();
    const { subscription } = await digests.subscribe(asker, WISH);
    await digests.subscribe(asker, WISH);
    await digests.pause(subscription, somebody({ user: 'U2' }));
    await digests.pause(subscription, asker);
    await digests.resume(subscription, asker);
    await digests.sendNow(subscription, { platform: 'desk', user: '' });
    await digests.sendNow(subscription, { platform: 'desk', user: '' });
    await digests.unsubscribe(subscription, asker);
    await choices.choose(asker, ['kelp', 'tram']);
    await choices.choose(asker, []);
    expect((await summary()).toReversed()).toEqual([
      'slack:U1 digest.subscribe',
      'slack:U2 digest.pause',
      'slack:U1 digest.resume',
      'desk: digest.send',
      'slack:U1 digest.unsubscribe',
      'slack:U1 articles.choose',
      'slack:U1 articles.choose',
    ]);
    const [all, some, , , , , first] = await list();
    expect([some?.about, all?.about]).toEqual(['kelp,tram', '']);
    expect(first).toEqual({
      at: NOW + 1,
      platform: 'slack',
      user: 'U1',
      action: 'digest.subscribe',
      team: 'T1',
      channel: 'C1',
      direct: false,
      about: subscription.id,
      note: '08:00 Europe/London weekdays, drones,energy',
    });
  });

  it('takes down what the settings declare, and that a workspace removed the app', async () => {
    const { audit } = open();
    const fixed = { ...WISH, platform: 'slack', team: '', channel: 'C1' };
    await syncFixedDigests(store.db, [fixed], now, audit);
    await syncFixedDigests(store.db, [fixed], now, audit);
    await syncFixedDigests(store.db, [], now, audit);
    await createMemory(store, 'slack', () => now, audit).forgetTeam('T9');
    expect((await summary()).toReversed()).toEqual([
      'settings: digest.subscribe',
      'settings: digest.unsubscribe',
      'slack: team.remove',
    ]);
  });

  it('lists by time, place, person and action, the latest first', async () => {
    const { digests, choices } = open();
    await digests.subscribe(somebody(), WISH);
    now += DAY;
    await digests.subscribe(somebody({ platform: 'discord', user: 'D1' }), WISH);
    await choices.choose(somebody(), []);
    const names = async (parts: Parameters<typeof list>[0]) =>
      (await list(parts)).map(({ platform, action }) => `${platform} ${action}`);
    expect(await names({ since: NOW + DAY })).toEqual(['slack articles.choose', 'discord digest.subscribe']);
    expect(await names({ platform: 'discord' })).toEqual(['discord digest.subscribe']);
    expect(await names({ user: 'U1', limit: 1 })).toEqual(['slack articles.choose']);
    expect(await names({ action: 'digest' })).toEqual(['discord digest.subscribe', 'slack digest.subscribe']);
    expect(await names({ action: 'articles.choose' })).toEqual(['slack articles.choose']);
  });

  it('keeps entries for as long as it is told, and never more than it can hold', async () => {
    const { choices } = open();
    for (let count = 0; count < 5; count += 1) {
      now = NOW + count * DAY;
      await choices.choose(somebody({ user: `U${count}` }), []);
    }
    const users = async () => (await list()).map(({ user }) => user);
    await forgetAudit(store.db, NOW + DAY);
    expect(await users()).toEqual(['U4', 'U3', 'U2', 'U1']);
    await forgetAudit(store.db, 0, 2);
    expect(await users()).toEqual(['U4', 'U3']);
  });

  it('forgets a person: deletes what they did in direct messages, takes their name from the rest', async () => {
    const { digests } = open();
    await digests.subscribe(somebody(), WISH);
    await digests.subscribe(somebody({ direct: true, channel: 'D1' }), WISH);
    await digests.subscribe(somebody({ user: 'U2', channel: 'C2' }), WISH);
    await digests.subscribe(somebody({ platform: 'discord' }), WISH);
    const { audit } = await forgetPerson(store.db, 'slack', 'U1', now);
    expect(audit).toEqual({ deleted: 1, unnamed: 1 });
    expect(await summary()).toEqual([
      'discord:U1 digest.subscribe',
      'slack:U2 digest.subscribe',
      'slack: digest.subscribe',
    ]);
    expect(JSON.stringify(await list({ platform: 'slack' }))).not.toMatch(/U1|D1/);
  });

  it('a change stands though it can’t be taken down', async () => {
    const { digests } = open();
    await store.db.schema.dropTable('audit').execute();
    const { isNew } = await digests.subscribe(somebody(), WISH);
    expect(isNew).toBe(true);
    expect(log.lines.at(-1)).toMatchObject({ level: 'warn', details: { action: 'digest.subscribe' } });
  });
});
