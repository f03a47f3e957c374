import type { Context, Hono } from 'hono';
import { PLACEHOLDER } from '../../content/draft.ts';
import type { Fault } from '../../content/fault.ts';
import { NOTE_FIELDS } from '../../content/keywords.ts';
import { parseYaml } from '../../content/parse-yaml.ts';
import { show } from '../../content/read.ts';
import { NOTE_KINDS, type NoteKind } from '../../core/article.ts';
import { capitalize } from '../../core/text.ts';
import { listQuestions, suggestOpen } from '../../editorial/suggest.ts';
import { HeldBack } from '../check-writes.ts';
import { type Desk, findArticle, findTopic } from '../desk.ts';
import { setClaim } from '../edit/claims.ts';
import { EditError } from '../edit/edit-error.ts';
import { dropReferences, removeNote, setNote } from '../edit/notes.ts';
import { type PageHead, setHead } from '../edit/page-head.ts';
import { readPage, readSharedNotes, type WrittenPage } from '../edit/read-page.ts';
import { readOpen, setOpen } from '../edit/wordings.ts';
import { readVersion, type Version, type Write } from '../files.ts';
import { listLines, readForm, type SentForm } from '../form.ts';
import { articlePath, topicPath } from '../paths.ts';
import { type PlacedFaults, placeByKey, placeFaults } from '../place-faults.ts';
import type { DeskArticle, DeskTopic } from '../read-desk.ts';
import { composeChecked } from '../views/fields.ts';
import { composeHeadForm, composeNotes, composeOpen, noteKey, noteKeys } from '../views/topic-parts.ts';

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
    return desk.save([write], form.get('in-spite-of'));
  };
  /** Does what was sent. If that is refused, `again` shows the form with what was typed, and why. */
  const attempt = async (act: () => Promise<Response>, again: (refused: Refused) => Promise<Response>) => {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof EditError) && !(error instanceof HeldBack)) throw error;
      return again({
        problem: capitalize(error.message),
        held: error instanceof HeldBack ? error : undefined,
      });
    }
  };

  app.get('/a/:article/t/:topic/open', (context) => showOpen(context));

  async function showOpen(context: Context, form?: SentForm, refused?: Refused): Promise<Response> {
    const { article, topic, back } = await find(context);
    const { text, version } = await readVersion(topic.wordings);
    const token = desk.protection.token(context);
    const { draft } = await desk.read();
    const found = draft.topics.find((one) => one.article.slug === article.slug && one.name === topic.slug);
    const suggested = found ? suggestOpen(found, listQuestions(draft.topics)) : [];
    return desk.show(
      context,
      topic.title,
      composeOpen({
        topic,
        back,
        questions: form ? listLines(form.get('open')) : readOpen(text),
        suggested,
        version: form?.get('version') || version,
        token,
        ...stateOf(context, topic, openFaults(topic, text)),
        ...refused,
      }),
      refused ? 422 : 200,
    );
  }

  app.post('/a/:article/t/:topic/open', async (context) => {
    const { topic, back } = await find(context);
    const form = await readForm(context);
    return attempt(
      async () => {
        const file = await readVersion(topic.wordings);
        const text = setOpen(file.text, listLines(form.get('open')));
        await save(form, topic.wordings, file, text);
        // Whoever saved faults stays where they are mended.
        const faults = openFaults((await find(context)).topic, text);
        return context.redirect(hasFaults(faults) ? `${back}/open?saved=1` : `${back}?saved=open`, 303);
      },
      (refused) => showOpen(context, form, refused),
    );
  });

  app.post('/a/:article/t/:topic/open/check', async (context) => {
    const { topic } = await find(context);
    const form = await readForm(context);
    const { text } = await readVersion(topic.wordings);
    return check(context, ['open'], topic.wordings, () => setOpen(text, listLines(form.get('open'))), openFaults);
  });

  app.get('/a/:article/t/:topic/head', (context) => showHead(context));

  async function showHead(context: Context, form?: SentForm, refused?: Refused): Promise<Response> {
    const { topic, back } = await find(context);
    const { text, version } = await readVersion(topic.page);
    const page = readPage(text);
    const token = desk.protection.token(context);
    const head = {
      title: page?.title ?? '',
      summary: page?.summary.startsWith(PLACEHOLDER) ? '' : (page?.summary ?? ''),
      aliases: aliasesOf(page),
    };
    return desk.show(
      context,
      topic.title,
      composeHeadForm({
        topic,
        back,
        head: form ? readHead(form) : head,
        version: form?.get('version') || version,
        token,
        ...stateOf(context, topic, headFaults(topic, text)),
        ...refused,
      }),
      refused ? 422 : 200,
    );
  }

  app.post('/a/:article/t/:topic/head', async (context) => {
    const { topic, back } = await find(context);
    const form = await readForm(context);
    return attempt(
      async () => {
        const file = await readVersion(topic.page);
        const text = setHead(file.text, readHead(form));
        await save(form, topic.page, file, text);
        const faults = headFaults((await find(context)).topic, text);
        return context.redirect(hasFaults(faults) ? `${back}/head?saved=1` : `${back}?saved=head`, 303);
      },
      (refused) => showHead(context, form, refused),
    );
  });

  app.post('/a/:article/t/:topic/head/check', async (context) => {
    const { topic } = await find(context);
    const form = await readForm(context);
    const { text } = await readVersion(topic.page);
    return check(context, HEAD, topic.page, () => setHead(text, readHead(form)), headFaults);
  });

  app.get('/a/:article/t/:topic/notes', (context) => showNotes(context));

  async function showNotes(context: Context, form?: SentForm, refused?: Refused): Promise<Response> {
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
      composeNotes({
        title: `Notes of ${topic.title}`,
        back,
        notes,
        claims,
        version: form?.get('version') || version,
        token,
        typed: form && readTyped(form),
        ...stateOf(context, topic, noteFaults(page, faultsIn(topic.faults, topic.page))),
        ...refused,
      }),
      refused ? 422 : 200,
    );
  }

  app.post('/a/:article/t/:topic/notes', async (context) => {
    const { topic, back } = await find(context);
    const form = await readForm(context);
    return attempt(
      async () => {
        const file = await readVersion(topic.page);
        const label = form.get('label').trim();
        const text =
          form.get('remove') === 'yes'
            ? removeNote(file.text, label, false)
            : attach(setNote(file.text, label, readNote(form), false), form.get('claim'), label);
        await save(form, topic.page, file, text);
        return context.redirect(`${back}/notes?saved=1`, 303);
      },
      (refused) => showNotes(context, form, refused),
    );
  });

  app.post('/a/:article/t/:topic/notes/check', async (context) => {
    const { topic } = await find(context);
    const form = await readForm(context);
    const { text } = await readVersion(topic.page);
    const label = form.get('label').trim();
    return check(
      context,
      noteKeys(form.get('form')),
      topic.page,
      () => attach(setNote(text, label, readNote(form), false), form.get('claim'), label),
      (found, next) =>
        pickNote(noteFaults(readPage(next), faultsIn(found.faults, found.page)), label, form.get('form')),
    );
  });

  app.get('/a/:article/notes', (context) => showShared(context));

  async function showShared(context: Context, form?: SentForm, refused?: Refused): Promise<Response> {
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
      version: form?.get('version') || version,
      token,
      typed: form && readTyped(form),
    };
    const faults = noteFaults(readSharedNotes(text), faultsIn(article.faults, article.notes));
    const page = composeNotes({ ...parts, ...stateOf(context, article, faults), ...refused });
    return desk.show(context, 'Shared notes', page, refused ? 422 : 200);
  }

  app.post('/a/:article/notes/check', async (context) => {
    const article = findArticle(await desk.read(), context.req.param('article'));
    const form = await readForm(context);
    const before = (await readVersion(article.notes)).text || SHARED;
    const label = form.get('label').trim();
    return checkText(context, noteKeys(form.get('form')), async () => {
      const next = setNote(before, label, readNote(form), true);
      const now = findArticle(await desk.read(new Map([[article.notes, next]])), article.slug);
      // A new note belongs to nothing before it is saved.
      const faults = faultsIn(now.faults, article.notes).filter(({ code }) => code !== 'note-unused');
      return pickNote(noteFaults(readSharedNotes(next), faults), label, form.get('form'));
    });
  });

  /** The faults that a topic's form would have, as an answer to a check. */
  function check(
    context: Context,
    keys: readonly string[],
    path: string,
    apply: () => string,
    faultsOf: (topic: DeskTopic, text: string) => PlacedFaults,
  ): Promise<Response> {
    return checkText(context, keys, async () => {
      const text = apply();
      const article = findArticle(await desk.read(new Map([[path, text]])), context.req.param('article'));
      return faultsOf(findTopic(article, context.req.param('topic')), text);
    });
  }

  async function checkText(
    context: Context,
    keys: readonly string[],
    look: () => Promise<PlacedFaults>,
  ): Promise<Response> {
    try {
      return desk.part(context, composeChecked(await look(), keys));
    } catch (error) {
      if (!(error instanceof EditError)) throw error;
      const { what, remedy } = error;
      return desk.part(context, composeChecked({ '': [{ code: 'yaml', file: '', line: 1, what, remedy }] }, keys));
    }
  }

  app.post('/a/:article/notes', async (context) => {
    const article = findArticle(await desk.read(), context.req.param('article'));
    const form = await readForm(context);
    return attempt(
      () => saveShared(context, article, form),
      (refused) => showShared(context, form, refused),
    );
  });

  async function saveShared(context: Context, article: DeskArticle, form: SentForm): Promise<Response> {
    const file = await readVersion(article.notes);
    const before = file.text || SHARED;
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
      await desk.save(
        [
          ...referring.map((page) => ({ ...page, text: dropReferences(page.text, label) })),
          { ...seen, text: removeNote(before, label, true) },
        ],
        form.get('in-spite-of'),
      );
    } else {
      const [slug = '', claim = ''] = form.get('claim').split('/');
      const topic = slug ? findTopic(article, slug) : undefined;
      const page = topic && (await readVersion(topic.page));
      await desk.save(
        [
          { ...seen, text: setNote(before, label, readNote(form), true) },
          ...(topic && page
            ? [{ path: topic.page, version: page.version, text: attach(page.text, claim, label) }]
            : []),
        ],
        form.get('in-spite-of'),
      );
    }
    return context.redirect(`${articlePath(article.slug)}/notes?saved=1`, 303);
  }
}

