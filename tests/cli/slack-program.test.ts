import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalSlack, startLocalSlack } from '../support/local-slack.ts';
import { type Program, startProgram } from '../support/program.ts';
import { checkSlackBody } from '../support/slack-limits.ts';

describe.each(['socket', 'http'] as const)('the program on Slack over %s', (transport) => {
  let server: LocalSlack;
  let program: Program;
  let url: string;
  beforeAll(async () => {
    server = await startLocalSlack({ onMessage: checkSlackBody, timeout: 20_000 });
    const { botToken, appToken, signingSecret } = server.state;
    program = startProgram(['start'], {
      SLACK_BOT_TOKEN: botToken,
      ...(transport === 'socket' ? { SLACK_APP_TOKEN: appToken } : { SLACK_SIGNING_SECRET: signingSecret }),
      SLACK_API_URL: server.apiUrl,
      DATABASE_URL: 'sqlite::memory:',
      PORT: '0',
    });
    url = (await program.line(/local page is at (\S+)/))[1] ?? '';
    if (transport === 'http') server.deliverTo(url);
    else await server.connected();
  });
  afterAll(async () => {
    program?.process.kill('SIGKILL');
    await program?.ended;
    await server?.close();
  });

  it('answers a command, a direct message, a mention and a button, and shows its home', async () => {
    const answer = await (await server.command('/drones')).reply();
    expect(JSON.stringify(answer)).toContain('IAI Harop');
    expect(JSON.stringify(await (await server.message({ text: 'energy' })).reply())).toContain('60 per cent');
    const mention = await server.message({ text: 'mediation', channel: server.state.channel.id });
    expect(await mention.reply()).toMatchObject({
      channel: server.state.channel.id,
      text: expect.stringMatching(/^Mediation/),
    });
    expect(JSON.stringify(await (await server.press(answer, 'Sources', { ephemeral: true })).reply())).toContain(
      'ources',
    );
    await server.homeOpened();
    await server.called('views.publish');
    expect(JSON.stringify(server.state.homes.get(server.state.people.ada.id))).toContain('What this bot covers');
  });

  it('says on /readyz that it is connected, and stops cleanly without a secret in its log', async () => {
    const state = (await (await fetch(`${url}/readyz`)).json()) as Record<string, unknown>;
    expect(state).toMatchObject({
      ready: true,
      database: 'readable',
      slack: expect.stringMatching(/connected|over HTTP/),
    });
    program.process.kill('SIGTERM');
    const { code, stdout, stderr } = await program.ended;
    expect(code).toBe(0);
    for (const secret of [server.state.botToken, server.state.appToken, server.state.signingSecret]) {
      expect(stdout + stderr).not.toContain(secret);
    }
  });
});
