import type { Hono } from 'hono';
import { writeNewTopic } from '../../content/new-topic.ts';
import { type Desk, findArticle, findTopic } from '../desk.ts';
import { readForm } from '../form.ts';
import { articlePath, topicPath } from '../paths.ts';
import { setState } from '../publish.ts';
import { composeArticle, composeArticles } from '../views/articles.ts';
import { composeRefused } from '../views/problem.ts';

/** Articles and topics with their states, and what changes these. */
export function addArticles(app: Hono, desk: Desk): void {
  const publisher = { ...desk.options, writer: desk.writer };
  app.get('/', async (context) => desk.show(context, 'Articles', composeArticles(await desk.read())));

  app.get('/a/:article', async (context) => {
    const article = findArticle(await desk.read(), context.req.param('article'));
    return desk.show(
      context,
      article.title,
      composeArticle(article, desk.protection.token(context), context.req.query('now')),
    );
  });

  app.post('/a/:article/topics', async (context) => {
    const article = findArticle(await desk.read(), context.req.param('article'));
    const slug = (await readForm(context)).get('slug').trim();
    await writeNewTopic(desk.options.directory, slug, desk.options.commands, article.slug);
    return context.redirect(topicPath(article.slug, slug), 303);
  });

  app.post('/a/:article/state', async (context) => {
    const article = findArticle(await desk.read(), context.req.param('article'));
    const form = await readForm(context);
    const back = articlePath(article.slug);
    const state = form.get('state') === 'live' ? 'live' : 'draft';
    const faults = await setState(publisher, { article: article.slug, all: form.get('topics') === 'all' }, state);
    return faults.length > 0
      ? desk.show(context, 'Not published', composeRefused(faults, back), 422)
      : context.redirect(`${back}?now=${state}`, 303);
  });

  app.post('/a/:article/t/:topic/state', async (context) => {
    const article = findArticle(await desk.read(), context.req.param('article'));
    const topic = findTopic(article, context.req.param('topic'));
    const back = topicPath(article.slug, topic.slug);
    const state = (await readForm(context)).get('state') === 'live' ? 'live' : 'draft';
    const faults = await setState(publisher, { article: article.slug, topic: topic.slug }, state);
    return faults.length > 0
      ? desk.show(context, 'Not published', composeRefused(faults, back), 422)
      : context.redirect(`${back}?now=${state}`, 303);
  });
}
