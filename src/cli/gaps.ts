import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import type { Config } from '../app/config.ts';
import { composeDatabaseUrl } from '../app/database-url.ts';
import { measureEffect } from '../app/measure-effect.ts';
import { type OpenContent, openContent } from '../app/open-content.ts';
import { openMissed } from '../app/open-missed.ts';
import { addAsk, addOpen, composeWording } from '../content/edit-wordings.ts';
import { textKey } from '../content/lint/tokens.ts';
import { show } from '../content/read.ts';
import type { Topic } from '../core/article.ts';
import { UserError } from '../core/errors.ts';
import type { Library } from '../core/library.ts';
import type { MissedQuestion, MissedQuestions } from '../core/missed.ts';
import { createFileWriter, readVersion } from '../desk/files.ts';
import {
  describeEffect,
  type EffectQuestion,
  questionsOf,
  toEffectQuestions,
  type WordingChange,
  withWording,
} from '../editorial/effect.ts';
import { parseQuestions } from '../editorial/evaluate.ts';
import { readEffectQuestions } from '../editorial/question-sets.ts';
import { listQuestions } from '../editorial/suggest.ts';
import { openStore } from '../store/open-store.ts';
import { recordAtTerminal } from './audit.ts';
import { openLog, readConfig } from './read-config.ts';
import { print, readInput } from './terminal.ts';

/** The content's own wordings by which a change is judged, and other missed questions that it may change. */
const MAX_OWN = 200;
const MAX_OTHERS = 40;

interface ActOptions {
  readonly text?: string;
  readonly questions?: readonly string[];
  readonly dryRun?: boolean;
  readonly force?: boolean;
}

/** What an act works with. */
interface Desk {
  readonly config: Config;
  readonly content: OpenContent;
  readonly missed: MissedQuestions;
}

/** The commands by which editors see what readers missed, and deal with it. */
export function addGaps(program: Command): void {
  const gaps = program
    .command('gaps')
    .description('show what readers missed: questions without an answer, and answers that were not what they asked')
    .option('--json', 'as JSON')
    .action(({ json }: { json?: boolean }) =>
      withDesk(async ({ missed }) => {
        const list = await missed.list();
        if (json) print(JSON.stringify(list));
        else print(list.length > 0 ? formatMissed(list) : 'No reader has missed anything yet.');
      }),
    );
  const act = (usage: string, description: string) =>
    gaps
      .command(usage)
      .description(description)
      .option('--text <wording>', 'the wording to add; what was asked most often if left out')
      .option('--questions <file...>', 'also judge the effect by these question sets, as eval reads them')
      .option('--dry-run', 'show the effect and save nothing')
      .option('--force', 'save even if a question would go wrong');
  act('answer <question> <claim>', 'this claim answers it: add the wording to the claim').action(
    (which: string, name: string, options: ActOptions) =>
      withDesk(async (desk) => {
        const group = await choose(desk.missed, which);
        const { id, topic } = findClaim(desk.content.content.library, name);
        const question = options.text ?? composeWording(group.texts[0] ?? '');
        const saved = await change(desk, topic, { claim: id, question }, options, (yaml) =>
          addAsk(yaml, id.slice(id.indexOf('/') + 1), question),
        );
        if (saved) await desk.missed.settle(group.id, 'answers');
      }),
  );
  act('open <question> <topic>', 'the article leaves it open: add the wording to what the topic leaves open').action(
    (which: string, name: string, options: ActOptions) =>
      withDesk(async (desk) => {
        const group = await choose(desk.missed, which);
        const topic = findTopic(desk.content.content.library, name);
        const question = options.text ?? composeWording(group.texts[0] ?? '');
        const saved = await change(desk, topic, { topic: topic.slug, question }, options, (yaml) =>
          addOpen(yaml, question),
        );
        if (saved) await desk.missed.settle(group.id, 'open');
      }),
  );
  gaps
    .command('dismiss <question>')
    .description('it is not for us: never show it again')
    .action((which: string) =>
      withDesk(async ({ missed }) => {
        const group = await choose(missed, which);
        await missed.settle(group.id, 'dismiss');
        print(`Dismissed: ${group.texts.join(' · ')}`);
      }),
    );
}

/** Opens the content and the database for as long as `work` takes. Looking makes no database. */
async function withDesk(work: (desk: Desk) => Promise<void>): Promise<void> {
  const config = readConfig();
  const url = composeDatabaseUrl(config);
  const isMissing = url.startsWith('sqlite:') && !existsSync(url.slice('sqlite:'.length));
  const store = await openStore(isMissing ? 'sqlite::memory:' : url);
  try {
    const content = await openContent(config, openLog(config));
    const { semantics } = content;
    const missed = openMissed({
      db: store.db,
      library: () => content.content.library,
      search: () => content.content.search,
      semantics,
      now: Date.now,
    });
    try {
      await work({ config, content, missed });
    } finally {
      await content.close();
    }
  } finally {
    await store.close();
  }
}

