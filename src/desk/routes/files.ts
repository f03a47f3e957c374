import type { Context, Hono } from 'hono';
import { show } from '../../content/read.ts';
import type { UserError } from '../../core/errors.ts';
import { capitalize } from '../../core/text.ts';
import { HeldBack } from '../check-writes.ts';
import { type Desk, findArticle, findTopic, NotThere } from '../desk.ts';
import { EditError } from '../edit/edit-error.ts';
import { ChangedMeanwhile, readVersion } from '../files.ts';
import { readForm } from '../form.ts';
import { articlePath, filePath, topicPath } from '../paths.ts';
import type { DeskArticle, DeskContent } from '../read-desk.ts';
import { composeConflict } from '../views/conflict.ts';
import { listFaults } from '../views/faults.ts';
import { composeFile } from '../views/file.ts';

const KINDS = ['record', 'notes', 'page', 'wordings'] as const;
type Kind = (typeof KINDS)[number];

interface Named {
  readonly article: DeskArticle;
  readonly kind: Kind;
  readonly topic: string;
  /** Never from the browser: it was found when the content folder was read. */
  readonly path: string;
  readonly title: string;
  readonly back: string;
}

/** Every file of an article as text, for what the forms don't know and for what is too broken for them. */
export function addFiles(app: Hono, desk: Desk): void {
  for (const route of ['/a/:article/file/:kind', '/a/:article/file/:kind/:topic']) {
    app.get(route, async (context) => {
      const content = await desk.read();
      const file = nameFile(content, context);
      const { text, version } = await readVersion(file.path);
      return desk.show(context, file.title, compose(file, text, version, content, desk.protection.token(context)));
    });

    app.post(`${route}/check`, async (context) => {
      const file = nameFile(await desk.read(), context);
      const { text } = await readText(context, file);
      const content = await desk.read(new Map([[file.path, text]]));
      return desk.part(context, listFaults(faultsOf(content, file), 'Faults'));
    });

    app.post(route, async (context) => {
      const file = nameFile(await desk.read(), context);
      const form = await readForm(context);
      const { text } = await readText(context, file);
      try {
        await desk.save([{ path: file.path, version: form.get('version'), text }], form.get('in-spite-of'));
        return context.redirect(`${file.back}?saved=1`, 303);
      } catch (error) {
        if (error instanceof EditError || error instanceof HeldBack) {
          const token = desk.protection.token(context);
          const page = compose(file, text, form.get('version'), await desk.read(), token, error);
          return desk.show(context, file.title, page, 422);
        }
        if (!(error instanceof ChangedMeanwhile)) throw error;
        const { current } = error;
        const conflict = composeConflict({
          action: filePath(file.article.slug, file.kind, file.topic),
          fields: form.entries.map(([name, value]) => [name, name === 'version' ? current.version : value]),
          mine: text,
          theirs: current.text,
          back: filePath(file.article.slug, file.kind, file.topic),
          token: desk.protection.token(context),
        });
        return desk.show(context, 'It changed meanwhile', conflict, 409);
      }
    });
  }

  /** What was sent, with the line ends that the file has. */
  async function readText(context: Context, { path }: Named): Promise<{ text: string }> {
    const sent = (await readForm(context)).get('text');
    const { text } = await readVersion(path);
    return { text: text.includes('\r\n') ? sent.replaceAll('\n', '\r\n') : sent };
  }
}

function compose(file: Named, text: string, version: string, content: DeskContent, token: string, problem?: UserError) {
  const action = filePath(file.article.slug, file.kind, file.topic);
  return composeFile({
    title: file.title,
    action,
    back: file.back,
    text,
    version,
    faults: faultsOf(content, file),
    token,
    problem: problem && capitalize(problem.message),
    held: problem instanceof HeldBack ? problem : undefined,
  });
}

function nameFile(content: DeskContent, context: Context): Named {
  const article = findArticle(content, context.req.param('article'));
  const kind = KINDS.find((one) => one === context.req.param('kind'));
  if (kind === 'record' || kind === 'notes') {
    const title = kind === 'record' ? 'The article’s record' : 'Shared notes';
    return { article, kind, topic: '', path: article[kind], title, back: articlePath(article.slug) };
  }
  if (!kind) throw new NotThere('There is no such file', 'Choose one of the article’s.');
  const topic = findTopic(article, context.req.param('topic'));
  const title = kind === 'page' ? `${topic.title}, as text` : `${topic.title}: how people ask`;
  return { article, kind, topic: topic.slug, path: topic[kind], title, back: topicPath(article.slug, topic.slug) };
}

function faultsOf({ articles }: DeskContent, { article, path }: Named) {
  const now = articles.find(({ slug }) => slug === article.slug);
  const all = [...(now?.faults ?? []), ...(now?.topics.flatMap(({ faults }) => faults) ?? [])];
  return all.filter(({ file }) => file === show(path));
}
