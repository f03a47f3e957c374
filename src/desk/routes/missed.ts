import type { Context, Hono } from 'hono';
import { addAsk, addOpen, composeWording } from '../../content/edit-wordings.ts';
import type { Library } from '../../core/library.ts';
import type { MissedQuestion } from '../../core/missed.ts';
import { type EffectQuestion, explainEffect, questionsOf, withWording } from '../../editorial/effect.ts';
import { readEffectQuestions } from '../../editorial/question-sets.ts';
import { type Desk, findArticle, findTopic, NotThere } from '../desk.ts';
import { EditError } from '../edit/edit-error.ts';
import { readVersion } from '../files.ts';
import { readForm } from '../form.ts';
import { listUnnamed } from '../list-unnamed.ts';
import { ROOT, topicPath } from '../paths.ts';
import { composeEffect, composeMissed } from '../views/missed.ts';

/** Questions from the content itself that an effect is measured by: with an embedding model each takes some hundredths of a second. */
const MOST_QUESTIONS = 120;

/** Where a missed question goes: under a claim, or among what the article leaves open. */
interface Choice {
  readonly id: string;
  readonly how: 'answers' | 'open';
  /** The claim's id in the library, or the topic's slug there. */
  readonly where: string;
  readonly wording: string;
}

/** What readers missed, and what editors do about it. */
export function addMissed(app: Hono, desk: Desk): void {
  const { missed } = desk.options;

  app.get('/missed', async (context) => {
    const { draft } = await desk.read();
    const token = desk.protection.token(context);
    return desk.show(
      context,
      'Missed questions',
      composeMissed(await missed?.list(), draft, token, context.req.query('settled')),
    );
  });

  // Looking at an effect changes nothing.
  app.get('/missed/effect', async (context) => {
    if (context.req.query('how') === 'new') return newClaim(context);
    const choice = readChoice((name) => context.req.query(name) ?? '');
    const group = await find(choice.id);
    const content = await desk.read();
    const { draft } = content;
    const place = placeOf(draft, choice);
    const topic = findTopic(findArticle(content, place.article), place.topic);
    const { text } = await readVersion(topic.wordings);
    const next = await desk.read(new Map([[topic.wordings, withChoice(text, choice, place.claim)]]));
    const known = new Set(topic.faults.map(({ what }) => what));
    const source = findArticle(content, place.article).source;
    const unnamed = choice.how === 'answers' ? listUnnamed(choice.wording, place, source) : [];
    const remarks = findTopic(findArticle(next, place.article), place.topic).faults.filter(
      ({ what }) => !known.has(what),
    );
    const sets = await readEffectQuestions(desk.options.directory);
    const questions: EffectQuestion[] = [
      ...questionsOf(draft.only([place.article]), MOST_QUESTIONS),
      ...sets,
      ...group.texts.map((text) => ({ text, wanted: 'unknown' as const })),
    ];
    const change =
      choice.how === 'answers'
        ? { claim: choice.where, question: choice.wording }
        : { topic: choice.where, question: choice.wording };
    const effect = await desk.options.measure(draft, withWording(draft, change), questions);
    const token = desk.protection.token(context);
    return desk.show(
      context,
      'The effect',
      composeEffect({ choice, place, remarks, unnamed, effect: explainEffect(effect), token }),
    );
  });

  app.post('/missed', async (context) => {
    const form = await readForm(context);
    if (form.get('how') === 'dismiss') {
      const { id } = await find(form.get('id'));
      await missed?.settle(id, 'dismiss');
      return context.redirect(`${ROOT}/missed?settled=dismiss`, 303);
    }
    const choice = readChoice(form.get);
    await find(choice.id);
    const content = await desk.read();
    const place = placeOf(content.draft, choice);
    const topic = findTopic(findArticle(content, place.article), place.topic);
    const { text, version } = await readVersion(topic.wordings);
    const next = withChoice(text, choice, place.claim);
    if (next !== text) await desk.save([{ path: topic.wordings, version, text: next }]);
    await missed?.settle(choice.id, choice.how);
    return context.redirect(`${ROOT}/missed?settled=${choice.how}`, 303);
  });

  /** The form for a new claim with the question under it. */
  async function newClaim(context: Context): Promise<Response> {
    const choice = readChoice((name) => (name === 'how' ? 'open' : (context.req.query(name) ?? '')));
    const { article, topic } = placeOf((await desk.read()).draft, choice);
    const asked = new URLSearchParams({ new: '1', ask: choice.wording });
    return context.redirect(`${topicPath(article, topic)}?${asked}#claim`, 303);
  }

  async function find(id: string): Promise<MissedQuestion> {
    const found = (await missed?.list())?.find((one) => one.id === id);
    if (!found) throw new NotThere('This question is no longer on the list', 'Somebody has dealt with it.');
    return found;
  }
}

function readChoice(get: (name: string) => string): Choice {
  const how = get('how') === 'open' ? 'open' : 'answers';
  const wording = composeWording(get('wording')).trim();
  if (!wording) throw new EditError('there is no wording', 'Write the question as people ask it.');
  const where = get(how === 'open' ? 'topic' : 'claim');
  if (!where)
    throw new EditError(
      `no ${how === 'open' ? 'topic' : 'claim'} is chosen`,
      how === 'open'
        ? 'Go back, and choose the topic that it belongs to.'
        : 'Go back, and choose the claim that answers it.',
    );
  return { id: get('id'), how, where, wording };
}

/** The topic's wordings with the question. */
function withChoice(yaml: string, { how, wording }: Choice, claim = ''): string {
  return how === 'answers' ? addAsk(yaml, claim, wording) : addOpen(yaml, wording);
}

/** Where the question goes, by names that the content folder knows. Throws NotThere. */
function placeOf({ topics }: Library, { how, where }: Choice) {
  const found = topics.find((one) => (how === 'open' ? one.slug === where : one.claims.some(({ id }) => id === where)));
  if (!found) throw new NotThere('There is no such claim or topic', 'It may have been removed.');
  const claim = how === 'answers' ? where.slice(found.article.slug.length + 1) : undefined;
  const said = found.claims.find(({ id }) => id === where);
  return {
    article: found.article.slug,
    topic: found.name,
    title: found.title,
    claim,
    text: said?.text,
    said,
    record: found.article,
  };
}
