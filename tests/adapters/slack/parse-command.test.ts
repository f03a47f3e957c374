import { expect, it } from 'vitest';
import { parseCommand } from '../../../src/adapters/slack/parse-command.ts';
import { MAX_QUESTION_LENGTH } from '../../../src/core/question.ts';
import { openTestBot } from '../../support/content.ts';

const bot = await openTestBot();

it.each([
  // A command of its own, with Slack's prefix and without.
  ['/cargo', '', '', '/cargo'],
  ['/brief-cargo', '', 'brief-', '/cargo'],
  ['/cargo', '', 'brief-', '/cargo'],
  ['/BRIEF-Cargo', ' ', 'brief-', '/cargo'],
  ['/brief-ask', 'who  buys &amp; sells?', 'brief-', '/ask who  buys & sells?'],
  // A prefix that isn't set is part of the name.
  ['/brief-cargo', '', '', '/brief-cargo'],
  // The command that takes all others as its first word.
  ['/brief', '', 'brief-', '/help'],
  ['/brief', '  ', '', '/help'],
  ['/brief', 'help', '', '/help'],
  ['/brief', 'Figures', '', '/Figures'],
  ['/brief', '/sources', '', '/sources'],
  ['/brief', 'ask who buys the oil?', '', '/ask who buys the oil?'],
  ['/brief', 'cargo', '', '/cargo'],
  ['/brief', 'cargo  harbour', '', '/brief cargo  harbour'],
  ['/brief', 'ask  km/h or knots?', '', '/ask  km/h or knots?'],
  ['/brief', 'km/h', '', '/brief km/h'],
  ['/a/b', 'c', '', '/a/b c'],
  ['/brief', 'who buys the oil?', '', '/brief who buys the oil?'],
])('%s %j with the prefix %j asks what %j asks', (command, text, prefix, typed) => {
  expect(parseCommand(bot, command, text, prefix)).toEqual(bot.parse(typed));
});

it('what is longer than a question may be is refused as one, not read as a command', () => {
  const long = `ask ${'x'.repeat(MAX_QUESTION_LENGTH)}`;
  expect(parseCommand(bot, '/brief', long, '')).toEqual(bot.parse(long));
  const longest = long.slice(0, MAX_QUESTION_LENGTH);
  expect(parseCommand(bot, '/brief', longest, '')).toEqual(bot.parse(`/${longest}`));
});
