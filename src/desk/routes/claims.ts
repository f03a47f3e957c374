import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { Library } from '../../core/library.ts';
import { capitalize } from '../../core/text.ts';
import { listQuestions, suggestWordings } from '../../editorial/suggest.ts';
import { HeldBack } from '../check-writes.ts';
import {
  applyDraft,
  chooseDraft,
  draftOf,
  faultsOf,
  listLabels,
  type OpenedTopic,
  readDraft,
  versionOfBlock,
  versionOfDraft,
  worded,
  writeBlock,
  writeDraft,
} from '../claim-drafts.ts';
import type { ClaimDraft } from '../claim-fields.ts';
import { type Desk, findArticle, findTopic, NotThere } from '../desk.ts';
import { removeClaim } from '../edit/claims.ts';
import { EditError } from '../edit/edit-error.ts';
import { readPage } from '../edit/read-page.ts';
import { removeAsks } from '../edit/wordings.ts';
import { ChangedMeanwhile, readVersion } from '../files.ts';
import { readForm, type SentForm } from '../form.ts';
import { topicPath } from '../paths.ts';
import type { PlacedFaults } from '../place-faults.ts';
import { splitSentences } from '../prefill.ts';
import { endClaim } from '../publish.ts';
import { composeChecked, composeClaimForm, composeSuggested } from '../views/claim-form.ts';
import { composeConflict } from '../views/conflict.ts';
import { composePanes } from '../views/panes.ts';
import { composeTopic, type HeldEnding } from '../views/topic.ts';

/** What a topic's page shows besides the topic. */
interface Shown {
  /** The claim in the form, and why it was not saved. */
  readonly editing?:
    | { readonly draft: ClaimDraft; readonly problem?: string | undefined; readonly held?: HeldBack | undefined }
    | undefined;
  readonly ending?: HeldEnding | undefined;
}

/** The source beside the claims, and what is done to a claim. */
export function addClaims(app: Hono, desk: Desk): void {
  const publisher = { ...desk.options, writer: desk.writer };
  const open = async (context: Context): Promise<OpenedTopic> => {
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
    return showTopic(context, opened, draft && { editing: { draft } });
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
        form.get('in-spite-of'),
      );
      return context.redirect(`${back}?saved=${encodeURIComponent(draft.id)}`, 303);
    } catch (error) {
      if (error instanceof ChangedMeanwhile)
        return showConflict(context, form, draft, draftOf(await open(context), draft.id));
      if (error instanceof HeldBack) return showTopic(context, opened, { editing: { draft, held: error } }, 422);
      if (!(error instanceof EditError)) throw error;
      return showTopic(context, opened, { editing: { draft, problem: capitalize(error.message) } }, 422);
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

  for (const [action, how] of [
    ['correct', 'corrected'],
    ['withdraw', 'withdrawn'],
  ] as const) {
    app.post(`/a/:article/t/:topic/claims/:claim/${action}`, async (context) => {
      const opened = await open(context);
      const form = await readForm(context);
      const claim = context.req.param('claim') ?? '';
      const { slug } = opened.article;
      const back = topicPath(slug, opened.topic.slug);
      const current = readPage(opened.page.text)?.claims.find(({ fields }) => fields.id === claim);
      const [text, why] = [form.get('text'), form.get('why')];
      if (current && versionOfBlock(current) !== form.get('version'))
        return showBoth(context, form, {
          action: `${back}/claims/${encodeURIComponent(claim)}/${action}`,
          version: versionOfBlock(current),
          mine: [...(text ? [text] : []), `${how}: ${why}`].join('\n'),
          theirs: writeBlock(current),
          back,
        });
      try {
        await endClaim(publisher, {
          article: slug,
          claim,
          how,
          why,
          text: how === 'corrected' ? text : undefined,
          today: desk.today(),
          version: opened.page.version,
          inSpiteOf: form.get('in-spite-of'),
        });
      } catch (error) {
        if (!(error instanceof HeldBack)) throw error;
        const ending = { claim, text, why, version: form.get('version'), held: error };
        return showTopic(context, opened, { ending }, 422);
      }
      return context.redirect(`${back}?saved=1`, 303);
    });
  }

  function showConflict(
    context: Context,
    form: SentForm,
    mine: ClaimDraft,
    theirs: ClaimDraft | undefined,
  ): Promise<Response> {
    const back = topicPath(context.req.param('article') ?? '', context.req.param('topic') ?? '');
    return showBoth(context, form, {
      action: `${back}/claims`,
      version: versionOfDraft(theirs),
      mine: writeDraft(mine),
      theirs: theirs && writeDraft(theirs),
      back,
    });
  }

  function showBoth(
    context: Context,
    form: SentForm,
    {
      version,
      theirs = 'This claim is gone.',
      ...parts
    }: { action: string; version: string; mine: string; theirs: string | undefined; back: string },
  ): Promise<Response> {
    const fields = form.entries.map(([name, value]) => [name, name === 'version' ? version : value] as const);
    const token = desk.protection.token(context);
    return desk.show(context, 'It changed meanwhile', composeConflict({ ...parts, theirs, fields, token }), 409);
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
    opened: OpenedTopic,
    { editing, ending }: Shown = {},
    status: 200 | 422 = 200,
  ): Promise<Response> {
    const { library, article, topic, page, wordings, notes } = opened;
    const token = desk.protection.token(context);
    const written = readPage(page.text);
    const { draft, problem, held } = editing ?? {};
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
        faults: held
          ? placeRemarks(opened, draft, held)
          : draft.isNew
            ? {}
            : faultsOf(topic, { page: page.text, wordings: wordings.text }, draft.id),
        labels: listLabels(written, notes.text),
        version: versionOfDraft(draftOf(opened, draft.id)),
        token,
        sentence,
        suggested: draft.isNew
          ? []
          : await suggest(library, topic.slug, `${article.slug}/${draft.id}`, Boolean(context.req.query('model'))),
        canAskModel: desk.options.suggestRemote !== undefined && context.req.query('model') === undefined,
        problem,
        held,
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
        now: context.req.query('now'),
        ending,
        chosen: draft && {
          paragraph: paragraph.split(',')[0]?.trim() ?? '',
          sentence: draft.isNew ? Number(context.req.query('sentence') ?? 0) : -1,
        },
      }),
      status,
    );
  }
}

/** What the article says against a claim, by the fields of its form. */
function placeRemarks(opened: OpenedTopic, draft: ClaimDraft, { remarks }: HeldBack): PlacedFaults {
  return faultsOf({ faults: remarks }, applyDraft(opened, draft), draft.id);
}
