import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import { PLACEHOLDER } from '../../content/draft.ts';
import { parseYaml } from '../../content/parse-yaml.ts';
import type { Library } from '../../core/library.ts';
import { toSlug } from '../../core/slug.ts';
import { listQuestions, suggestWordings } from '../../editorial/suggest.ts';
import { type ClaimDraft, FIELDS } from '../claim-fields.ts';
import { type Desk, findArticle, findTopic, NotThere } from '../desk.ts';
import { addClaim, removeClaim, setClaim } from '../edit/claims.ts';
import { EditError } from '../edit/edit-error.ts';
import { readPage, readSharedNotes, type WrittenPage } from '../edit/read-page.ts';
import { readAsks, removeAsks, setAsks } from '../edit/wordings.ts';
import { ChangedMeanwhile, readVersion, type Version, versionOf } from '../files.ts';
import { listLines, readForm, type SentForm } from '../form.ts';
import { topicPath } from '../paths.ts';
import { type PlacedFaults, placeFaults } from '../place-faults.ts';
import { prefillClaim, splitSentences } from '../prefill.ts';
import type { DeskArticle, DeskTopic } from '../read-desk.ts';
import { composeChecked, composeClaimForm, composeSuggested } from '../views/claim-form.ts';
import { composeConflict } from '../views/conflict.ts';
import { composePanes } from '../views/panes.ts';
import { composeTopic } from '../views/topic.ts';

/** A topic's two files as they are now. */
interface Opened {
  readonly library: Library;
  readonly article: DeskArticle;
  readonly topic: DeskTopic;
  readonly page: Version;
  readonly wordings: Version;
  readonly notes: Version;
}

