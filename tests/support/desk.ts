import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWebApp } from '../../src/adapters/web/app.ts';
import { type Config, loadConfig } from '../../src/app/config.ts';
import { type DeskParts, openDesk } from '../../src/app/open-desk.ts';
import { loadContent } from '../../src/content/load.ts';
import { COMMAND_NAMES, openTestBot, strictLog } from './content.ts';
import { composeParagraphsFile } from './source-text.ts';

/** The day on which these tests are. */
export const TODAY = Date.parse('2026-11-25T12:00:00Z');

/** A copy of an invented article with its own text beside it, which a test may change. */
export async function copyArticle(article = 'tram-line'): Promise<{ directory: string; remove(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'briefing-desk-'));
  await cp(`tests/fixtures/articles/${article}`, join(directory, article), { recursive: true });
  await rm(join(directory, article, 'article.md'));
  await writeFile(join(directory, article, 'paragraphs.md'), await composeParagraphsFile(article));
  return { directory, remove: () => rm(directory, { recursive: true }) };
}

/** The desk on a content folder as the program has it, on a port of its own. */
export async function openTestDesk(
  directory: string,
  env: Record<string, string> = {},
  parts: Partial<DeskParts> = {},
) {
  const config: Config = loadConfig({
    CONTENT_DIR: directory,
    SEMANTIC_SEARCH: 'off',
    SLACK_COMMAND_PREFIX: 'off',
    ...env,
  });
  const log = { ...strictLog, warn: () => undefined };
  const app = createWebApp(async () => ({ ready: true }), strictLog);
  const desk = await openDesk(config, {
    bot: await openTestBot(),
    semantics: undefined,
    digests: undefined,
    missed: undefined,
    audit: undefined,
    now: () => TODAY,
    log,
    ...parts,
  });
  if (desk) app.route('/', desk);
  return { app, desk, published: () => loadContent(directory, COMMAND_NAMES) };
}

type App = Awaited<ReturnType<typeof openTestDesk>>['app'];

/** One editor's browser: it keeps the cookie, and sends forms with the token that the page before had. */
export function openEditor(app: App, headers: Record<string, string> = {}) {
  let cookie = headers.cookie ?? '';
  let token = '';
  const request = async (path: string, init: RequestInit = {}) => {
    const response = await app.request(`http://localhost${path}`, {
      ...init,
      headers: { ...headers, cookie, ...init.headers },
    });
    const set = response.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
    cookie = [...new Set([...cookie.split('; ').filter(Boolean), ...set])].join('; ');
    const text = await response.text();
    token =
      (/type="hidden" name="csrf" value="([^"]+)"/.exec(text) ?? /name="csrf" content="([^"]+)"/.exec(text))?.[1] ??
      token;
    return { status: response.status, text, location: response.headers.get('location') ?? '', response };
  };
  return {
    get: (path: string) => request(path),
    /** Sends a form. A field may have several values. */
    post(path: string, fields: Readonly<Record<string, string | readonly string[]>>, own = token) {
      const body = new URLSearchParams([['csrf', own]]);
      for (const [name, value] of Object.entries(fields)) for (const one of [value].flat()) body.append(name, one);
      return request(path, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin' } });
    },
    /** Sends a form with files in it, as a browser does. */
    send(path: string, fields: Readonly<Record<string, string | File>>) {
      const body = new FormData();
      body.append('csrf', token);
      for (const [name, value] of Object.entries(fields)) body.append(name, value);
      return request(path, { method: 'POST', body, headers: { 'sec-fetch-site': 'same-origin' } });
    },
    /** What the form of a page carries without showing it. */
    hidden: (html: string): Record<string, string> =>
      Object.fromEntries(
        [...html.matchAll(/<input type="hidden" name="(?!csrf)([^"]*)" value="([^"]*)">/g)].map(
          ([, name = '', value]) => [name, decode(value ?? '')],
        ),
      ),
    /** The form for a claim, or another of this class, as the desk fills it in. */
    async form(path: string, name = 'claim-form'): Promise<Record<string, string | string[]>> {
      const { text } = await request(path);
      const [form = ''] = new RegExp(`<form [^>]*class="${name}"[\\s\\S]*?</form>`).exec(text) ?? [];
      const fields: Record<string, string | string[]> = {};
      for (const [, attributes = ''] of form.matchAll(/<input ([^>]*)>/g)) {
        const name = /name="([^"]*)"/.exec(attributes)?.[1];
        if (!name || name === 'csrf' || (/type="(checkbox|radio)"/.test(attributes) && !/ checked/.test(attributes)))
          continue;
        const on = /type="checkbox"/.test(attributes) ? 'on' : '';
        fields[name] = decode(/value="([^"]*)"/.exec(attributes)?.[1] ?? on);
      }
      for (const [, name = '', value = ''] of form.matchAll(/<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)</g))
        fields[name] = decode(value);
      for (const [, name = '', options = ''] of form.matchAll(/<select[^>]*name="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g))
        fields[name] = decode(
          /<option selected(?: value="([^"]*)")?>([^<:]*)/.exec(options)?.slice(1).find(Boolean) ?? '',
        );
      return fields;
    },
  };
}

function decode(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
