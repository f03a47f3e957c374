import type { Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { Library } from '../../core/library.ts';
import { capitalize } from '../../core/text.ts';
import { listQuestions, suggestWordings } from '../../editorial/suggest.ts';
import { splitSentences } from '../../import/split-sentences.ts';
import { HeldBack, WouldBreak } from '../check-writes.ts';
import {
  applyDraft,
  chooseDraft,
  currentOf,
  draftOf,
  faultsOf,
  freeId,
  idOf,
  idsOf,
  listLabels,
  type OpenedTopic,
  readDraft,
  saidBefore,
  saysOtherwise,
  sentenceOf,
  versionOfBlock,
  versionOfDraft,
  worded,
  writeBlock,
  writeDraft,
} from '../claim-drafts.ts';
import { type ClaimDraft, FIELDS } from '../claim-fields.ts';
import { type Desk, findArticle, findTopic, NotThere } from '../desk.ts';
import { moveClaim, removeClaim, setClaim } from '../edit/claims.ts';
import { wasLive } from '../edit/draft.ts';
import { EditError } from '../edit/edit-error.ts';
import { readPage } from '../edit/read-page.ts';
import { removeAsks } from '../edit/wordings.ts';
import { ChangedMeanwhile, readVersion } from '../files.ts';
import { readForm, type SentForm } from '../form.ts';
import { listInTheWay } from '../in-the-way.ts';
import { topicPath } from '../paths.ts';
import type { PlacedFaults } from '../place-faults.ts';
import { addCorrection, endClaim } from '../publish.ts';
import type { DeskArticle, DeskContent } from '../read-desk.ts';
import { type ClaimChange, composeClaimForm, composeSuggested } from '../views/claim-form.ts';
import { composeConflict } from '../views/conflict.ts';
import { composeChecked } from '../views/fields.ts';
import { composePanes } from '../views/panes.ts';
import { composeTopic } from '../views/topic.ts';

/** What a topic's page shows besides the topic: the claim in the form, what becomes of it, and why it was not saved. */
interface Editing {
  readonly draft: ClaimDraft;
  readonly change?: ClaimChange | undefined;
  /** The sentence that it is about, as the form brought it. */
  readonly sentence?: string | undefined;
  readonly problem?: string | undefined;
  readonly faults?: PlacedFaults | undefined;
  readonly held?: HeldBack | undefined;
}

/** A topic's files, and all other content. */
type Opened = OpenedTopic & {
  readonly content: DeskContent;
  /** Readers see it, or saw it before it became a draft again. */
  readonly isSeen: boolean;
};

/** Those of the form's fields that show faults. */
const keysOf = ({ isNew, nextId }: ClaimDraft) => [
  'text',
  ...(isNew || nextId !== undefined ? ['id'] : []),
  ...FIELDS.map(({ key }) => key),
  'asks',
];

/** The source beside the claims, and what is done to a claim. */
export function addClaims(app: Hono, desk: Desk): void {
  const publisher = { ...desk.options, writer: desk.writer };
  const open = async (context: Context): Promise<Opened> => {
    const content = await desk.read();
    const article = findArticle(content, context.req.param('article'));
    const topic = findTopic(article, context.req.param('topic'));
    const [page, wordings, notes] = await Promise.all([topic.page, topic.wordings, article.notes].map(readVersion));
    if (!page || !wordings || !notes) throw new NotThere('There is no such topic', 'It may have been removed.');
    const record = await readVersion(article.record);
    const isSeen = topic.state === 'live' || [page, record].some(({ text }) => wasLive(text));
    return { content, library: content.draft, article, topic, page, wordings, notes, isSeen };
  };

  app.get('/a/:article/t/:topic', async (context) => {
    const opened = await open(context);
    const draft = chooseDraft(opened, context);
    const how = context.req.query('correct') === undefined ? '' : 'corrected';
    return showTopic(context, opened, draft && { draft, change: { how, why: '' } });
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
      const faults = faultsOf(findTopic(article, opened.topic.slug), next, idOf(draft));
      const suggested = await suggest(content.draft, opened.topic.slug, `${article.slug}/${idOf(draft)}`);
      const panes = await composePanes(
        await desk.trials.of(content.draft),
        content.draft,
        article.slug,
        opened.topic.slug,
      );
      return desk.part(
        context,
        html`${composeChecked(faults, keysOf(draft))}${composeSuggested(suggested, true)}<section class="preview" aria-label="As it will look" id="preview" hx-swap-oob="true"><h3>As it will look</h3>${panes}</section>`,
      );
    } catch (error) {
      if (!(error instanceof EditError)) throw error;
      return desk.part(
        context,
        composeChecked(
          { text: [{ code: 'yaml', file: '', line: 1, what: error.what, remedy: error.remedy }] },
          keysOf(draft),
        ),
      );
    }
  });

  app.post('/a/:article/t/:topic/claims', async (context) => {
    const opened = await open(context);
    const form = await readForm(context);
    const draft = readDraft(form, opened);
    const back = topicPath(opened.article.slug, opened.topic.slug);
    const current = currentOf(opened, draft, knownOf(form));
    // Others may have changed other claims of the same file: this one is all that counts.
    if (!draft.isNew && versionOfDraft(current) !== form.get('version'))
      return showConflict(context, opened, form, draft);
    const change = readChange(form);
    const editing = { draft, change, sentence: form.get('about') };
    try {
      const isSeen = opened.isSeen && Boolean(current?.text);
      const asked = isSeen && !draft.isNew && current && saysOtherwise(current, draft);
      if (asked && !change.how)
        throw new EditError(
          'readers may have seen other words. Nothing is saved yet',
          'Say below whether the claim was wrong, or whether only its wording is better.',
        );
      const other = asked && change.how === 'wording' ? saidBefore(current, draft) : [];
      if (other.length > 0)
        throw new EditError(
          `more than the wording differs: the ${other.join(', the ')}. Nothing is saved yet`,
          'Change that back, or say below that the claim was wrong, and what.',
        );
      const corrects = isSeen && !draft.isNew && change.how === 'corrected';
      if (corrects && !change.why) throw new EditError('readers have to be told why', 'Write below what was wrong.');
      const next = applyDraft(
        opened,
        draft,
        corrects ? { corrected: addCorrection(desk.today(), change.why, correctedOf(opened, draft.id)) } : {},
      );
      await desk.save(
        [
          { path: opened.topic.page, before: opened.page, text: next.page },
          { path: opened.topic.wordings, before: opened.wordings, text: next.wordings },
        ].flatMap(({ path, before, text }) => (text === before.text ? [] : [{ path, version: before.version, text }])),
        form.get('in-spite-of'),
        corrects ? { action: 'content.correct', about: `${opened.article.slug}/${draft.id}` } : undefined,
      );
      const said = corrects ? 'corrected' : idOf(draft);
      return context.redirect(`${back}?saved=${encodeURIComponent(said)}`, 303);
    } catch (error) {
      if (error instanceof ChangedMeanwhile) return showConflict(context, await open(context), form, draft);
      if (error instanceof HeldBack) return showTopic(context, opened, { ...editing, held: error }, 422);
      if (!(error instanceof EditError)) throw error;
      if (error instanceof WouldBreak) {
        const faults = faultsOf(error, applyDraft(opened, draft), idOf(draft));
        const isPlaced = Object.values(faults).flat().length === error.faults.length;
        const problem = isPlaced ? REFUSED : capitalize(error.message);
        return showTopic(context, opened, { ...editing, problem, faults }, 422);
      }
      return showTopic(context, opened, { ...editing, problem: capitalize(error.message) }, 422);
    }
  });

  app.post('/a/:article/t/:topic/claims/:claim/move', async (context) => {
    const { article, topic, page } = await open(context);
    const way = (await readForm(context)).get('way') === 'up' ? 'up' : 'down';
    const text = moveClaim(page.text, context.req.param('claim') ?? '', way);
    if (text !== page.text) await desk.save([{ path: topic.page, version: page.version, text }]);
    return context.redirect(`${topicPath(article.slug, topic.slug)}?saved=moved`, 303);
  });

  app.post('/a/:article/t/:topic/claims/:claim/remove', async (context) => {
    const opened = await open(context);
    const { article, topic, page, wordings } = opened;
    const id = context.req.param('claim') ?? '';
    if ((await readForm(context)).get('sure') !== 'yes')
      throw new EditError('this would remove the claim and its wordings', 'Press Remove, then Remove it.');
    if (opened.isSeen && draftOf(opened, id)?.text)
      throw new EditError('readers may have seen this claim', 'Withdraw it instead.');
    await desk.save([
      { path: topic.page, version: page.version, text: removeClaim(page.text, id) },
      ...(wordings.text
        ? [{ path: topic.wordings, version: wordings.version, text: removeAsks(wordings.text, id) }]
        : []),
    ]);
    return context.redirect(`${topicPath(article.slug, topic.slug)}?saved=removed`, 303);
  });

  app.post('/a/:article/t/:topic/claims/:claim/restore', async (context) => {
    const { article, topic, page } = await open(context);
    const text = setClaim(page.text, context.req.param('claim') ?? '', { fields: { withdrawn: '' } });
    const sent = (await readForm(context)).get('in-spite-of');
    await desk.save([{ path: topic.page, version: page.version, text }], sent);
    return context.redirect(`${topicPath(article.slug, topic.slug)}?saved=restored`, 303);
  });

  app.post('/a/:article/t/:topic/claims/:claim/withdraw', async (context) => {
    const opened = await open(context);
    const form = await readForm(context);
    const claim = context.req.param('claim') ?? '';
    const back = topicPath(opened.article.slug, opened.topic.slug);
    const current = readPage(opened.page.text)?.claims.find(({ fields }) => fields.id === claim);
    const why = form.get('why');
    if (current && versionOfBlock(current) !== form.get('version'))
      return showBoth(context, form, {
        action: `${back}/claims/${encodeURIComponent(claim)}/withdraw`,
        version: versionOfBlock(current),
        mine: `withdrawn: ${why}`,
        theirs: writeBlock(current),
        back,
      });
    const version = opened.page.version;
    const article = opened.article.slug;
    await endClaim(publisher, { article, claim, how: 'withdrawn', why, today: desk.today(), version });
    return context.redirect(`${back}?saved=withdrawn`, 303);
  });

  /** Both versions of a claim. Whoever saves theirs saves it over the one that is there now, or anew if it is gone. */
  function showConflict(context: Context, opened: Opened, form: SentForm, mine: ClaimDraft): Promise<Response> {
    const back = topicPath(opened.article.slug, opened.topic.slug);
    const theirs = mine.isNew ? undefined : currentOf(opened, mine, knownOf(form));
    const changes = theirs
      ? { id: theirs.id, 'next-id': theirs.text ? '' : undefined }
      : { new: '1', id: freeId(opened, idOf(mine)) };
    return showBoth(context, form, {
      action: `${back}/claims`,
      version: versionOfDraft(theirs),
      mine: writeDraft(mine),
      theirs: theirs && writeDraft(theirs),
      back,
      changes,
    });
  }

  function showBoth(
    context: Context,
    form: SentForm,
    {
      version,
      theirs = 'This claim is gone: somebody removed it. If you save yours, it is a claim again.',
      changes = {},
      ...parts
    }: {
      action: string;
      version: string;
      mine: string;
      theirs: string | undefined;
      back: string;
      changes?: Readonly<Record<string, string | undefined>>;
    },
  ): Promise<Response> {
    const next = new Map([...form.entries, ['version', version] as const]);
    for (const [name, value] of Object.entries(changes)) if (value !== undefined) next.set(name, value);
    const repeated = form.entries.filter(([name]) => name === 'note');
    const fields = [...[...next].filter(([name]) => name !== 'note'), ...repeated];
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
    opened: Opened,
    editing?: Editing,
    status: 200 | 422 = 200,
  ): Promise<Response> {
    const { content, library, article, topic, page, wordings, notes } = opened;
    const token = desk.protection.token(context);
    const written = readPage(page.text);
    const { draft, change, problem, held } = editing ?? {};
    const paragraph = draft?.fields.paragraph ?? '';
    const isOn = draft?.isNew || context.req.query('paragraph') !== undefined || Boolean(editing?.sentence);
    const sentence = isOn ? editing?.sentence || sentenceOf(article, paragraph, context) : '';
    const form =
      draft &&
      composeClaimForm({
        article: article.slug,
        topic: topic.slug,
        draft,
        faults: held
          ? placeRemarks(opened, draft, held)
          : (editing?.faults ??
            (draft.isNew ? {} : faultsOf(topic, { page: page.text, wordings: wordings.text }, draft.id))),
        labels: listLabels(written, notes.text),
        version: versionOfDraft(draftOf(opened, draft.id)),
        known: idsOf(opened),
        token,
        sentence,
        cited: sentence ? [] : citedBy(article, paragraph),
        suggested: draft.isNew
          ? []
          : await suggest(library, topic.slug, `${article.slug}/${draft.id}`, Boolean(context.req.query('model'))),
        canAskModel: desk.options.suggestRemote !== undefined && context.req.query('model') === undefined,
        change:
          opened.isSeen && !draft.isNew && draftOf(opened, draft.id)?.text
            ? (change ?? { how: '', why: '' })
            : undefined,
        problem,
        held,
      });
    const inTheWay =
      topic.state === 'draft' && !draft
        ? await listInTheWay(publisher, { article: article.slug, topic: topic.slug })
        : [];
    return desk.show(
      context,
      topic.title,
      composeTopic({
        article,
        content,
        topic,
        page: written,
        token,
        form,
        inTheWay,
        // What was typed for a claim that is gone stays in a form, too.
        editing: draft && !draft.isNew && idsOf(opened).includes(draft.id) ? draft.id : undefined,
        saved: context.req.query('saved'),
        now: context.req.query('now'),
        isSeen: opened.isSeen,
        chosen: draft && {
          paragraph: paragraph.split(',')[0]?.trim() ?? '',
          sentence: sentence ? splitSentences(article.source?.get(paragraph) ?? '').indexOf(sentence) : -1,
        },
      }),
      status,
    );
  }
}

const REFUSED =
  'Nothing is saved yet: readers get answers from this, and it would have faults. They stand at the fields.';

/** The paragraphs that a claim cites, in the article's own words. */
function citedBy({ source }: DeskArticle, paragraph: string): [label: string, text: string][] {
  return paragraph.split(',').flatMap((one): [string, string][] => {
    const text = source?.get(one.trim());
    return text === undefined ? [] : [[one.trim(), text]];
  });
}

/** What readers were told of a claim before. */
function correctedOf({ page }: OpenedTopic, id: string): string | undefined {
  return readPage(page.text)?.claims.find(({ fields }) => fields.id === id)?.fields.corrected;
}

/** The ids of the topic's claims as the form was opened. */
function knownOf(form: SentForm): string[] {
  return form.get('known').split(' ');
}

function readChange(form: SentForm): ClaimChange {
  const how = form.get('change');
  return { how: how === 'wording' || how === 'corrected' ? how : '', why: form.get('why').trim() };
}

/** What the article says against a claim, by the fields of its form. */
function placeRemarks(opened: OpenedTopic, draft: ClaimDraft, { remarks }: HeldBack): PlacedFaults {
  return faultsOf({ faults: remarks }, applyDraft(opened, draft), idOf(draft));
}