/** The missed question of this number, from 1, or of this id, or in which somebody asked this. */
async function choose(missed: MissedQuestions, which: string): Promise<MissedQuestion> {
  const list = await missed.list();
  const key = textKey(which);
  const found = /^\d{1,6}$/.test(which)
    ? list[Number(which) - 1]
    : list.find(({ id, texts }) => id === which || texts.some((text) => textKey(text) === key));
  if (found) return found;
  throw new UserError(`There is no missed question ${which}`, 'npx briefing gaps lists them with their numbers.');
}

function findClaim({ topics }: Library, name: string): { readonly id: string; readonly topic: Topic } {
  const found = topics.flatMap((topic) =>
    topic.claims.filter(({ id }) => id === name || id.endsWith(`/${name}`)).map(({ id }) => ({ id, topic })),
  );
  const [only] = found;
  if (only && found.length === 1) return only;
  const several = found.map(({ id }) => id).join(', ');
  throw new UserError(
    several ? `Several claims are called ${name}: ${several}` : `There is no claim ${name}`,
    'Write the article’s folder and the claim’s id, such as harbour/tonnage',
  );
}

function findTopic(library: Library, name: string): Topic {
  const found = library.findAll(name);
  if (found[0] && found.length === 1) return found[0];
  throw new UserError(
    `There is no single topic ${name}`,
    'npx briefing topics lists them; write the name after the slash.',
  );
}

/** Shows the effect of one more wording and saves it. False if nothing was saved. */
async function change(
  { config, content, missed }: Desk,
  topic: Topic,
  wording: WordingChange,
  options: ActOptions,
  edit: (yaml: string) => string,
): Promise<boolean> {
  const { library } = content.content;
  const { question } = wording;
  const known = new Set(listQuestions(library.topics).map(textKey));
  if (known.has(textKey(question)))
    throw new UserError(`“${question}” stands in the content already`, 'Give a different wording with --text.');
  const questions = await gatherQuestions(config, library, missed, options.questions ?? []);
  const effect = await measureEffect(library, withWording(library, wording), questions, content.semantics);
  for (const sentence of describeEffect(effect)) print(sentence);
  const isWorse = effect.changes.some(({ better }) => better === false);
  if (options.dryRun) return false;
  if (isWorse && !options.force)
    throw new UserError('Nothing was saved, since a question would go wrong', 'To save it all the same, add --force.');
  const path = join(config.contentDirectory, topic.article.slug, 'wordings', `${topic.name}.yaml`);
  const { text, version } = await readVersion(path);
  await createFileWriter(config.contentDirectory, recordAtTerminal).save([{ path, version, text: edit(text) }]);
  print(`Added “${question}” to ${show(path)}.`);
  return true;
}

async function gatherQuestions(
  { contentDirectory }: Config,
  library: Library,
  missed: MissedQuestions,
  files: readonly string[],
): Promise<readonly EffectQuestion[]> {
  const texts = await Promise.all(files.map(readInput));
  const given = files.flatMap((file, index) => toEffectQuestions(parseQuestions(file, texts[index] ?? '')));
  const others = (await missed.list()).flatMap(({ texts: asked }) => asked).slice(0, MAX_OTHERS);
  return [
    ...others.map((text): EffectQuestion => ({ text, wanted: 'unknown' })),
    ...given,
    ...(await readEffectQuestions(contentDirectory)),
    ...questionsOf(library, MAX_OWN),
  ];
}

/** Columns of the table, each with its width; the question takes what is left. */
const HEADINGS = ['No', 'Count', 'First', 'Last', 'Verdict', 'Nearest claim'] as const;

/** The list as a table, with the other wordings of a group below it. */
function formatMissed(list: readonly MissedQuestion[]): string {
  const rows = list.map(({ count, first, last, verdict, article, nearest }, index) => [
    String(index + 1),
    String(count),
    first,
    last,
    verdict,
    nearest[0] ?? article ?? '–',
  ]);
  const widths = HEADINGS.map((heading, at) => Math.max(heading.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[], text: string) =>
    `${cells.map((cell, at) => (at < 2 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0))).join('  ')}  ${text}`;
  const indent = ' '.repeat(widths.reduce((sum, width) => sum + width + 2, 0));
  return [
    line(HEADINGS, 'Question'),
    ...list.flatMap(({ texts, wanted }, index) => [
      line(rows[index] ?? [], texts[0] ?? ''),
      ...texts.slice(1).map((text) => `${indent}${text}`),
      ...wanted.map((text) => `${indent}wanted: ${text}`),
    ]),
    '',
    'To deal with one: briefing gaps answer NUMBER CLAIM, gaps open NUMBER TOPIC, or gaps dismiss NUMBER.',
  ].join('\n');
}
