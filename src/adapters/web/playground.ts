import { readFile } from 'node:fs/promises';
import { Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { Bot } from '../../core/bot.ts';
import { completeText } from '../../core/complete-text.ts';
import { composeQuestionPath, parseQuestionPath } from '../../core/question.ts';
import type { Reply } from '../../core/reply.ts';
import { type DiscordPayload, drawDiscord } from './draw-discord.ts';
import { drawSlack, type SlackPayload } from './draw-slack.ts';
import { isLoopback } from './listen.ts';

/** The platforms' own renderers; what the page shows is drawn from their payloads. */
export interface Renderers {
  discord(reply: Reply): DiscordPayload;
  slack(reply: Reply, options?: { readonly fileId?: string | undefined }): SlackPayload;
}

const PAGE_FILES = {
  '/': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/page.css': { file: 'page.css', type: 'text/css; charset=utf-8' },
  '/discord.css': { file: 'discord.css', type: 'text/css; charset=utf-8' },
  '/slack.css': { file: 'slack.css', type: 'text/css; charset=utf-8' },
  '/page.js': { file: 'page.js', type: 'text/javascript; charset=utf-8' },
  '/favicon.svg': { file: 'favicon.svg', type: 'image/svg+xml' },
} as const;

const MAX_BODY_BYTES = 64 * 1024;

const questionSchema = z.union([z.strictObject({ text: z.string() }), z.strictObject({ path: z.string() })]);

/**
 * The local page on which the bot can be tried without any platform. `localOnly` makes it answer to local names only, so
 * that no website can reach it by pointing a name of its own at this machine.
 */
export async function createPlayground(bot: Bot, renderers: Renderers, localOnly: boolean): Promise<Hono> {
  const app = new Hono();
  const guard: MiddlewareHandler = async (context, next) => {
    const { hostname } = new URL(context.req.url);
    if (localOnly && !isLoopback(hostname)) return context.text('This page answers to localhost only.\n', 403);
    return next();
  };
  for (const [path, { file, type }] of Object.entries(PAGE_FILES)) {
    const content = await readFile(new URL(`page/${file}`, import.meta.url), 'utf8');
    app.get(path, guard, (context) =>
      context.body(content, 200, { 'content-type': type, 'cache-control': 'no-cache' }),
    );
  }
  app.get('/api/complete', guard, (context) =>
    context.json(completeText(bot, context.req.query('line') ?? '').slice(0, 25)),
  );
  app.post('/api/answer', guard, bodyLimit({ maxSize: MAX_BODY_BYTES }), async (context) => {
    const body = questionSchema.safeParse(await context.req.json().catch(() => undefined));
    const question = !body.success
      ? undefined
      : 'text' in body.data
        ? bot.parse(body.data.text)
        : parseQuestionPath(body.data.path);
    if (!question) return context.json({ error: 'Send {"text": "…"} or {"path": "/drones"}.' }, 400);

    const reply = await bot.answer(question);
    const discord = renderers.discord(reply);
    const slack = renderers.slack(reply, { fileId: reply.image && 'attached' });
    const picture = reply.image && `data:image/png;base64,${Buffer.from(reply.image.png).toString('base64')}`;
    return context.json({
      title: reply.title,
      outcome: reply.outcome,
      path: composeQuestionPath(reply.question),
      discord: { payload: discord, html: drawDiscord(discord, picture) },
      slack: { payload: slack, html: drawSlack(slack, picture) },
    });
  });
  return app;
}
