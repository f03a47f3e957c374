import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { answerJson, answerLines } from '../adapters/terminal/json.ts';
import { promptInTerminal } from '../adapters/terminal/prompt.ts';
import { COLUMNS, renderTerminal } from '../adapters/terminal/render-reply.ts';
import { openBot } from '../app/open-bot.ts';
import { UserError } from '../core/errors.ts';
import { overallVerdict, type Search } from '../core/search.ts';
import { quote } from '../core/text.ts';
import { formatScores, parseQuestions, scoreAnswer } from '../editorial/evaluate.ts';
import { explainFindings } from '../editorial/explain.ts';
import { findLocale, LOCALES, type Locale } from '../i18n/locale.ts';
import { wordsOf } from '../i18n/words.ts';
import { showProgress, showReading } from './progress.ts';
import { openLog, readConfig } from './read-config.ts';
import { currentTerminal, print, readInput, style } from './terminal.ts';

/** Why the search says what it says to one question: in sentences, or as JSON with every weight. */
async function explain(search: Search, question: string, json: boolean): Promise<string> {
  const findings = await search.ask(question);
  const sentences = explainFindings(findings);
  if (!json) return sentences.join('\n');
  const { refusal, instead, debug, parts } = findings;
  const verdict = refusal || instead ? 'declined' : overallVerdict(parts);
  return JSON.stringify({ question, verdict, refusal, instead, sentences, debug });
}

/** The language that was asked for, or else that of the terminal, as POSIX has it. Throws UserError if the bot does not speak the first. */
function readLocale(wanted: string | undefined, env: NodeJS.Dict<string>): Locale {
  const found = findLocale([wanted]);
  if (wanted !== undefined && !found) {
    throw new UserError(`The bot doesn't speak ${wanted}`, `Choose one of ${LOCALES.join(', ')}.`);
  }
  return found ?? findLocale([env.LC_ALL || env.LC_MESSAGES || env.LANG]) ?? 'en';
}

/** The same for each line of the input, with the question above it. */
async function explainLines(search: Search, json: boolean): Promise<void> {
  for await (const line of createInterface({ input: currentTerminal().stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    const explained = await explain(search, line, json);
    print(json ? explained : `${quote(line)}\n${explained}\n`);
  }
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
    .option('--locale <tag>', 'the language of the bot’s own words, such as tr; that of LANG if left out')
    .option('--debug', 'say why the bot answers as it does; with --json, with every weight')
    .action(
      async (
        words: string[],
        options: { json?: boolean; debug?: boolean; conversation?: boolean; locale?: string },
      ) => {
        const { stdin, stdout, env } = currentTerminal();
        const { json, debug, conversation } = options;
        const locale = readLocale(options.locale, env);
        const config = readConfig();
        const reading = showReading();
        const { bot, search } = await openBot(config, openLog(config), reading.onReading);
        // An empty text is a question too: the bot answers with what can be asked.
        const text = words.length > 0 ? words.join(' ') : undefined;
        // By words alone, the same question would get another answer than it gets a moment later.
        await search.ready;
        reading.stop();
        if (debug && text !== undefined) print(await explain(search, text, json ?? false));
        else if (debug) await explainLines(search, json ?? false);
        else if (json && text !== undefined) print(JSON.stringify(await answerJson(bot, text)));
        else if (json) await answerLines(bot, stdin, (line) => stdout.write(line), conversation ? 'json' : undefined);
        else if (text !== undefined)
          print(renderTerminal(await bot.answer({ ...bot.parse(text), locale }), stdout.columns || COLUMNS, style));
        else await promptInTerminal(bot, { input: stdin, output: stdout, style, words: wordsOf({ locale }) });
      },
    );

  program
    .command('eval <file...>')
    .description(
      'score question sets, one JSON object per line: id, kind, question, before, verdict, paragraphs, claims, written',
    )
    .action(async (files: string[]) => {
      const config = readConfig();
      const texts = await Promise.all(files.map(readInput));
      const questions = files.flatMap((file, index) => parseQuestions(file, texts[index] ?? ''));
      const reading = showReading();
      const { bot, search } = await openBot(config, openLog(config), reading.onReading);
      await search.ready;
      reading.stop();
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
}
