import type { Hono } from 'hono';
import { MAX_QUESTION_LENGTH } from '../../core/question.ts';
import { explainFindings } from '../../editorial/explain.ts';
import { type Desk, findArticle, findTopic } from '../desk.ts';
import { composePanes, drawReply } from '../views/panes.ts';
import { composeNothingLive, composePreview } from '../views/preview.ts';

/** A topic as it looks, and the answer to a question that an editor tries. Nothing of it is counted. */
export function addTrying(app: Hono, desk: Desk): void {
  app.get('/a/:article/t/:topic/preview', async (context) => {
    const content = await desk.read();
    const article = findArticle(content, context.req.param('article'));
    const topic = findTopic(article, context.req.param('topic'));
    const of = context.req.query('of') === 'live' ? 'live' : 'draft';
    const question = (context.req.query('question') ?? '').slice(0, MAX_QUESTION_LENGTH).trim();
    const library = of === 'live' ? content.live : content.draft;
    const parts = { article, topic, of, question } as const;
    const isLive = content.articles.some(({ topics }) => topics.some(({ state }) => state === 'live'));
    if (!library || library.topics.length === 0)
      return desk.show(context, topic.title, composeNothingLive({ ...parts, isLive }));
    const trial = await desk.trials.of(library);
    if (!question) {
      const panes = await composePanes(trial, library, article.slug, topic.slug);
      return desk.show(context, topic.title, composePreview({ ...parts, panes, words: [] }));
    }
    const words = explainFindings(await trial.search.ask(question));
    const panes = await drawReply(trial, await trial.bot.answer(trial.bot.parse(question)));
    return desk.show(context, topic.title, composePreview({ ...parts, panes, words }));
  });
}
