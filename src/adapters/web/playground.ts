import { readFile } from 'node:fs/promises';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { html } from 'hono/html';
import { z } from 'zod';
import type { Bot, Gate } from '../../core/bot.ts';
import { completeText } from '../../core/complete-text.ts';
import { composeQuestionPath, parseQuestionPath } from '../../core/question.ts';
import type { Reply } from '../../core/reply.ts';

/** A platform's own message, and the same drawn by that platform's folder. */
export interface Preview {
  readonly payload: object;
  /** What `hono/html` gives. */
  readonly html: unknown;
}

/** What the page gives to a message that is drawn for it. */
export interface Drawing {
  /** The address of the attached picture. */
  readonly picture?: string | undefined;
  /** The attributes of a button, from what it carries. */
  press(value: string): unknown;
}

/** The platforms' messages as the page shows them. */
export interface Renderers {
  /** `hidden`: the asker alone sees it. */
  discord(reply: Reply, hidden: boolean, drawing: Drawing): Preview;
  /** `shared`: its asker has shared it with the channel. */
  slack(reply: Reply, shared: boolean, drawing: Drawing): Preview;
}

const PAGE_FILES = {
  '/': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/page.css': { file: 'page.css', type: 'text/css; charset=utf-8' },
  '/discord.css': { file: 'discord.css', type: 'text/css; charset=utf-8' },
  '/slack.css': { file: 'slack.css', type: 'text/css; charset=utf-8' },
  '/combobox.js': { file: 'combobox.js', type: 'text/javascript; charset=utf-8' },
  '/page.js': { file: 'page.js', type: 'text/javascript; charset=utf-8' },
  '/favicon.svg': { file: 'favicon.svg', type: 'image/svg+xml' },
} as const;

const MAX_BODY_BYTES = 64 * 1024;

const questionSchema = z.union([
  z.strictObject({ text: z.string() }),
  z.strictObject({ path: z.string(), shared: z.boolean().default(false) }),
]);

export interface PlaygroundOptions {
  readonly renderers: Renderers;
  /** Lets through who may use the page. */
  readonly guard: MiddlewareHandler;
  /** How many seconds one address must wait before its next question; 0 lets it through. */
  readonly gate: Gate;
}

/** The page on which the bot can be tried without any platform. */
export async function createPlayground(bot: Bot, { renderers, guard, gate }: PlaygroundOptions): Promise<Hono> {
  const app = new Hono();
  for (const [path, { file, type }] of Object.entries(PAGE_FILES)) {
    const content = await readFile(new URL(`page/${file}`, import.meta.url), 'utf8');
    app.get(path, guard, (context) =>
      context.body(content, 200, { 'content-type': type, 'cache-control': 'no-cache' }),
    );
  }
  app.get('/api/complete', guard, async (context) => {
    return context.json(await completeText(bot, context.req.query('line') ?? ''));
  });
  app.post('/api/answer', guard, bodyLimit({ maxSize: MAX_BODY_BYTES }), async (context) => {
    const body = questionSchema.safeParse(await context.req.json().catch(() => undefined));
    const question = !body.success
      ? undefined
      : 'text' in body.data
        ? bot.parse(body.data.text)
        : parseQuestionPath(body.data.path);
    if (!question) return context.json({ error: 'Send {"text": "…"} or {"path": "/drones"}.' }, 400);
    const seconds = await gate(`page:${addressOf(context)}`);
    if (seconds > 0) {
      context.header('retry-after', String(seconds));
      return context.json({ error: `That was a great deal at once. Ask again in ${seconds} s.` }, 429);
    }

    const reply = await bot.answer(question);
    const picture = reply.image && `data:image/png;base64,${Buffer.from(reply.image.png).toString('base64')}`;
    const drawing: Drawing = { picture, press: composePress };
    const shared = body.data !== undefined && 'shared' in body.data && body.data.shared;
    return context.json({
      title: reply.title,
      outcome: reply.outcome,
      path: composeQuestionPath(reply.question),
      discord: await write(renderers.discord(reply, bot.isPrivate(question), drawing)),
      slack: await write(renderers.slack(reply, shared, drawing)),
    });
  });
  return app;
}

/** What a button does: it asks the question whose path it carries; with any other value it opens a form on its platform. */
function composePress(value: string): unknown {
  return value.startsWith('/') ? html`data-path="${value}"` : html`data-form`;
}

async function write({ payload, html: drawn }: Preview): Promise<{ readonly payload: object; readonly html: string }> {
  return { payload, html: String(await html`${drawn}`) };
}

/** Who asks, by the address of the connection; the same for all who come through one proxy. */
function addressOf(context: Context): string {
  return (context.env as Partial<HttpBindings>)?.incoming?.socket?.remoteAddress ?? 'unknown';
}