/** The source beside the claims, and what is done to a claim. */
export function addClaims(app: Hono, desk: Desk): void {
  const open = async (context: Context): Promise<Opened> => {
    const content = await desk.read();
    const article = findArticle(content, context.req.param('article'));
    const topic = findTopic(article, context.req.param('topic'));
    const [page, wordings, notes] = await Promise.all([topic.page, topic.wordings, article.notes].map(readVersion));
    if (!page || !wordings || !notes) throw new NotThere('There is no such topic', 'It may have been removed.');
    return { library: content.draft, article, topic, page, wordings, notes };
  };

  app.get('/a/:article/t/:topic', async (context) => {
    const opened = await open(context);
    const draft = chooseDraft(opened, context);
    return showTopic(context, opened, draft && { draft });
  });

  app.post('/a/:article/t/:topic/claims/check', async (context) => {
    const opened = await open(context);
    const draft = readDraft(await readForm(context), opened);
    try {
      const next = applyDraft(opened, draft);
      const overlay = new Map([
        [opened.topic.page, next.page],
        [opened.topic.wordings, next.wordings],
      ]);
      const content = await desk.read(overlay);
      const article = findArticle(content, opened.article.slug);
      const faults = faultsOf(findTopic(article, opened.topic.slug), next, draft.id);
      const suggested = await suggest(content.draft, opened.topic.slug, `${article.slug}/${draft.id}`);
      const panes = await composePanes(
        await desk.trials.of(content.draft),
        content.draft,
        article.slug,
        opened.topic.slug,
      );
      return desk.part(
        context,
        html`${composeChecked(faults, draft.isNew)}${composeSuggested(suggested, true)}<section class="preview" aria-label="As it will look" id="preview" hx-swap-oob="true"><h3>As it will look</h3>${panes}</section>`,
      );
    } catch (error) {
      if (!(error instanceof EditError)) throw error;
      return desk.part(
        context,
        composeChecked(
          { text: [{ code: 'yaml', file: '', line: 1, what: error.what, remedy: error.remedy }] },
          draft.isNew,
        ),
      );
    }
  });

  app.post('/a/:article/t/:topic/claims', async (context) => {
    const opened = await open(context);
    const form = await readForm(context);
    const draft = readDraft(form, opened);
    const back = topicPath(opened.article.slug, opened.topic.slug);
    const current = draftOf(opened, draft.id);
    // Others may have changed other claims of the same file: this one is all that counts.
    if (!draft.isNew && versionOfDraft(current) !== form.get('version'))
      return showConflict(context, form, draft, current);
    try {
      const next = applyDraft(opened, draft);
      await desk.save(
        [
          { path: opened.topic.page, before: opened.page, text: next.page },
          { path: opened.topic.wordings, before: opened.wordings, text: next.wordings },
        ].flatMap(({ path, before, text }) => (text === before.text ? [] : [{ path, version: before.version, text }])),
      );
      return context.redirect(`${back}?saved=${encodeURIComponent(draft.id)}`, 303);
    } catch (error) {
      if (error instanceof ChangedMeanwhile)
        return showConflict(context, form, draft, draftOf(await open(context), draft.id));
      if (!(error instanceof EditError)) throw error;
      return showTopic(context, opened, { draft, problem: error.message }, 422);
    }
  });

  app.post('/a/:article/t/:topic/claims/:claim/remove', async (context) => {
    const { article, topic, page, wordings } = await open(context);
    const id = context.req.param('claim') ?? '';
    if (topic.state === 'live') throw new EditError('readers may have seen this claim', 'Withdraw it instead.');
    await desk.save([
      { path: topic.page, version: page.version, text: removeClaim(page.text, id) },
      ...(wordings.text
        ? [{ path: topic.wordings, version: wordings.version, text: removeAsks(wordings.text, id) }]
        : []),
    ]);
    return context.redirect(`${topicPath(article.slug, topic.slug)}?saved=1`, 303);
  });

  function showConflict(
    context: Context,
    form: SentForm,
    mine: ClaimDraft,
    theirs: ClaimDraft | undefined,
  ): Promise<Response> {
    const back = topicPath(context.req.param('article') ?? '', context.req.param('topic') ?? '');
    return desk.show(
      context,
      'It changed meanwhile',
      composeConflict({
        action: `${back}/claims`,
        fields: form.entries.map(([name, value]) => [name, name === 'version' ? versionOfDraft(theirs) : value]),
        mine: writeDraft(mine),
        theirs: theirs ? writeDraft(theirs) : 'This claim is gone.',
        back,
        token: desk.protection.token(context),
      }),
      409,
    );
  }

  /** Wordings that the claim lacks: by patterns, and by a model if the editor asks it. None if nobody has worded it yet. */
  async function suggest(
    library: Library,
    topic: string,
    claim: string,
    asksModel = false,
  ): Promise<readonly string[]> {
    const found = library.topics.find(({ name, claims }) => name === topic && claims.some(({ id }) => id === claim));
    const own = found?.claims.find(({ id }) => id === claim);
    if (!found || !own || !worded(own.text)) return [];
    const { suggestRemote } = desk.options;
    const remote = suggestRemote && asksModel ? await suggestRemote(own, found) : [];
    return [...remote, ...suggestWordings(own, found, listQuestions(library.topics))];
  }

  async function showTopic(
    context: Context,
    opened: Opened,
    editing?: { readonly draft: ClaimDraft; readonly problem?: string | undefined },
    status: 200 | 422 = 200,
  ): Promise<Response> {
    const { library, article, topic, page, wordings, notes } = opened;
    const token = desk.protection.token(context);
    const written = readPage(page.text);
    const { draft, problem } = editing ?? {};
    const paragraph = draft?.fields.paragraph ?? '';
    const sentence = draft?.isNew
      ? splitSentences(article.source?.get(paragraph) ?? '')[Number(context.req.query('sentence') ?? 0)]
      : undefined;
    const form =
      draft &&
      composeClaimForm({
        article: article.slug,
        topic: topic.slug,
        draft,
        faults: draft.isNew ? {} : faultsOf(topic, { page: page.text, wordings: wordings.text }, draft.id),
        labels: listLabels(written, notes.text),
        version: versionOfDraft(draftOf(opened, draft.id)),
        token,
        sentence,
        suggested: draft.isNew
          ? []
          : await suggest(library, topic.slug, `${article.slug}/${draft.id}`, Boolean(context.req.query('model'))),
        canAskModel: desk.options.suggestRemote !== undefined && context.req.query('model') === undefined,
        problem,
      });
    return desk.show(
      context,
      topic.title,
      composeTopic({
        article,
        topic,
        page: written,
        token,
        form,
        editing: draft && !draft.isNew ? draft.id : undefined,
        saved: context.req.query('saved'),
        chosen: draft && {
          paragraph: paragraph.split(',')[0]?.trim() ?? '',
          sentence: draft.isNew ? Number(context.req.query('sentence') ?? 0) : -1,
        },
      }),
      status,
    );
  }
}

/** The claim that an address asks to edit: one there is, or a new one on a sentence. */
function chooseDraft(opened: Opened, context: Context): ClaimDraft | undefined {
  const id = context.req.query('claim');
  if (id !== undefined) {
    const draft = draftOf(opened, id);
    if (!draft) throw new NotThere('There is no such claim', 'It may have been removed.');
    return draft;
  }
  const paragraph = context.req.query('paragraph');
  if (paragraph === undefined && context.req.query('new') === undefined) return undefined;
  const { article, topic, page } = opened;
  const name = article.paragraphs.map(String).find((one) => one === paragraph) ?? '';
  const sentence = splitSentences(article.source?.get(name) ?? '')[Number(context.req.query('sentence') ?? 0)] ?? '';
  return {
    id: freeId(topic.slug, name, readPage(page.text)),
    isNew: true,
    text: '',
    fields: {
      ...prefillClaim(article.source ?? new Map(), name, sentence, article.folder.article.value),
      paragraph: name,
    },
    notes: [],
    asks: [],
  };
}

