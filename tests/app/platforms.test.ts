import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Config, FaultySettings, listSettings, loadConfig } from '../../src/app/config.ts';
import { createLog } from '../../src/app/log.ts';
import { type Running, startBot } from '../../src/app/start-bot.ts';
import { parseUser } from '../../src/app/targets.ts';
import { definePlatform } from '../../src/core/platform.ts';
import { platforms as allPlatforms } from '../../src/platforms.ts';
import { HARBOUR } from '../support/content.ts';
import { socketChat } from '../support/socket-chat/platform.ts';
import { type ChatServer, startChatServer } from '../support/socket-chat/server.ts';

/** The one line that a new platform adds. */
const platforms = [...allPlatforms, socketChat];

describe('a bot with a platform more', () => {
  let chat: ChatServer;
  let directory: string;
  let config: Config;
  let running: Running;
  beforeAll(async () => {
    chat = await startChatServer();
    directory = mkdtempSync(join(tmpdir(), 'briefing-platforms-'));
    cpSync(HARBOUR, join(directory, 'content'), { recursive: true });
    const env = {
      SOCKET_CHAT_ADDRESS: chat.address,
      SOCKET_CHAT_TOKEN: chat.token,
      DIGEST_CHANNELS: 'socketchat:lobby 08:00 UTC daily cargo',
      ALERT_CHANNEL: 'socketchat:operators',
      EDITORS_CHANNEL: 'socketchat:desk 09:00 friday UTC',
      CONTENT_DIR: join(directory, 'content'),
      DATA_DIR: directory,
      SEMANTIC_SEARCH: 'off',
      GAPS: 'off',
      DIGEST_PICTURES: 'off',
      PORT: '0',
    };
    config = loadConfig(env, platforms);
    running = await startBot(config, createLog('silent', false));
    await chat.connected();
  });
  afterAll(async () => {
    await running?.stop();
    await chat?.close();
    rmSync(directory, { recursive: true });
  });

  it('answers there, by text and by button', async () => {
    const answer = await chat.say('/cargo');
    expect(answer.text).toMatch(/^Cargo\n/);
    const next = answer.buttons.find(({ label }) => label === 'Ferries');
    expect((await chat.press(next?.value ?? '')).text).toMatch(/^Ferries\n/);
  });

  it('takes subscriptions there, and knows the digest that the settings declare', async () => {
    expect((await chat.say('/digest status')).text).toMatch(/08:00 UTC, every day[\s\S]*On Cargo\..*Set in the bot/);
    expect((await chat.say('/digest subscribe time:09:00 zone:UTC')).text).toMatch(/^Subscribed/);
  });

  it('alerts a channel there', async () => {
    running.observer.crashed();
    const alert = await chat.message(({ room }) => room === 'operators');
    expect(alert.text).toMatch(/^The bot is stopping/);
  });

  it('passes questions on to the editors’ channel there, from the chat and from the page, and shows its report', async () => {
    const declined = await chat.say('who mows the lawn?');
    const button = declined.buttons.find(({ label }) => label === 'Ask the editors');
    expect((await chat.press(button?.value ?? '')).text).toMatch(/^Passed on to the editors/);
    const passed = await chat.message(({ room }) => room === 'desk');
    expect(passed.text).toMatch(/^A reader asks the editors\n[\s\S]*“who mows the lawn\?”/);
    expect(JSON.stringify(passed)).not.toContain('ada');
    const body = JSON.stringify({ path: button?.value });
    const again = await (await fetch(`${running.url}/api/answer`, { method: 'POST', body })).json();
    expect(again).toMatchObject({ title: 'The editors have it already' });

    expect((await chat.say('/digest status', 'desk')).text).toMatch(
      /09:00 UTC, every Friday[\s\S]*What readers missed, for the editors\..*Set in the bot/,
    );
    expect((await chat.say('/digest preview', 'desk')).text).toMatch(/^What readers missed\n/);
  });

  it('shows its state and its routes on the port, and its answers on the page', async () => {
    const get = (path: string) => fetch(`${running.url}${path}`);
    expect(await (await get('/readyz')).json()).toMatchObject({ ready: true, socketchat: 'connected' });
    expect(await (await get('/metrics')).text()).toContain('briefing_platform_connected{platform="socketchat"} 1');
    expect(await (await get('/socketchat/hello')).text()).toBe('The bot is in the chat.\n');
    expect((await get('/socketchat/nonsense')).status).toBe(404);
    expect(await (await get('/')).text()).toContain('aria-label="As Socket Chat shows it"');
    expect(await (await get('/socketchat.css')).text()).toContain('.socketchat');
    const body = JSON.stringify({ text: '/cargo' });
    const answer = await (await fetch(`${running.url}/api/answer`, { method: 'POST', body })).json();
    expect(answer).toMatchObject({ sides: { socketchat: { payload: { room: 'lobby' } }, discord: {}, slack: {} } });
  });

  it('has its settings read, its secret hidden and its people known', () => {
    expect(listSettings(platforms)).toContain('SOCKET_CHAT_TOKEN');
    expect(config.secrets).toContain(chat.token);
    expect(parseUser('socketchat:ada', platforms)).toEqual({ platform: 'socketchat', user: 'ada' });
    expect(parseUser('socketchat:Ada!', platforms)).toBeUndefined();
    expect(parseUser('nowhere:ada', platforms)).toBeUndefined();
    expect(() =>
      loadConfig({ SOCKET_CHAT_ADDRESS: 'x', DIGEST_CHANNELS: 'socketchat:LOBBY 08:00' }, platforms),
    ).toThrow(/entry that can't be read, number 1.*socketchat:lobby[\s\S]*SOCKET_CHAT_ADDRESS isn't a host and a port/);
    expect(() => loadConfig({ SOCKET_CHAT_ADDRESS: 'a:1' }, platforms)).toThrow(FaultySettings);
  });
});

