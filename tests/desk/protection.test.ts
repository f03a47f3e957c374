import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyArticle, openEditor, openTestDesk } from '../support/desk.ts';

const TOKEN = 'an-editors-token-of-30-letters';
const PLACES: Readonly<Record<string, string>> = {
  ':article': 'tram-line',
  ':topic': 'costs',
  ':claim': 'cost-overrun',
  ':kind': 'page',
};

let content: Awaited<ReturnType<typeof copyArticle>>;
beforeAll(async () => {
  content = await copyArticle();
});
afterAll(() => content.remove());

/** Every route of the desk with real names in it, once. */
async function listRoutes() {
  const { desk } = await openTestDesk(content.directory);
  const routes = (desk?.routes ?? []).filter(({ method }) => method !== 'ALL');
  return [
    ...new Set(routes.map(({ method, path }) => `${method} ${path.replace(/:\w+/g, (name) => PLACES[name] ?? name)}`)),
  ].map((route) => route.split(' ') as [method: string, path: string]);
}

describe('where other machines can reach it', () => {
  const env = { HOST: '0.0.0.0', EDITOR_TOKEN: TOKEN, ACCESS_TOKEN: 'the-readers-token-is-another' };

  it('asks for the editors’ token on every route, and the readers’ opens none', async () => {
    const { app } = await openTestDesk(content.directory, env);
    const routes = await listRoutes();
    expect(routes.length).toBeGreaterThan(25);
    for (const [method, path] of [...routes, ['GET', '/desk/nothing'], ['POST', '/desk/nothing']] as const) {
      const wrong: Record<string, string>[] = [
        {},
        { authorization: 'Bearer the-readers-token-is-another' },
        { cookie: `briefing=${TOKEN}` },
      ];
      for (const headers of wrong) {
        const response = await app.request(`http://desk.example${path}`, { method, headers });
        expect([method, path, response.status, await response.text()]).toEqual([
          method,
          path,
          401,
          expect.stringMatching('EDITOR_TOKEN'),
        ]);
      }
    }
  });

  it('lets in whoever shows it, and keeps it in a cookie for the desk alone', async () => {
    const { app } = await openTestDesk(content.directory, env);
    const shown = await app.request(`http://desk.example/desk?token=${TOKEN}`);
    expect(shown.status).toBe(302);
    const cookie = shown.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(/Path=\/desk.*HttpOnly.*SameSite=Strict/);
    const page = await app.request('http://desk.example/desk', { headers: { cookie: cookie.split(';')[0] ?? '' } });
    expect(page.status).toBe(200);
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('content-security-policy')).toMatch("default-src 'none'; script-src 'self'");
    expect(page.headers.get('x-frame-options')).toBe('DENY');
  });

  it('takes no form from another website, whoever holds the token', async () => {
    const { app } = await openTestDesk(content.directory, { ...env, PUBLIC_URL: 'https://desk.example' });
    const authorization = `Bearer ${TOKEN}`;
    const editor = openEditor(app, { authorization });
    const page = await editor.get('/desk');
    const body = () =>
      new URLSearchParams({ csrf: /name="csrf" content="([^"]+)"/.exec(page.text)?.[1] ?? '', slug: 'Not a slug' });
    const cookie = page.response.headers.get('set-cookie')?.split(';')[0] ?? '';
    const send = async (headers: Record<string, string>) => {
      const sent = { authorization, cookie, ...headers };
      return (
        await app.request('http://localhost/desk/a/tram-line/topics', { method: 'POST', body: body(), headers: sent })
      ).status;
    };
    expect(await send({ 'sec-fetch-site': 'cross-site' })).toBe(403);
    expect(await send({ origin: 'https://evil.example' })).toBe(403);
    expect(await send({ origin: 'null' })).toBe(403);
    for (const origin of ['https://desk.example', 'http://localhost']) expect(await send({ origin })).toBe(422);
    expect(await send({ 'sec-fetch-site': 'same-origin', origin: 'null' })).toBe(422);
  });

  it('is never open: without a token it stays off, and DESK=off switches it off anywhere', async () => {
    expect((await openTestDesk(content.directory, { HOST: '0.0.0.0' })).desk).toBeUndefined();
    expect((await openTestDesk(content.directory, { HOST: '0.0.0.0', ACCESS_TOKEN: TOKEN })).desk).toBeUndefined();
    // Behind a proxy on the same machine all requests look local.
    expect((await openTestDesk(content.directory, { ACCESS_TOKEN: TOKEN })).desk).toBeUndefined();
    expect((await openTestDesk(content.directory, { PUBLIC_URL: 'https://desk.example' })).desk).toBeUndefined();
    expect((await openTestDesk(content.directory, { DESK: 'off' })).desk).toBeUndefined();
    expect((await openTestDesk(content.directory)).desk).toBeDefined();
  });
});

describe('on one’s own machine', () => {
  it('answers to a local name only', async () => {
    const { app } = await openTestDesk(content.directory);
    expect((await app.request('http://localhost/desk')).status).toBe(200);
    expect((await app.request('http://rebound.example/desk')).status).toBe(403);
    for (const name of ['x-forwarded-for', 'forwarded'])
      expect((await app.request('http://localhost/desk', { headers: { [name]: '203.0.113.9' } })).status).toBe(403);
  });

  it('takes no form from another website, nor without the page’s token, nor with somebody else’s', async () => {
    const { app } = await openTestDesk(content.directory);
    const posts = (await listRoutes()).filter(([method]) => method === 'POST');
    expect(posts.length).toBeGreaterThan(12);
    const [editor, other] = [openEditor(app), openEditor(app)];
    const page = await editor.get('/desk');
    await other.get('/desk');
    const token = /name="csrf" content="([^"]+)"/.exec(page.text)?.[1] ?? '';
    for (const [, path] of posts) {
      const body = new URLSearchParams({ csrf: token, text: 'x' });
      const cookie = page.response.headers.get('set-cookie')?.split(';')[0] ?? '';
      const send = async (headers: Record<string, string>) =>
        (await app.request(`http://localhost${path}`, { method: 'POST', body, headers: { cookie, ...headers } }))
          .status;
      expect([path, await send({ 'sec-fetch-site': 'cross-site' })]).toEqual([path, 403]);
      expect([path, await send({ 'sec-fetch-site': 'same-site' })]).toEqual([path, 403]);
      expect([path, await send({ origin: 'https://evil.example' })]).toEqual([path, 403]);
      expect((await other.post(path, {}, token)).status).toBe(403);
      expect((await editor.post(path, {}, '')).status).toBe(403);
    }
    // The same form, sent as it should be, is taken.
    expect((await editor.post('/desk/a/tram-line/topics', { slug: 'Not a slug' })).status).toBe(422);
  });

  it('has a limit of requests', async () => {
    const { app } = await openTestDesk(content.directory);
    const statuses = [];
    for (let count = 0; count < 605; count += 1)
      statuses.push((await app.request('http://localhost/desk/desk.js')).status);
    expect(statuses.indexOf(429)).toBe(600);
  });
});
