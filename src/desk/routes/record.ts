import type { Context, Hono } from 'hono';
import { parseYaml } from '../../content/parse-yaml.ts';
import { show } from '../../content/read.ts';
import { capitalize } from '../../core/text.ts';
import { findSpeakers } from '../../import/find-speakers.ts';
import { HeldBack, WouldBreak } from '../check-writes.ts';
import { type Desk, findArticle } from '../desk.ts';
import { EditError } from '../edit/edit-error.ts';
import { readRecord, setRecord } from '../edit/record.ts';
import { ChangedMeanwhile, readVersion, type Version } from '../files.ts';
import { readForm, type SentForm } from '../form.ts';
import { filePath, recordPath } from '../paths.ts';
import { type PlacedFaults, placeByKey } from '../place-faults.ts';
import type { DeskArticle } from '../read-desk.ts';
import { RECORD_FIELDS, RECORD_ORDER, readRecordForm } from '../record-fields.ts';
import { composeConflict } from '../views/conflict.ts';
import { composeChecked } from '../views/fields.ts';
import { composeRecordForm } from '../views/record.ts';

const KEYS = RECORD_FIELDS.map(({ key }) => key);
const LINES = ['text', ...KEYS];
const REFUSED = 'Nothing is saved yet: readers get answers from this, and it would have faults.';

/** The record of an article as a form. */
export function addRecord(app: Hono, desk: Desk): void {
  const find = async (context: Context) => {
    const article = findArticle(await desk.read(), context.req.param('article'));
    return { article, file: await readVersion(article.record) };
  };

  app.get('/a/:article/record', async (context) => {
    const { article, file } = await find(context);
    try {
      readRecord(file.text);
    } catch (error) {
      if (!(error instanceof EditError)) throw error;
      // What is too broken for the form is mended as text.
      return context.redirect(filePath(article.slug, 'record'), 303);
    }
    return showForm(context, article, file, { saved: context.req.query('saved') !== undefined });
  });

  app.post('/a/:article/record/check', async (context) => {
    const { article, file } = await find(context);
    try {
      const text = apply(file, await readForm(context));
      const content = await desk.read(new Map([[article.record, text]]));
      const faults = faultsOf(findArticle(content, article.slug), text);
      return desk.part(context, composeChecked(faults, LINES));
    } catch (error) {
      if (!(error instanceof EditError)) throw error;
      return desk.part(context, composeChecked(placeError(error), LINES));
    }
  });

  app.post('/a/:article/record', async (context) => {
    const { article, file } = await find(context);
    const form = await readForm(context);
    const seen = form.get('version') || file.version;
    try {
      const text = apply(file, form);
      if (text !== file.text) await desk.save([{ path: article.record, version: seen, text }], form.get('in-spite-of'));
      return context.redirect(`${recordPath(article.slug)}?saved=1`, 303);
    } catch (error) {
      if (error instanceof ChangedMeanwhile) return showConflict(context, article, error.current, form);
      if (!(error instanceof EditError) && !(error instanceof HeldBack)) throw error;
      return showForm(context, article, file, { form, error }, 422);
    }
  });

  function showForm(
    context: Context,
    article: DeskArticle,
    file: Version,
    { form, error, saved = false }: { form?: SentForm; error?: EditError | HeldBack; saved?: boolean },
    status: 200 | 422 = 200,
  ): Promise<Response> {
    const before = readRecord(file.text);
    const proposed = before.people === undefined && article.state === 'draft' ? proposePeople(article) : {};
    const own = show(article.record);
    const broken = error instanceof WouldBreak ? error.faults.filter((fault) => fault.file === own) : undefined;
    const placed =
      broken && form ? placeByKey(broken, parseYaml('', apply(file, form)).lines, KEYS) : faultsOf(article, file.text);
    // What is wrong in the topics because of it stands at no field here.
    const isPlaced = error instanceof WouldBreak && Object.values(placed).flat().length === error.faults.length;
    const parts = {
      article: article.slug,
      title: article.title,
      values: form ? { ...before, ...readRecordForm(form, before, true) } : { ...proposed, ...before },
      proposed: !form && proposed.people !== undefined,
      faults: placed,
      version: form?.get('version') || file.version,
      token: desk.protection.token(context),
      problem: isPlaced ? `${REFUSED} What is wrong stands at the fields.` : error && capitalize(error.message),
      held: error instanceof HeldBack ? error : undefined,
      saved,
    };
    return desk.show(context, 'The article’s record', composeRecordForm(parts), status);
  }

  function showConflict(context: Context, article: DeskArticle, now: Version, form: SentForm): Promise<Response> {
    const conflict = composeConflict({
      action: recordPath(article.slug),
      fields: form.entries.map(([name, value]) => [name, name === 'version' ? now.version : value]),
      mine: apply(now, form),
      theirs: now.text,
      back: recordPath(article.slug),
      token: desk.protection.token(context),
    });
    return desk.show(context, 'It changed meanwhile', conflict, 409);
  }
}

/** Those who speak in the article under two names or more: an import finds them, and an editor decides on them. */
function proposePeople({ source }: DeskArticle): { people?: Record<string, object> } {
  const speakers = new Set(findSpeakers([...(source?.values() ?? [])]).flat());
  const people = [...speakers].filter((name) => /^(\p{Lu}[\p{L}’'-]+ ){1,3}\p{Lu}[\p{L}’'-]+$/u.test(name));
  return people.length > 0 ? { people: Object.fromEntries(people.map((name) => [name, {}])) } : {};
}

/** The record as the form would make it. Throws EditError. */
function apply({ text }: Version, form: SentForm): string {
  return setRecord(text, readRecordForm(form, readRecord(text)), RECORD_ORDER);
}

function faultsOf({ faults, record }: DeskArticle, text: string): PlacedFaults {
  const own = faults.filter(({ file }) => file === show(record));
  return placeByKey(own, parseYaml('', text).lines, KEYS);
}

function placeError({ what, remedy }: EditError): PlacedFaults {
  return { text: [{ code: 'yaml', file: '', line: 1, what, remedy }] };
}
