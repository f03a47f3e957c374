import { expect, it } from 'vitest';
import { defineCommand } from '../../src/core/command.ts';
import { composeCommandLine, createQuestion } from '../../src/core/question.ts';
import { createReply, writeCommands } from '../../src/core/reply.ts';
import { joinText, say, writeText } from '../../src/core/text.ts';
import { english } from '../../src/i18n/words.ts';

const resume = createQuestion('digest', { action: 'resume' });
const subscribe = createQuestion('digest', { action: 'subscribe', time: '08:00', zone: 'Europe/London' });

it('a command is written as people type it, its subcommand first', () => {
  expect(composeCommandLine(resume)).toBe('/digest resume');
  expect(composeCommandLine(subscribe, '/news-digest')).toBe('/news-digest subscribe time:08:00 zone:Europe/London');
});

it('a text keeps its commands as data until it is written', () => {
  const topics = joinText([createQuestion('help'), 'nothing'], ', ');
  const text = say(english, 'unknown.far', { help: resume, topics });
  const rest = ' to see what the article covers.';
  expect(text).toEqual(['Type ', resume, ' to see all commands or ', createQuestion('help'), ', ', 'nothing', rest]);
  expect(writeText(text)).toBe(`Type /digest resume to see all commands or /help, nothing${rest}`);
  const written = writeText(text, { command: ({ command }) => `<${command}>` });
  expect(written).toBe(`Type <digest> to see all commands or <help>, nothing${rest}`);
});

it('what looks like a command and is a word stays as it is', () => {
  const reply = createReply(createQuestion('ask'), {
    outcome: 'declined',
    title: '/drones',
    byline: '',
    lead: joinText(['You asked: “who /drones?” Try', createQuestion('topics')], ' '),
    entries: [{ type: 'line', label: [createQuestion('drones')], text: 'and/or /help' }],
  });
  const written = writeCommands(reply, ({ command }) => `/brief ${command}`);
  expect(written.lead).toBe('You asked: “who /drones?” Try /brief topics');
  expect(written.entries).toEqual([{ type: 'line', label: '/brief drones', text: 'and/or /help' }]);
  expect(writeCommands(written, () => 'never')).toEqual(written);
});

it('an option or a subcommand that a command does not have fails the type check', () => {
  const { options } = createQuestion('brief', { topic: 'drones', article: 'harbour' });
  expect(options).toEqual({ topic: 'drones', article: 'harbour' });
  // @ts-expect-error
  createQuestion('brief', { tpoic: 'drones' });
  // @ts-expect-error
  createQuestion('digest', { action: 'dance' });
  // @ts-expect-error: a topic is a command without options
  createQuestion('drones', { topic: 'x' });
  defineCommand({
    name: 'one',
    description: '',
    options: [{ name: 'colour', description: '', required: false }],
    run(question) {
      question.options.colour satisfies string | undefined;
      // @ts-expect-error
      question.options.color;
      throw new Error('never run');
    },
  });
});