describe('a definition', () => {
  it('fails the type check if it leaves out a member', () => {
    const { name, title, guide, targets, explainError, programs } = socketChat;
    const settings = { shape: {}, check: () => [], read: () => ({}) };
    const runs = { isSetUp: () => false, canPost: () => false, diagnose: async () => ({ findings: [] }), programs: [] };
    const more = { start: async () => Promise.reject(), preview: async () => Promise.reject() };
    const whole = { name, title, guide, targets, explainError, settings, ...runs, ...more };
    expect(definePlatform(whole).name).toBe('socketchat');
    expect(programs).toHaveLength(1);
    const members = ['name', 'title', 'guide', 'targets', 'explainError', 'settings', 'isSetUp', 'canPost'] as const;
    expect(Object.keys(whole)).toEqual(expect.arrayContaining([...members]));

    const without = <Member extends keyof typeof whole>(member: Member): Omit<typeof whole, Member> => {
      const { [member]: _, ...rest } = whole;
      return rest;
    };
    // Nothing of this runs: the type check alone looks at it.
    const lacking = () => [
      // @ts-expect-error
      definePlatform(without('name')),
      // @ts-expect-error
      definePlatform(without('title')),
      // @ts-expect-error
      definePlatform(without('guide')),
      // @ts-expect-error
      definePlatform(without('settings')),
      // @ts-expect-error
      definePlatform(without('targets')),
      // @ts-expect-error
      definePlatform(without('isSetUp')),
      // @ts-expect-error
      definePlatform(without('canPost')),
      // @ts-expect-error
      definePlatform(without('start')),
      // @ts-expect-error
      definePlatform(without('diagnose')),
      // @ts-expect-error
      definePlatform(without('explainError')),
      // @ts-expect-error
      definePlatform(without('preview')),
      // @ts-expect-error
      definePlatform(without('programs')),
    ];
    expect(lacking).toBeTypeOf('function');
  });

  it('knows its own programs only', async () => {
    const chat = loadConfig({}, [socketChat]).platforms[0];
    const tools = {
      input: process.stdin,
      output: process.stdout,
      log: createLog('silent', false),
      openBot: async () => Promise.reject(),
      readInput: async () => '',
    };
    expect(await chat?.run('rooms', {}, tools)).toEqual({ text: 'lobby' });
    await expect(chat?.run('nothing', {}, tools)).rejects.toThrow('Socket Chat has no command nothing');
  });
});