function freeId(topic: string, paragraph: string, page: WrittenPage | undefined): string {
  const taken = new Set(page?.claims.map(({ fields }) => fields.id));
  const base = toSlug(`${topic}-${paragraph}`, 36);
  for (let count = 1; ; count += 1) {
    const id = count === 1 ? base : `${base}-${count}`;
    if (!taken.has(id)) return id;
  }
}

function draftOf({ page, wordings }: Opened, id: string): ClaimDraft | undefined {
  const claim = readPage(page.text)?.claims.find(({ fields }) => fields.id === id);
  if (!claim) return undefined;
  const fields = Object.fromEntries(FIELDS.map(({ name, key }) => [name, worded(claim.fields[key] ?? '')]));
  return { id, isNew: false, text: worded(claim.text), fields, notes: claim.notes, asks: tryAsks(wordings.text, id) };
}

/** A text that somebody has worded; empty if it only holds its place. */
function worded(text: string): string {
  return text.startsWith(PLACEHOLDER) ? '' : text;
}

/** No questions if the file can't be read: its faults are shown beside. */
function tryAsks(yaml: string, id: string): string[] {
  try {
    return readAsks(yaml, id);
  } catch {
    return [];
  }
}

/** Tells whether a claim and its wordings are still the same. */
function versionOfDraft(draft: ClaimDraft | undefined): string {
  return versionOf(JSON.stringify(draft ?? null));
}

function readDraft(form: SentForm, { page }: Opened): ClaimDraft {
  const id = form.get('id').trim();
  const known = readPage(page.text)?.claims.find(({ fields }) => fields.id === id);
  const chosen = form.all('note');
  return {
    id,
    isNew: form.get('new') !== '',
    text: form.get('text'),
    fields: Object.fromEntries(FIELDS.map(({ name }) => [name, form.get(name)])),
    // In the order in which they were, the new ones last.
    notes: [
      ...(known?.notes.filter((one) => chosen.includes(one)) ?? []),
      ...chosen.filter((one) => !known?.notes.includes(one)),
    ],
    asks: listLines(form.get('asks')),
  };
}

/** The topic's files with the claim in them. Throws EditError. */
function applyDraft({ page, wordings }: Opened, draft: ClaimDraft): { page: string; wordings: string } {
  const { id, isNew, text, notes } = draft;
  if (!text.trim()) throw new EditError('the claim has no text yet', 'Write what the article says, in your own words.');
  const next = isNew
    ? addClaim(page.text, { text, notes, fields: { id, ...draft.fields } })
    : setClaim(page.text, id, { text, notes, fields: draft.fields });
  const hasAsks = draft.asks.length > 0 || tryAsks(wordings.text, id).length > 0;
  return { page: next, wordings: hasAsks ? setAsks(wordings.text, id, draft.asks) : wordings.text };
}

/** The faults of a claim by the form's fields. */
function faultsOf(
  { faults }: DeskTopic,
  texts: { readonly page: string; readonly wordings: string },
  id: string,
): PlacedFaults {
  const page = readPage(texts.page);
  const index = page?.claims.findIndex(({ fields }) => fields.id === id) ?? -1;
  if (!page || index < 0) return {};
  const inPage = faults.filter(({ file }) => file.endsWith('.md'));
  const inWordings = faults.filter(({ file }) => file.endsWith('.yaml'));
  const { lines } = parseYaml('', texts.wordings);
  const asks = Object.values(placeFaults(inWordings, lines, `asks.${id}`)).flat();
  return { ...placeFaults(inPage, page.places, `claims.${index}`), ...(asks.length > 0 ? { asks } : {}) };
}

function listLabels(page: WrittenPage | undefined, shared: string): string[] {
  const labels = [...Object.keys(page?.definitions ?? {}), ...Object.keys(readSharedNotes(shared)?.definitions ?? {})];
  return [...new Set(labels)];
}

/** A claim as people compare it. */
function writeDraft({ text, fields, notes, asks }: ClaimDraft): string {
  const written = Object.entries(fields).flatMap(([name, value]) => (value ? [`${name}: ${value}`] : []));
  return [
    text,
    ...written,
    ...(notes.length > 0 ? [`notes: ${notes.join(', ')}`] : []),
    ...asks.map((ask) => `? ${ask}`),
  ].join('\n');
}
