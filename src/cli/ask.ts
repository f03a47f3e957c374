import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { answerJson, answerLines } from '../adapters/terminal/json.ts';
import { promptInTerminal } from '../adapters/terminal/prompt.ts';
import { COLUMNS, renderTerminal } from '../adapters/terminal/render-reply.ts';
import type { Config } from '../app/config.ts';
import { composeDatabaseUrl } from '../app/database-url.ts';
import { openBot } from '../app/open-bot.ts';
import { GAPS_FILE } from '../app/open-content.ts';
import type { Findings } from '../core/search.ts';
import { formatScores, parseQuestions, scoreAnswer } from '../editorial/evaluate.ts';
import { readGaps } from '../editorial/gaps.ts';
import type { RatedQuestion } from '../store/feedback.ts';
import { showProgress } from './progress.ts';
import { openLog, readConfig } from './read-config.ts';
import { print, readInput, style } from './terminal.ts';

const { stdin, stdout } = process;

/** What an editor wants to know about an answer: the rule behind it, or every weight. */
function explain({ refusal, instead, debug }: Findings): object {
  return { refusal, instead, ...debug };
}

export function addAsk(program: Command): void {
  program
    .command('ask [question...]')
    .description('ask one question, or start a conversation if you give none')
    .option('--json', 'answer as JSON; without a question, read one a line from standard input')
    .option(
      '--conversation',
      'with --json: read the lines as one conversation, so that a line can follow up the one before',
    )
    .option('--debug', 'show how a question is read and weighed')
    .action(
      async (
        words: string[],
        { json, debug, conversation }: { json?: boolean; debug?: boolean; conversation?: boolean },
      ) => {
        const config = readConfig();
        const { bot, search } = await openBot(config, openLog(config));
        // An empty text is a question too: the bot answers with what can be asked.
        const text = words.length > 0 ? words.join(' ') : undefined;
        // A person at a prompt can ask right away; a program gets the best answer the first time.
        if (text !== undefined || json) await search.ready;
        if (debug) print(JSON.stringify(explain(await search.ask(text ?? '')), null, 2));
        else if (json && text !== undefined) print(JSON.stringify(await answerJson(bot, text)));
        else if (json) await answerLines(bot, stdin, (line) => stdout.write(line), conversation ? 'json' : undefined);
        else if (text !== undefined)
          print(renderTerminal(await bot.answer(bot.parse(text)), stdout.columns || COLUMNS, style));
        else await promptInTerminal(bot, { input: stdin, output: stdout, style });
      },
    );

  program
    .command('eval <file...>')
    .description(
      'score question sets, one JSON object per line: id, kind, question, before, verdict, paragraphs, claims, written',
    )
    .action(async (files: string[]) => {
      const config = { ...readConfig(), gaps: false };
      const texts = await Promise.all(files.map(readInput));
      const questions = files.flatMap((file, index) => parseQuestions(file, texts[index] ?? ''));
      const { bot, search } = await openBot(config, openLog(config));
      await search.ready;
      const progress = showProgress('questions', questions.length);
      const scores = [];
      for (const question of questions) {
        const { id, before, question: text } = question;
        if (before) await answerJson(bot, before, id);
        scores.push(scoreAnswer(question, await answerJson(bot, text, before && id)));
        progress.advance();
      }
      progress.stop();
      print(formatScores(scores));
    });

  program
    .command('gaps')
    .description('show the questions that found no answer and the answers that did not help, and how often')
    .action(async () => {
      const config = readConfig();
      const found = await readGaps(join(config.dataDirectory, GAPS_FILE));
      for (const { question, count } of found) print(`${String(count).padStart(6)}  ${question}`);
      if (found.length === 0) print('No question has gone unanswered yet.');
      for (const line of describeFeedback(await readFeedback(config))) print(line);
    });
}

/** What readers said of answers; nothing if no database was made yet, for looking makes none. */
async function readFeedback(config: Config): Promise<readonly RatedQuestion[]> {
  const url = composeDatabaseUrl(config);
  if (url.startsWith('sqlite:') && !existsSync(url.slice('sqlite:'.length))) return [];
  const [{ openStore }, { listFeedback }] = await Promise.all([
    import('../store/open-store.ts'),
    import('../store/feedback.ts'),
  ]);
  const store = await openStore(url);
  try {
    return await listFeedback(store.db);
  } finally {
    await store.close();
  }
}

/** Answers that somebody found not what they asked, and what they had wanted to know, below the questions without an answer. */
function describeFeedback(rated: readonly RatedQuestion[]): string[] {
  const poor = rated.filter(({ unhelpful }) => unhelpful > 0);
  if (poor.length === 0) return [];
  return [
    '',
    'Answered, but readers say it is not what they asked:',
    ...poor.flatMap(({ question, helpful, unhelpful, wanted }) => [
      `${String(unhelpful).padStart(6)}  ${question} (${helpful} found it helpful)`,
      ...[...new Set(wanted)].map((text) => `          wanted: ${text}`),
    ]),
  ];
}