/** Why a form was not saved. */
interface Refused {
  readonly problem: string;
  readonly held: HeldBack | undefined;
}

/** What a notes.md begins with. */
const SHARED = '# Notes that several topics share\n';
const HEAD = ['title', 'summary', 'aliases'];

function readHead(form: SentForm): PageHead {
  return { title: form.get('title'), summary: form.get('summary'), aliases: listLines(form.get('aliases')) };
}

/** What a form shows of how it stands. */
function stateOf(context: Context, { state }: DeskArticle | DeskTopic, faults: PlacedFaults) {
  return { faults, saved: context.req.query('saved') !== undefined, isLive: state === 'live' };
}

/** A note as it was sent. */
function readTyped(form: SentForm) {
  const { kind, text, fields } = readNote(form);
  const keys = new Map<string, string>(Object.entries(NOTE_FIELDS).map(([key, name]) => [name, key]));
  const byKey = Object.entries(fields).map(([name, value]) => [keys.get(name) ?? name, value]);
  const note = { text, notes: [], fields: { ...Object.fromEntries(byKey), kind } };
  return { label: form.get('label').trim(), claim: form.get('claim'), note };
}

function hasFaults(faults: PlacedFaults): boolean {
  return Object.values(faults).flat().length > 0;
}

function faultsIn(faults: readonly Fault[], path: string): Fault[] {
  return faults.filter(({ file }) => file === show(path));
}

