import type { Context, Hono } from 'hono';
import { PLACEHOLDER } from '../../content/draft.ts';
import { NOTE_KINDS, type NoteKind } from '../../core/article.ts';
import { listQuestions, suggestOpen } from '../../editorial/suggest.ts';
import { type Desk, findArticle, findTopic } from '../desk.ts';
import { setClaim } from '../edit/claims.ts';
import { dropReferences, removeNote, setNote } from '../edit/notes.ts';
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
    return desk.save([write]);
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
    const head = {
      title: page?.title ?? '',
      summary: page?.summary.startsWith(PLACEHOLDER) ? '' : (page?.summary ?? ''),
      aliases: aliasesOf(page),
    };
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
    const page = readPage(text);
    const notes = page?.definitions ?? {};
    const claims = (page?.claims ?? []).flatMap(({ fields: { id }, text: said }) =>
      id ? [{ value: id, text: said }] : [],
    );
    const token = desk.protection.token(context);
    return desk.show(
      context,
      topic.title,
      composeNotes({ title: `Notes of ${topic.title}`, back, notes, claims, version, token, faults: topic.faults }),
    );
  });

  app.post('/a/:article/t/:topic/notes', async (context) => {
    const { topic, back } = await find(context);
    const form = await readForm(context);
    const file = await readVersion(topic.page);
    const label = form.get('label').trim();
    const text =
      form.get('remove') === 'yes'
        ? removeNote(file.text, label, false)
        : attach(setNote(file.text, label, readNote(form), false), form.get('claim'), label);
    await save(form, topic.page, file, text);
    return context.redirect(`${back}/notes?saved=1`, 303);
  });

  app.get('/a/:article/notes', async (context) => {
    const article = findArticle(await desk.read(), context.req.param('article'));
    const { text, version } = await readVersion(article.notes);
    const token = desk.protection.token(context);
    const notes = readSharedNotes(text)?.definitions ?? {};
    const claims = article.folder.topics.flatMap(({ slug, value }) =>
      (value?.claims ?? []).map(({ id, text: said }) => ({ value: `${slug}/${id}`, text: said })),
    );
    const parts = {
      title: 'Notes that several topics share',
      back: articlePath(article.slug),
      notes,
      claims,
      version,
      token,
    };
    return desk.show(context, 'Shared notes', composeNotes({ ...parts, faults: article.faults }));
  });

  app.post('/a/:article/notes', async (context) => {
    const article = findArticle(await desk.read(), context.req.param('article'));
    const form = await readForm(context);
    const file = await readVersion(article.notes);
    const before = file.text || '# Notes that several topics share\n';
    const label = form.get('label').trim();
    const seen = { path: article.notes, version: form.get('version') || file.version };
    if (form.get('remove') === 'yes') {
      const pages = await Promise.all(
        article.topics.map(async ({ page }) => ({ path: page, ...(await readVersion(page)) })),
      );
      const referring = pages.filter(
        (page) => page.text.includes(`[^${label}]`) && !page.text.includes(`[^${label}]:`),
      );
      // The topics come first: a reference that leads nowhere is worse than a note that nobody needs.
      await desk.save([
        ...referring.map((page) => ({ ...page, text: dropReferences(page.text, label) })),
        { ...seen, text: removeNote(before, label, true) },
      ]);
    } else {
      const [slug = '', claim = ''] = form.get('claim').split('/');
      const topic = slug ? findTopic(article, slug) : undefined;
      const page = topic && (await readVersion(topic.page));
      await desk.save([
        { ...seen, text: setNote(before, label, readNote(form), true) },
        ...(topic && page ? [{ path: topic.page, version: page.version, text: attach(page.text, claim, label) }] : []),
      ]);
    }
    return context.redirect(`${articlePath(article.slug)}/notes?saved=1`, 303);
  });
}

/** The page with a reference to the note after a claim; the same if no claim is named. */
function attach(page: string, claim: string, label: string): string {
  if (!claim) return page;
  const notes = readPage(page)?.claims.find(({ fields }) => fields.id === claim)?.notes ?? [];
  return notes.includes(label) ? page : setClaim(page, claim, { notes: [...notes, label] });
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
