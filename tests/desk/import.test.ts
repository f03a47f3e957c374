import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { copyArticle, openEditor, openTestDesk } from '../support/desk.ts';
import { serveRequests } from '../support/serve.ts';

let content: Awaited<ReturnType<typeof copyArticle>>;
beforeEach(async () => {
  content = await copyArticle();
});
afterEach(() => content.remove());

const PAGES = 'tests/fixtures/import/pages';

async function openDesk(env: Record<string, string> = {}, kept: object[] = []) {
  const audit = { record: async (entry: object) => void kept.push(entry) };
  const { app } = await openTestDesk(content.directory, env, { audit });
  const editor = openEditor(app);
  await editor.get('/desk');
  const bring = (fields: Readonly<Record<string, string | File>>) => editor.send('/desk/bring', fields);
  return { editor, bring };
}

const upload = async (file: string, name = file) => new File([await readFile(join(PAGES, file))], name);
const here = (name: string) => join(content.directory, name);

it('brings an article from a file as drafts, with what was set apart in sight', async () => {
  const kept: object[] = [];
  const { editor, bring } = await openDesk({}, kept);
  expect((await editor.get('/desk')).text).toContain('href="/desk/bring">Bring an article</a>');
  const brought = await bring({ file: await upload('wire.html'), address: '', name: '' });
  expect([brought.status, brought.text]).toEqual([303, '']);
  const slug = /^\/desk\/a\/([a-z0-9-]+)\?imported=1$/.exec(brought.location)?.[1] ?? '';
  expect(await readFile(here(`${slug}/article.yaml`), 'utf8')).toContain('draft: true\n');
  expect(kept).toMatchObject([{ action: 'content.save', about: slug }]);
  const article = (await editor.get(brought.location)).text;
  expect(article).toContain('The article is here as a draft');
  expect(article).toMatch(/0 of \d+ paragraphs worded, \d+ prepared/);
  expect(article).toContain(`href="/desk/a/${slug}/record#field-disclosure"`);
  const topic = new RegExp(`href="(/desk/a/${slug}/t/[^"?]+)"`).exec(article)?.[1] ?? '';
  expect((await editor.get(topic)).text).toMatch(/Set apart, not numbered: \d+/);
  // The same again finds its name taken, and keeps what is there.
  const again = await bring({ file: await upload('wire.html'), address: '', name: '' });
  expect([again.status, again.text]).toEqual([
    422,
    expect.stringContaining('There is an article of this name already'),
  ]);
  expect((await bring({ file: await upload('wire.html'), address: '', name: '../../Second one' })).location).toBe(
    '/desk/a/second-one?imported=1',
  );
  expect((await readdir(content.directory)).sort()).toEqual(['second-one', slug, 'tram-line'].sort());
});

it('counts what an editor says is a paragraph, and warns of a PDF', async () => {
  const { bring } = await openDesk();
  const count = async (slug: string) =>
    (await readFile(here(`${slug}/paragraphs.md`), 'utf8')).match(/^\*\*\d+\.\*\*/gm)?.length ?? 0;
  await bring({ file: await upload('wire.html'), name: 'plain' });
  await bring({ file: await upload('wire.html'), name: 'counted', count: 'standfirst' });
  expect(await count('counted')).toBe((await count('plain')) + 1);
  const pdf = (await readdir(PAGES)).find((name) => name.endsWith('.pdf')) ?? '';
  expect((await bring({ file: await upload(pdf), name: 'printed' })).location).toBe('/desk/a/printed?imported=guessed');
});

it('brings one from the web, and from no private address unless it is allowed', async () => {
  const asked: string[] = [];
  const page = await readFile(join(PAGES, 'wire.html'));
  const server = await serveRequests(async (request) => {
    asked.push(request.url);
    return new Response(new Uint8Array(page), { headers: { 'content-type': 'text/html' } });
  });
  try {
    const refused = await (await openDesk()).bring({ address: `${server.url}/story.html`, name: '' });
    expect([refused.status, refused.text]).toEqual([422, expect.stringContaining('IMPORT_PRIVATE_ADDRESSES')]);
    expect(refused.text).toContain(`value="${server.url}/story.html"`);
    expect(asked).toEqual([]);
    const { bring } = await openDesk({ IMPORT_PRIVATE_ADDRESSES: '127.0.0.1/32' });
    expect((await bring({ address: `${server.url}/story.html`, name: 'story' })).location).toBe(
      '/desk/a/story?imported=1',
    );
    expect(await readFile(here('story/article.yaml'), 'utf8')).toContain('retrieved: 2026-11-25');
  } finally {
    await server.close();
  }
});

it('takes neither a path, nor another scheme, nor a file that it can’t read, and leaves nothing behind', async () => {
  const { bring } = await openDesk();
  for (const address of [
    '/etc/passwd',
    `${process.cwd()}/${PAGES}/wire.html`,
    'file:///etc/passwd',
    'ftp://a.example/b',
    '',
  ])
    expect((await bring({ address })).text).toMatch(/isn’t an address on the web|neither a file nor an address/);
  for (const [file, problem] of [
    [new File(['x'], 'run.exe'), /run\.exe cannot be imported/i],
    [new File(['x'], '../../etc/run.exe'), /run\.exe cannot be imported/i],
    [new File([Buffer.alloc(10 * 1024 * 1024 + 1)], 'long.txt'), /long\.txt is larger than 10 MB/i],
    [new File(['%PDF-1.7 nothing'], 'broken.pdf'), /broken\.pdf/i],
  ] as const) {
    const refused = await bring({ file });
    expect([refused.status, refused.text]).toEqual([422, expect.stringMatching(problem)]);
  }
  expect((await bring({ file: new File([Buffer.alloc(12 * 1024 * 1024)], 'long.txt') })).status).toBe(413);
  expect(await readdir(content.directory)).toEqual(['tram-line']);
});

it('shows a hostile page as text', async () => {
  const evil = '<script>alert(1)</script><img src=x onerror=alert(2)>';
  const page = `<title>${evil.replaceAll('<', '&lt;')}</title><article><h1>A &lt;script&gt; of it</h1>${`<p>Words that say ${evil.replaceAll('<', '&lt;')} and more of it, at some length.</p>`.repeat(4)}<script>alert(3)</script></article>`;
  const { editor, bring } = await openDesk();
  const { location } = await bring({ file: new File([page], 'evil.html'), name: 'evil' });
  expect(location).toBe('/desk/a/evil?imported=1');
  const topic = /href="(\/desk\/a\/evil\/t\/[^"?]+)"/.exec((await editor.get(location)).text)?.[1] ?? '';
  for (const path of [location, topic, '/desk/a/evil/record', '/desk']) {
    const { text } = await editor.get(path);
    expect(text.replace(/<script (src|type)="[^"]*"[^>]*><\/script>/g, '')).not.toMatch(/<script|<img src=x/i);
  }
});
