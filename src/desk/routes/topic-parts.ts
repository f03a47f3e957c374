import type { Context, Hono } from 'hono';
import { NOTE_KINDS, type NoteKind } from '../../core/article.ts';
import { listQuestions, suggestOpen } from '../../editorial/suggest.ts';
import { type Desk, findArticle, findTopic } from '../desk.ts';
import { setNote } from '../edit/notes.ts';
import { setHead } from '../edit/page-head.ts';
import { readPage, readSharedNotes } from '../edit/read-page.ts';
import { readOpen, setOpen } from '../edit/wordings.ts';
import { readVersion, type Version, type Write } from '../files.ts';
import { listLines, readForm, type SentForm } from '../form.ts';
import { articlePath, topicPath } from '../paths.ts';
import type { DeskArticle, DeskTopic } from '../read-desk.ts';
import { composeHeadForm, composeNotes, composeOpen } from '../views/topic-parts.ts';

/** What belongs to a topic beside its claims: its head, its notes, and the questions that the article leaves open. */
export function addTopicParts(app: Hono, desk: Desk): void {
  const find = async (context: Context): Promise<{ article: DeskArticle; topic: DeskTopic; back: string }> => {
    const article = findArticle(await desk.read(), context.req.param('article'));
    const topic = findTopic(article, context.req.param('topic'));
    return { article, topic, back: topicPath(article.slug, topic.slug) };
  };
  /** A change to one file: the version that the editor saw is the one that is changed. */
  const save = (form: SentForm, path: string, { version }: Version, text: string): Promise<void> => {
    const seen = form.get('version');
    const write: Write = { path, version: seen || version, text };
    return desk.writer.save([write]);
  };

  app.get('/a/:article/t/:topic/open', async (context) => {
    const { article, topic, back } = await find(context);
    const { text, version } = await readVersion(topic.wordings);
    const token = desk.protection.token(context);
    const { draft } = await desk.read();
    const found = draft.topics.find((one) => one.article.slug === article.slug && one.name === topic.slug);
    const suggested = found ? suggestOpen(found, listQuestions(draft.topics)) : [];
    return desk.show(
      context,
      topic.title,
      composeOpen({ topic, back, questions: readOpen(text), suggested, version, token }),
    );
  });

  app.post('/a/:article/t/:topic/open', async (context) => {
    const { topic, back } = await find(context);
    const form = await readForm(context);
    const file = await readVersion(topic.wordings);
    await save(form, topic.wordings, file, setOpen(file.text, listLines(form.get('open'))));
    return context.redirect(`${back}?saved=1`, 303);
  });

  app.get('/a/:article/t/:topic/head', async (context) => {
    const { topic, back } = await find(context);
    const { text, version } = await readVersion(topic.page);
    const page = readPage(text);
    const token = desk.protection.token(context);
    const head = { title: page?.title ?? '', summary: page?.summary ?? '', aliases: aliasesOf(page) };
    return desk.show(context, topic.title, composeHeadForm({ topic, back, head, version, token }));
  });

  app.post('/a/:article/t/:topic/head', async (context) => {
    const { topic, back } = await find(context);
    const form = await readForm(context);
    const file = await readVersion(topic.page);
    const head = { title: form.get('title'), summary: form.get('summary'), aliases: listLines(form.get('aliases')) };
    await save(form, topic.page, file, setHead(file.text, head));
    return context.redirect(`${back}?saved=1`, 303);
  });

  app.get('/a/:article/t/:topic/notes', async (context) => {
    const { topic, back } = await find(context);
    const { text, version } = await readVersion(topic.page);
    const notes = readPage(text)?.definitions ?? {};
    const token = desk.protection.token(context);
    return desk.show(
      context,
      topic.title,
      composeNotes({ title: `Notes of ${topic.title}`, back, notes, version, token, faults: topic.faults }),
    );
  });

  app.post('/a/:article/t/:topic/notes', async (context) => {
    const { topic, back } = await find(context);
    const form = await readForm(context);
    const file = await readVersion(topic.page);
    await save(form, topic.page, file, setNote(file.text, form.get('label').trim(), readNote(form), false));
    return context.redirect(`${back}/notes?saved=1`, 303);
  });

  app.get('/a/:article/notes', async (context) => {
    const article = findArticle(await desk.read(), context.req.param('article'));
    const { text, version } = await readVersion(article.notes);
    const token = desk.protection.token(context);
    const notes = readSharedNotes(text)?.definitions ?? {};
    const parts = { title: 'Notes that several topics share', back: articlePath(article.slug), notes, version, token };
    return desk.show(context, 'Shared notes', composeNotes({ ...parts, faults: article.faults }));
  });

  app.post('/a/:article/notes', async (context) => {
    const article = findArticle(await desk.read(), context.req.param('article'));
    const form = await readForm(context);
    const file = await readVersion(article.notes);
    const before = file.text || '# Notes that several topics share\n';
    await save(form, article.notes, file, setNote(before, form.get('label').trim(), readNote(form), true));
    return context.redirect(`${articlePath(article.slug)}/notes?saved=1`, 303);
  });
}

function readNote(form: SentForm) {
  const kind: NoteKind = NOTE_KINDS.find((one) => one === form.get('kind')) ?? 'context';
  const fields = Object.fromEntries(
    ['source', 'url', 'as of', 'review by', 'owner'].map((name) => [name, form.get(name)]),
  );
  return { kind, text: form.get('text'), fields };
}

function aliasesOf(page: object | undefined): string[] {
  const { aliases } = (page ?? {}) as { aliases?: unknown };
  return Array.isArray(aliases) ? aliases.map(String) : [];
}
