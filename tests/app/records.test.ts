import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadConfig } from '../../src/app/config.ts';
import { createLog } from '../../src/app/log.ts';
import { startBot } from '../../src/app/start-bot.ts';
import { listAudit } from '../../src/store/audit.ts';
import { openStore } from '../../src/store/open-store.ts';
import { readUses } from '../../src/store/uses.ts';
import { HARBOUR } from '../support/content.ts';
import { type LocalSlack, startLocalSlack } from '../support/local-slack.ts';

let directory: string;
let slack: LocalSlack;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'briefing-records-'));
  slack = await startLocalSlack();
});
afterEach(async () => {
  await slack?.close();
  rmSync(directory, { recursive: true });
});

it('a bot on a platform takes down who changes its digests, and counts the claims that it shows', async () => {
  const { botToken, appToken, people, teamId } = slack.state;
  const running = await startBot(
    loadConfig({
      CONTENT_DIR: HARBOUR,
      DATA_DIR: directory,
      SEMANTIC_SEARCH: 'off',
      PORT: '0',
      SLACK_BOT_TOKEN: botToken,
      SLACK_APP_TOKEN: appToken,
      SLACK_API_URL: slack.apiUrl,
      SLACK_COMMAND_PREFIX: 'off',
      DIGEST_CHANNELS: 'slack:C0123ABCD 08:00 UTC',
      DIGEST_PICTURES: 'off',
    }),
    createLog('silent', false),
  );
  try {
    await slack.connected();
    const user = people.ada;
    const where = { channel: slack.state.dm(user).id, user };
    await (await slack.command('/digest', 'subscribe time:08:00', where)).reply();
    await (await slack.command('/cargo', '', where)).reply();
    await (await slack.command('/ask', 'how much freight goes through the harbour?', where)).reply();
    const metrics = await (await fetch(`${running.url}/metrics`)).text();
    expect(metrics).toMatch(/^briefing_claims_shown_total\{how="answer"\} [1-9]/m);
    expect(metrics).toMatch(/^briefing_database_readable 1$/m);
  } finally {
    await running.stop();
  }

  const store = await openStore(`sqlite:${join(directory, 'briefing.db')}`);
  try {
    expect(await listAudit(store.db, { limit: 9 })).toMatchObject([
      { platform: 'slack', user: people.ada.id, team: teamId, action: 'digest.subscribe', direct: true },
      { platform: 'settings', user: '', action: 'digest.subscribe', channel: 'C0123ABCD' },
    ]);
    const uses = await readUses(store.db);
    expect(uses[0]).toMatchObject({ claim: expect.stringMatching(/^harbour\//) });
    expect(uses[0]?.counts.answer).toBeGreaterThan(0);
    expect(uses.some(({ counts }) => counts.page > 0)).toBe(true);
  } finally {
    await store.close();
  }
});
