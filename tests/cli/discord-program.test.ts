import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DiscordMessage } from '../../src/adapters/discord/render-reply.ts';
import { checkBody } from '../support/discord-harness.ts';
import { textsOf } from '../support/discord-limits.ts';
import { type DiscordServer, startDiscordServer } from '../support/discord-server.ts';
import { type Program, runProgram, startProgram } from '../support/program.ts';

let server: DiscordServer;
beforeAll(async () => {
  server = await startDiscordServer({ onBody: checkBody, timeout: 20_000 });
});
afterAll(() => server?.close());

const env = () => ({ DISCORD_TOKEN: server.token, DISCORD_API_URL: server.apiUrl });

describe('the program on Discord', () => {
  let program: Program;
  let url: string;
  beforeAll(async () => {
    program = startProgram(['start'], { ...env(), PORT: '0' });
    url = (await program.line(/local page is at (\S+)/))[1] ?? '';
    await program.line(/commands registered/);
  });
  afterAll(async () => {
    program?.process.kill('SIGKILL');
    await program?.ended;
  });

  it('registers its commands, answers a command and a direct message', async () => {
    expect(server.commands().map(({ name }) => name)).toEqual(expect.arrayContaining(['drones', 'brief', 'ask']));
    const record = await server.interact({ type: 'command', name: 'drones' });
    expect(textsOf((await record.answer()) as unknown as DiscordMessage).join()).toContain('IAI Harop');
    const reply = await server.message({ content: 'energy', channel: 'dm' }).reply();
    expect(textsOf(reply.body as DiscordMessage).join()).toContain('60 per cent');
  });

  it('says on /readyz that it is connected, and stops cleanly', async () => {
    expect(await (await fetch(`${url}/readyz`)).json()).toMatchObject({ ready: true, discord: 'connected' });
    program.process.kill('SIGTERM');
    const { code, stderr } = await program.ended;
    expect(code).toBe(0);
    expect(stderr).not.toContain(server.token);
  });
});

it('goes on without Discord if the token is wrong, and says what to do', async () => {
  const program = startProgram(['start'], { ...env(), DISCORD_TOKEN: 'wrong.token.here', PORT: '0' });
  try {
    const [, url] = await program.line(/local page is at (\S+)/);
    await program.line(/Discord: not connected; other platforms go on/);
    expect((await fetch(`${url}/api/answer`, { method: 'POST', body: '{"text":"drones"}' })).status).toBe(200);
    program.process.kill('SIGTERM');
    const { stderr } = await program.ended;
    expect(stderr).toContain('Copy it again from https://discord.com/developers/applications');
    expect(stderr).not.toContain('wrong.token.here');
  } finally {
    program.process.kill('SIGKILL');
  }
});

describe('briefing', () => {
  it('register prints what changes, then that nothing does', async () => {
    const guild = server.guilds[0]?.id ?? '';
    const first = await runProgram(['register', '--guild', guild], env());
    expect(first).toMatchObject({ code: 0, stdout: expect.stringContaining('+ /drones\n') });
    const second = await runProgram(['register', '--guild', guild], env());
    expect(second.stdout).toMatch(/^\d+ unchanged; nothing written\n$/);
  });

  it('invite prints links', async () => {
    const { stdout } = await runProgram(['invite'], env());
    expect(stdout).toContain(`client_id=${server.applicationId}`);
    expect(stdout).toContain('To your own account: https://discord.com/oauth2/authorize');
  });

  it.each(['register', 'invite'])('%s says what to do without a token, and with a wrong one', async (command) => {
    const without = await runProgram([command]);
    expect(without).toMatchObject({
      code: 1,
      stderr: 'DISCORD_TOKEN is not set. docs/discord.md says where to get it.\n',
    });
    const wrong = await runProgram([command], { ...env(), DISCORD_TOKEN: 'wrong.token.here' });
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toMatch(/^Discord refuses the token\. Copy it again.*\n$/);
  });
});
