import { expect, it } from 'vitest';
import { renderDiscord } from '../../src/adapters/discord/render-reply.ts';
import { renderSlack } from '../../src/adapters/slack/render-reply.ts';
import { renderHome } from '../../src/adapters/slack/render-views.ts';
import { createSlashNames } from '../../src/adapters/slack/slash-names.ts';
import { formatDue } from '../../src/core/date.ts';
import { createQuestion } from '../../src/core/question.ts';
import { createReply } from '../../src/core/reply.ts';
import { joinText, say } from '../../src/core/text.ts';
import { english } from '../../src/i18n/words.ts';
import { openTestBot } from '../support/content.ts';
import { textsOf } from '../support/discord-limits.ts';

// Times are shown as each reader's own, where the platform can do that.

const bot = await openTestBot();
const moment = Date.UTC(2026, 10, 24, 8);
const zone = 'Europe/London';
const reply = createReply(createQuestion('digest'), {
  outcome: 'listed',
  title: 'Digests',
  byline: '',
  lead: joinText(['Type', createQuestion('help'), 'before', { moment, zone }], ' '),
  entries: [
    {
      type: 'line',
      label: 'One',
      text: joinText([say(english, 'digest.next', { moment: { moment, zone } }), '<t:1:F> <!date^1^{time}|x>'], ' '),
    },
  ],
});
const IN_WORDS = formatDue(moment, zone);

it('on Discord', () => {
  const shown = textsOf(renderDiscord(reply)).join('\n');
  expect(shown.match(/<t:1795507200:F>/g)).toHaveLength(2);
  expect(shown).not.toContain(IN_WORDS);
  // What people write stays as they wrote it.
  expect(shown).not.toContain('<t:1:F>');
});

it('on Slack, in words for clients that cannot', () => {
  const { text, blocks } = renderSlack(createSlashNames(() => bot.commands, 'brief-').applyTo(reply));
  const shown = JSON.stringify(blocks);
  const date = `<!date^1795507200^{date_short_pretty} at {time}|${IN_WORDS}>`;
  expect(shown.split(date)).toHaveLength(3);
  expect(shown).toContain('/brief-help');
  expect(shown).not.toContain('<!date^1^');
  expect(text).toContain(IN_WORDS);
});

it('on Slack’s home tab', () => {
  const digest = { ...{ id: 'a', platform: 'slack', team: 'T1', channel: 'C1', owner: 'U1', direct: false }, zone };
  const subscription = { ...digest, time: '08:00', days: 'daily', topics: [], state: 'active', fixed: false } as const;
  const names = createSlashNames(() => bot.commands, '');
  const home = JSON.stringify(renderHome(bot.library, [{ ...subscription, nextDue: moment }], names, english));
  expect(home).toContain('<!date^1795507200^');
});
