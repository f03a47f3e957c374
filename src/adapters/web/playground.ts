import { readFile } from 'node:fs/promises';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { parseAccept } from 'hono/utils/accept';
import { z } from 'zod';
import type { Bot, Gate } from '../../core/bot.ts';
import { completeText } from '../../core/complete-text.ts';
import { MAX_WANTED, parseVoteId } from '../../core/feedback.ts';
import type { Preview } from '../../core/preview.ts';
import { composeQuestionPath, parseQuestionPath } from '../../core/question.ts';
import { findLocale, LOCALES, type Locale } from '../../i18n/locale.ts';
import { wordsOf } from '../../i18n/words.ts';
import { addressOf } from './address-of.ts';
import { composePage, type PageSide } from './compose-page.ts';

const FILES = {
  '/look.css': { file: 'look.css', type: 'text/css; charset=utf-8' },
  '/page.css': { file: 'page.css', type: 'text/css; charset=utf-8' },
  '/combobox.js': { file: 'combobox.js', type: 'text/javascript; charset=utf-8' },
  '/page.js': { file: 'page.js', type: 'text/javascript; charset=utf-8' },
} as const;

const MAX_BODY_BYTES = 64 * 1024;

/** One visit to the page, by a name that the page makes up. */
const conversation = z.string().max(64).default('');
const locale = z.enum(LOCALES).optional();
const ratingSchema = z.strictObject({
  vote: z.string(),
  wanted: z.string().max(MAX_WANTED).default(''),
  conversation,
  locale,
});
const questionSchema = z.union([
  z.strictObject({ text: z.string(), conversation, locale }),
  z.strictObject({ path: z.string(), shared: z.boolean().default(false), conversation, locale }),
]);

/** One platform beside the others: how it shows answers. */
export interface PlaygroundSide extends PageSide {
  readonly preview: Preview;
}

export interface PlaygroundOptions {
  /** The platforms, in the order in which they are shown. */
  readonly sides: readonly PlaygroundSide[];
  /** Lets through who may use the page. */
  readonly guard: MiddlewareHandler;
  /** How many seconds one address must wait before its next question; 0 lets it through. */
  readonly gate: Gate;
  /** Readers use the page, so what they miss counts; otherwise only the person who runs the bot does. */
  readonly hasReaders: boolean;
}

/** The page on which the bot can be tried without any platform. */
export async function createPlayground(bot: Bot, { sides, guard, gate, hasReaders }: PlaygroundOptions): Promise<Hono> {
  const app = new Hono();
  const serve = (path: string, content: string, type: string) =>
    app.get(path, guard, (context) =>
      context.body(content, 200, { 'content-type': type, 'cache-control': 'no-cache' }),
    );
  const pages = new Map(
    await Promise.all(LOCALES.map(async (one) => [one, await composePage(sides, wordsOf({ locale: one }))] as const)),
  );
  app.get('/', guard, (context) => {
    const page = pages.get(chooseLocale(context)) ?? '';
    return context.html(page, 200, { 'cache-control': 'no-cache', vary: 'accept-language' });
  });
  for (const [path, { file, type }] of Object.entries(FILES)) {
    serve(path, await readFile(new URL(`page/${file}`, import.meta.url), 'utf8'), type);
  }
  for (const { name, preview } of sides) {
    serve(`/${name}.css`, await readFile(preview.style, 'utf8'), 'text/css; charset=utf-8');
  }
  app.get('/api/complete', guard, async (context) => {
    const words = wordsOf({ locale: chooseLocale(context) });
    return context.json(await completeText(bot, context.req.query('line') ?? '', words));
  });
  /** What an address gets that asks too much; undefined if it may go on. */
  const limit = async (context: Context, spoken: Locale | undefined): Promise<Response | undefined> => {
    const seconds = await gate(`page:${addressOf(context)}`);
    if (seconds === 0) return undefined;
    context.header('retry-after', String(seconds));
    return context.json({ error: wordsOf({ locale: spoken })('page.limit', { seconds }) }, 429);
  };
  app.post('/api/answer', guard, bodyLimit({ maxSize: MAX_BODY_BYTES }), async (context) => {
    const body = questionSchema.safeParse(await context.req.json().catch(() => undefined));
    const question = !body.success
      ? undefined
      : 'text' in body.data
        ? bot.parse(body.data.text)
        : parseQuestionPath(body.data.path);
    if (!question) return context.json({ error: 'Send {"text": "…"} or {"path": "/drones"}.' }, 400);
    const spoken = body.data?.locale;
    const refused = await limit(context, spoken);
    if (refused) return refused;

    const visit = body.data?.conversation;
    const reply = await bot.answer({
      ...question,
      ...(spoken ? { locale: spoken } : {}),
      ...(visit ? { conversation: `page ${visit}` } : {}),
      ...(visit && hasReaders ? { reader: `page:${visit}` } : {}),
    });
    const shared = body.data !== undefined && 'shared' in body.data && body.data.shared;
    const picture = reply.image && `data:image/png;base64,${Buffer.from(reply.image.png).toString('base64')}`;
    const audience = { hidden: bot.isPrivate(question), shared };
    const drawing = { picture, press: composePress };
    const drawn = sides.map(async ({ name, preview }) => [name, await preview.draw(reply, audience, drawing)] as const);
    return context.json({
      title: reply.title,
      outcome: reply.outcome,
      path: composeQuestionPath(reply.question),
      sides: Object.fromEntries(await Promise.all(drawn)),
    });
  });
  app.post('/api/rate', guard, bodyLimit({ maxSize: MAX_BODY_BYTES }), async (context) => {
    const body = ratingSchema.safeParse(await context.req.json().catch(() => undefined));
    const vote = body.success ? parseVoteId(body.data.vote) : undefined;
    if (!body.success || !vote) return context.json({ error: 'Send {"vote": "rate:helpful:…"}.' }, 400);
    const refused = await limit(context, body.data.locale);
    if (refused) return refused;
    const wanted = body.data.wanted.trim();
    const person = `page:${body.data.conversation}`;
    return context.json({
      said: await bot.rate({ ...vote, person, locale: body.data.locale, ...(wanted ? { wanted } : {}) }),
    });
  });
  return app;
}

/** The language that `?locale=` names, or else the one that the browser likes best of those that the bot speaks. */
function chooseLocale(context: Context): Locale {
  const liked = parseAccept(context.req.header('accept-language') ?? '').toSorted((a, b) => b.q - a.q);
  return findLocale([context.req.query('locale'), ...liked.map(({ type }) => type)]) ?? 'en';
}

/** What a button does: it asks the question whose path it carries, or votes on the answer; with any other value it opens a form on its platform. */
function composePress(value: string): unknown {
  if (parseVoteId(value)) return html`data-vote="${value}"`;
  return value.startsWith('/') ? html`data-path="${value}"` : html`data-form`;
}
