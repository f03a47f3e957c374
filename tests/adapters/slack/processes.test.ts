import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import { takeEvent } from '../../../src/store/seen.ts';
import { openTestBot } from '../../support/content.ts';
import type { Posted } from '../../support/local-slack.ts';
import { createDatabase } from '../../support/shared-postgres.ts';
import { openSlack, type SlackHarness } from '../../support/slack-harness.ts';

const stores: Store[] = [];
const bots: SlackHarness[] = [];
beforeAll(async () => {
  const database = await createDatabase();
  const bot = await openTestBot();
  for (let count = 0; count < 2; count += 1) {
    const store = await openStore(database);
    stores.push(store);
    const take = (id: string) => takeEvent(store.db, `slack:${id}`, Date.now());
    bots.push(await openSlack(bot, { transport: 'http', memory: { take } }));
  }
});
afterAll(async () => {
  for (const { stop } of bots) await stop();
  for (const store of stores) await store.close();
});

it('an event that Slack sends again to another process is answered once', async () => {
  const [first, second] = bots as [SlackHarness, SlackHarness];
  const sends = [first, second].map(({ server }) => server.message({ text: 'cargo', eventId: 'Ev0ONE' }));
  await Promise.all(sends);
  const isFirst = ({ body }: Posted) => String(body.text).startsWith('Cargo');
  await Promise.any(
    bots.map(({ server }) => server.until('the first answer', () => server.state.posted.find(isFirst))),
  );
  // A second event to each says that whatever the first one did is done.
  for (const { server } of bots) await (await server.message({ text: 'ferries' })).reply();
  const posted = bots.flatMap(({ server }) => server.state.posted.map(({ body }) => String(body.text)));
  expect(posted.filter((text) => text.startsWith('Cargo'))).toHaveLength(1);
  expect(posted.filter((text) => text.startsWith('Ferries'))).toHaveLength(2);
});