function headFaults({ faults, page }: DeskTopic, text: string): PlacedFaults {
  const { places } = readPage(text) ?? { places: new Map<string, number>() };
  const { text: _, ...placed } = placeByKey(faultsIn(faults, page), places, HEAD);
  return placed;
}

function openFaults({ faults, wordings }: DeskTopic, text: string): PlacedFaults {
  const { open = [] } = placeByKey(faultsIn(faults, wordings), parseYaml('', text).lines, ['open']);
  return open.length > 0 ? { open } : {};
}

/** The faults of all notes of a file, by field and label. */
function noteFaults(page: WrittenPage | undefined, faults: readonly Fault[]): PlacedFaults {
  if (!page) return {};
  return Object.fromEntries(
    Object.keys(page.definitions).flatMap((label) =>
      Object.entries(placeFaults(faults, page.places, `definitions.${label}`)).map(([key, own]) => [
        noteKey(key, label),
        own,
      ]),
    ),
  );
}

/** Those of one note, by the fields of the form in which it is written; a new one is in that without a label. */
function pickNote(faults: PlacedFaults, label: string, form: string): PlacedFaults {
  const own = new Set(noteKeys(label));
  return Object.fromEntries(
    Object.entries(faults).flatMap(([key, found]) =>
      own.has(key) ? [[noteKey(key.slice(0, key.length - label.length - 1), form), found]] : [],
    ),
  );
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
