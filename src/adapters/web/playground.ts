import { readFile } from 'node:fs/promises';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { z } from 'zod';
import type { Bot } from '../../core/bot.ts';
import { completeText } from '../../core/complete-text.ts';
import { composeQuestionPath, parseQuestionPath } from '../../core/question.ts';
import type { Reply } from '../../core/reply.ts';
import { type DiscordPayload, drawDiscord } from './draw-discord.ts';
import { drawSlack, type SlackPayload } from './draw-slack.ts';

/** The platforms' own renderers; what the page shows is drawn from their payloads. */
export interface Renderers {
  discord(reply: Reply): DiscordPayload;
  slack(reply: Reply): SlackPayload;
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

/** The local page on which the bot can be tried without any platform. */
export async function createPlayground(bot: Bot, renderers: Renderers): Promise<Hono> {
  const app = new Hono();
  for (const [path, { file, type }] of Object.entries(PAGE_FILES)) {
    const content = await readFile(new URL(`page/${file}`, import.meta.url), 'utf8');
    app.get(path, (context) => context.body(content, 200, { 'content-type': type, 'cache-control': 'no-cache' }));
  }
  app.get('/api/complete', (context) => context.json(completeText(bot, context.req.query('line') ?? '').slice(0, 25)));
  app.post('/api/answer', bodyLimit({ maxSize: MAX_BODY_BYTES }), async (context) => {
    const body = questionSchema.safeParse(await context.req.json().catch(() => undefined));
    const question = !body.success
      ? undefined
      : 'text' in body.data
        ? bot.parse(body.data.text)
        : parseQuestionPath(body.data.path);
    if (!question) return context.json({ error: 'Send {"text": "…"} or {"path": "/drones"}.' }, 400);

    const reply = await bot.answer(question);
    const discord = renderers.discord(reply);
    const slack = renderers.slack(reply);
    return context.json({
      title: reply.title,
      outcome: reply.outcome,
      path: composeQuestionPath(reply.question),
      discord: { payload: discord, html: drawDiscord(discord) },
      slack: { payload: slack, html: drawSlack(slack) },
    });
  });
  return app;
}
