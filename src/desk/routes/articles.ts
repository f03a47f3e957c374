import type { Context, Hono } from 'hono';
import { NewTopicError, writeNewTopic } from '../../content/new-topic.ts';
import { capitalize } from '../../core/text.ts';
import { HeldBack } from '../check-writes.ts';
import { type Desk, findArticle, findTopic } from '../desk.ts';
import { readForm } from '../form.ts';
import { listInTheWay } from '../in-the-way.ts';
import { locateFault } from '../locate-fault.ts';
import { articlePath, topicPath } from '../paths.ts';
import { type Published, planState, setState } from '../publish.ts';
import { type ArticleParts, composeArticle, composeArticles } from '../views/articles.ts';
import { composeHeld, composeRefused } from '../views/problem.ts';

/** Articles and topics with their states, and what changes these. */
export function addArticles(app: Hono, desk: Desk): void {
  const publisher = { ...desk.options, writer: desk.writer };
  app.get('/', async (context) => desk.show(context, 'Articles', composeArticles(await desk.read())));

  app.get('/a/:article', (context) => showArticle(context));

  app.post('/a/:article/topics', async (context) => {
    const article = findArticle(await desk.read(), context.req.param('article'));
    const form = await readForm(context);
    const [slug, title] = [form.get('slug').trim(), form.get('title').trim()];
    try {
      await writeNewTopic(desk.options.directory, slug, desk.options.commands, article.slug, title || undefined);
      await desk.options.record?.({ action: 'content.save', about: `${article.slug}/topics/${slug}.md` });
      return context.redirect(topicPath(article.slug, slug), 303);
    } catch (error) {
      if (!(error instanceof NewTopicError)) throw error;
      return showArticle(context, { refused: { slug, title, problem: capitalize(error.message) } }, 422);
    }
  });

  app.post('/a/:article/state', async (context) => {
    const { slug } = findArticle(await desk.read(), context.req.param('article'));
    return changeState(context, { article: slug }, articlePath(slug));
  });

  app.post('/a/:article/t/:topic/state', async (context) => {
    const article = findArticle(await desk.read(), context.req.param('article'));
    const topic = findTopic(article, context.req.param('topic'));
    const published = { article: article.slug, topic: topic.slug };
    return changeState(context, published, topicPath(article.slug, topic.slug));
  });

  async function changeState(context: Context, what: Published, back: string): Promise<Response> {
    const form = await readForm(context);
    const published = { ...what, all: form.get('topics') === 'all' };
    const state = form.get('state') === 'live' ? 'live' : 'draft';
    const place = async () => {
      const { folder } = await planState(publisher, published, state);
      return (fault: Parameters<typeof locateFault>[1]) => locateFault(folder, fault);
    };
    try {
      const faults = await setState(publisher, published, state, form.get('in-spite-of'));
      return faults.length > 0
        ? desk.show(context, 'Not published', composeRefused(faults, back, await place()), 422)
        : context.redirect(`${back}?now=${state}`, 303);
    } catch (error) {
      if (!(error instanceof HeldBack)) throw error;
      const fields = form.entries.filter(([name]) => name !== 'in-spite-of');
      const token = desk.protection.token(context);
      const page = composeHeld(error, { action: `${back}/state`, fields, back, token }, await place());
      return desk.show(context, 'Not published yet', page, 422);
    }
  }

  async function showArticle(
    context: Context,
    more: Pick<ArticleParts, 'refused'> = {},
    status: 200 | 422 = 200,
  ): Promise<Response> {
    const content = await desk.read();
    const article = findArticle(content, context.req.param('article'));
    const page = composeArticle({
      article,
      content,
      token: desk.protection.token(context),
      now: context.req.query('now'),
      imported: context.req.query('imported'),
      inTheWay: article.state === 'draft' ? await listInTheWay(publisher, { article: article.slug, all: true }) : [],
      ...more,
    });
    return desk.show(context, article.title, page, status);
  }
}
