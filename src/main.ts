import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { styleText } from 'node:util';
import { Command } from 'commander';
import { answerJson, answerLines } from './adapters/terminal/json.ts';
import { promptInTerminal } from './adapters/terminal/prompt.ts';
import { renderTerminal, type Style } from './adapters/terminal/render-reply.ts';
import { PortUnavailable } from './adapters/web/listen.ts';
import { type Config, FaultySettings, loadConfig } from './config.ts';
import { FaultyContent } from './content/fault.ts';
import { loadContent } from './content/load.ts';
import { NewTopicError, writeNewTopic } from './content/new-topic.ts';
import { citedParagraphs } from './core/library.ts';
import { FaultyQuestions, formatScores, parseQuestions, scoreAnswer } from './evaluate.ts';
import { readGaps } from './gaps.ts';
import { createLog } from './log.ts';
import { commandNames, GAPS_FILE, openBot } from './open-bot.ts';
import { startBot } from './start.ts';
import { StoreUnavailable } from './store/open-store.ts';

const { version, description } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
const { stdin, stdout, stderr } = process;
const style: Style = (name, text) => styleText(name, text, { stream: stdout });

/** The settings, with relative folders taken from the project, so that the program runs from anywhere. */
function readConfig(): Config {
  const home = resolve(import.meta.dirname, '..');
  try {
    process.loadEnvFile(join(home, '.env'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const config = loadConfig(process.env);
  return {
    ...config,
    contentDirectory: resolve(home, config.contentDirectory),
    dataDirectory: resolve(home, config.dataDirectory),
    databaseUrl: config.databaseUrl?.replace(
      /^sqlite:(?!:memory:)(.*)$/s,
      (_, path) => `sqlite:${resolve(home, path)}`,
    ),
  };
}

function openLog(config: Config) {
  return createLog(config.logLevel, stderr.isTTY ?? false);
}

async function openDiscord() {
  const config = readConfig();
  const { token, apiUrl } = config.discord;
  if (!token) throw new FaultySettings('DISCORD_TOKEN is not set; docs/discord.md says where to get it');
  const { createRest } = await import('./adapters/discord/rest.ts');
  // Commands can be listed without the means to answer them.
  const { bot } = await openBot({ ...config, semanticSearch: false }, openLog(config));
  return { rest: createRest(token, apiUrl), bot };
}

/** How often a bot that npm started looks whether npm is still there, in milliseconds. */
const ORPHAN_CHECK_MS = 500;

const program = new Command('briefing').description(description).version(version).showHelpAfterError();

program
  .command('start', { isDefault: true })
  .description('run the bot and its local page')
  .action(async () => {
    const parent = process.ppid;
    const config = readConfig();
    const log = openLog(config);
    const running = await startBot(config, log);
    stdout.write(
      config.playground
        ? `The playground is at ${running.url}\n`
        : `Running; health checks are at ${running.url}/healthz\n`,
    );
    // A library's stray rejection must not take the other platforms down (discordjs/discord.js has some on invalid sessions).
    process.on('unhandledRejection', (error) => log.error({ err: error }, 'a rejection nobody handled'));
    let stopping = false;
    const stop = async (signal: string) => {
      if (stopping) return;
      stopping = true;
      log.info({ signal }, 'stopping');
      await running.stop();
      // Whatever a library still holds open must not keep a stopped bot alive.
      process.exit(0);
    };
    process.on('SIGINT', stop).on('SIGTERM', stop);
    // npm hands SIGTERM to a shell that does not hand it on: without npm, a bot that npm started is nobody's.
    if (process.env.npm_lifecycle_event) {
      setInterval(() => process.ppid !== parent && stop('npm has ended'), ORPHAN_CHECK_MS).unref();
    }
  });

program
  .command('register')
  .description('tell Discord of all commands; writes only what changed')
  .option('--guild <id>', 'in one server only, where they appear at once')
  .action(async ({ guild }: { guild?: string }) => {
    const { bot, rest } = await openDiscord();
    const { formatRegistration, registerCommands } = await import('./adapters/discord/register-commands.ts');
    stdout.write(`${formatRegistration(await registerCommands(rest, bot.commands, guild))}\n`);
  });

program
  .command('invite')
  .description('print the links that add the bot to a Discord server or account')
  .action(async () => {
    const { rest } = await openDiscord();
    const { composeInvites } = await import('./adapters/discord/compose-invite.ts');
    const { readApplicationId } = await import('./adapters/discord/rest.ts');
    const { server, account } = composeInvites(await readApplicationId(rest));
    stdout.write(`To a server: ${server}\nTo your own account: ${account}\n`);
  });

program
  .command('ask [question...]')
  .description('ask once, or talk in the terminal where no question is given')
  .option('--json', 'answer as JSON; without a question, read one a line from standard input')
  .option('--debug', 'show how a question is read and weighed')
  .action(async (question: string[], { json, debug }: { json?: boolean; debug?: boolean }) => {
    const config = readConfig();
    const { bot, search } = await openBot(config, openLog(config));
    const text = question.join(' ');
    // Who types at a prompt can ask at once; a program gets the best answer the first time.
    if (text || json) await search.ready;
    if (debug) stdout.write(`${JSON.stringify((await search.ask(text)).debug, null, 2)}\n`);
    else if (json && text) stdout.write(`${JSON.stringify(await answerJson(bot, text))}\n`);
    else if (json) await answerLines(bot, stdin, (line) => stdout.write(line));
    else if (text) stdout.write(`${renderTerminal(await bot.answer(bot.parse(text)), stdout.columns ?? 80, style)}\n`);
    else await promptInTerminal(bot, { input: stdin, output: stdout, style });
  });

program
  .command('eval <file...>')
  .description('score question sets, one JSON object a line: id, kind, question, paragraphs, must_include')
  .action(async (files: string[]) => {
    const config = { ...readConfig(), gaps: false };
    const questions = files.flatMap((file) => parseQuestions(file, readFileSync(file, 'utf8')));
    const { bot, search } = await openBot(config, openLog(config));
    await search.ready;
    const scores = [];
    for (const [index, question] of questions.entries()) {
      if (stderr.isTTY) stderr.write(`\r${index + 1} of ${questions.length}`);
      scores.push(scoreAnswer(question, await answerJson(bot, question.question)));
    }
    if (stderr.isTTY) stderr.write('\r');
    stdout.write(`${formatScores(scores, bot.library)}\n`);
  });

program
  .command('gaps')
  .description('show the questions that found no answer, and how often')
  .action(async () => {
    const found = await readGaps(join(readConfig().dataDirectory, GAPS_FILE));
    for (const { question, count } of found) stdout.write(`${String(count).padStart(6)}  ${question}\n`);
    if (found.length === 0) stdout.write('No question has gone unanswered yet.\n');
  });

program
  .command('topics')
  .description('list what the bot can be asked about')
  .option('--json', 'as JSON')
  .action(async ({ json }: { json?: boolean }) => {
    const { topics } = await loadContent(readConfig().contentDirectory, commandNames);
    const listed = topics.map((topic) => ({
      slug: topic.slug,
      title: topic.title,
      command: `/${topic.slug}`,
      article: topic.article.slug,
      paragraphs: citedParagraphs(topic),
    }));
    if (json) stdout.write(`${JSON.stringify(listed)}\n`);
    else
      for (const { command, title, paragraphs } of listed)
        stdout.write(`${command.padEnd(24)}${title} (${paragraphs.join(', ')})\n`);
  });

program
  .command('lint [directory]')
  .description('check all content; prints file, line, fault and remedy')
  .action(async (directory?: string) => {
    const { topics, articles } = await loadContent(directory ?? readConfig().contentDirectory, commandNames);
    const claims = topics.reduce((total, topic) => total + topic.claims.length, 0);
    stdout.write(`No faults: ${articles.length} article, ${topics.length} topics, ${claims} claims.\n`);
  });

program
  .command('new')
  .description('write a new content file')
  .command('topic <slug>')
  .description('write a topic, valid as it stands; its name is its slash command')
  .option('--article <folder>', 'the article it belongs to, where there are several')
  .action(async (slug: string, { article }: { article?: string }) => {
    const path = await writeNewTopic(readConfig().contentDirectory, slug, commandNames, article);
    stdout.write(`Wrote ${path}\nEdit it, then check it with: npm run -s briefing -- lint\n`);
  });

/** What is wrong and what to do, for faults that the user can mend. Throws all others again. */
async function explain(error: unknown): Promise<string> {
  const expected = [FaultyContent, FaultyQuestions, FaultySettings, NewTopicError, PortUnavailable, StoreUnavailable];
  if (expected.some((kind) => error instanceof kind)) return (error as Error).message;
  const { explainError } = await import('./adapters/discord/explain-error.ts');
  const remedy = explainError(error);
  if (!remedy) throw error;
  return remedy;
}

try {
  await program.parseAsync();
} catch (error) {
  stderr.write(`${await explain(error)}\n`);
  process.exitCode = 1;
}
