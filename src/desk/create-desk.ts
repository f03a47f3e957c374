import { readFile } from 'node:fs/promises';
import type { HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { reasonOf, UserError } from '../core/errors.ts';
import { capitalize } from '../core/text.ts';
import { createDeskParts, NotThere } from './desk.ts';
import type { DeskOptions } from './desk-options.ts';
import { ChangedMeanwhile } from './files.ts';
import { ROOT } from './paths.ts';
import { addArticles } from './routes/articles.ts';
import { addChanges } from './routes/changes.ts';
import { addClaims } from './routes/claims.ts';
import { addDigests } from './routes/digests.ts';
import { addFiles } from './routes/files.ts';
import { addImport } from './routes/import.ts';
import { addMissed } from './routes/missed.ts';
import { addRecord } from './routes/record.ts';
import { addTopicParts } from './routes/topic-parts.ts';
import { addTrying } from './routes/trying.ts';
import { composeProblem } from './views/problem.ts';

const SCRIPT = 'text/javascript; charset=utf-8';
const STYLE = 'text/css; charset=utf-8';

/**
 * The editors' desk: pages at /desk on which articles are worded, looked at and published. The content folder stays the only
 * store: all that the desk does is a change to its files.
 */
export async function createDesk(options: DeskOptions): Promise<Hono> {
  const desk = createDeskParts(options);
  const app = new Hono().basePath(ROOT);

  app.use(async (context, next) => {
    const seconds = await options.gate(`desk:${addressOf(context)}`);
    if (seconds === 0) return next();
    context.header('retry-after', String(seconds));
    return context.text(`That was a lot at once. Try again in ${seconds} s.\n`, 429);
  });
  app.use(options.guard);
  app.use(async (context, next) => {
    await next();
    // Drafts stay out of every cache.
    context.header('cache-control', 'no-store');
  });
  app.use(desk.protection.check);

  const serve = (path: string, content: string, type: string) =>
    app.get(path, (context) => context.body(content, 200, { 'content-type': type }));
  const page = (file: string) => readFile(new URL(`page/${file}`, import.meta.url), 'utf8');
  serve('/desk.css', await page('desk.css'), STYLE);
  serve('/desk.js', await page('desk.js'), SCRIPT);
  serve('/look.css', await readFile(options.look, 'utf8'), STYLE);
  const htmx = import.meta.resolve('htmx.org/dist/htmx.min.js');
  serve('/htmx.js', await readFile(new URL(htmx), 'utf8'), SCRIPT);
  serve(
    '/sides.css',
    (await Promise.all(options.sideStyles.map((style) => readFile(style, 'utf8')))).join('\n'),
    STYLE,
  );

  for (const add of [
    addArticles,
    addImport,
    addRecord,
    addTopicParts,
    addTrying,
    addFiles,
    addChanges,
    addDigests,
    addMissed,
    addClaims,
  ])
    add(app, desk);

  // Whatever else stands below the desk's address is shown in its frame, too.
  app.all('/*', (context) => {
    if (context.req.path === `${ROOT}/`) return context.redirect(ROOT, 301);
    throw new NotThere('There is nothing here', 'Choose one of the views above.');
  });
  app.onError(async (error, context) => {
    const back = backFrom(context.req.path);
    const tell = (title: string, what: string, status: 404 | 409 | 422) =>
      desk.show(context, title, composeProblem(title, what, back), status);
    if (error instanceof NotThere) return desk.show(context, error.what, composeProblem(error.what, error.remedy), 404);
    if (error instanceof ChangedMeanwhile)
      return tell(
        'It changed meanwhile',
        'Somebody saved this file after you had opened it. Go back, copy what you wrote, reload the page and paste it.',
        409,
      );
    if (error instanceof UserError) return tell('That can’t be done', capitalize(error.message), 422);
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM')
      return tell(
        'That can’t be saved',
        `The bot may not write into the content folder (${reasonOf(error)}). Give it the right to, or edit the files where they are.`,
        422,
      );
    throw error;
  });
  return app;
}

/** Who asks, by the address of the connection; the same for all who come through one proxy. */
function addressOf(context: Context): string {
  return (context.env as Partial<HttpBindings>)?.incoming?.socket?.remoteAddress ?? 'unknown';
}

/** The page of the topic or the article that an address belongs to. */
function backFrom(path: string): string {
  return /^\/desk\/a\/[^/]+(\/t\/[^/]+)?/.exec(path)?.[0] ?? ROOT;
}
