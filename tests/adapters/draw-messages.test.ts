import { html } from 'hono/html';
import { expect, it } from 'vitest';
import { drawDiscord } from '../../src/adapters/discord/draw-message.ts';
import { renderDiscord } from '../../src/adapters/discord/render-reply.ts';
import { drawSlack } from '../../src/adapters/slack/draw-message.ts';
import { renderSlack } from '../../src/adapters/slack/render-reply.ts';
import { createQuestion } from '../../src/core/question.ts';
import { composeClaimEntry, createReply } from '../../src/core/reply.ts';
import { claimOf, topicOf } from '../support/content.ts';
import { loadedWith } from '../support/imports.ts';

const drawing = { picture: 'data:image/png;base64,"><b>', press: (value: string) => html`data-path="${value}"` };
const hostile = '<img src=x onerror=alert(1)> "\' & *bold* _slant_';
const reply = createReply(createQuestion('ask', { question: '"><script>' }), {
  outcome: 'answered',
  title: hostile,
  byline: hostile,
  lead: hostile,
  entries: [{ type: 'line', label: hostile, text: hostile }],
  actions: [{ label: hostile, question: createQuestion('ask', { question: '"><script>' }) }],
  image: { png: new Uint8Array(), alt: hostile },
});

it.each([
  ['Discord', async () => String(await drawDiscord(renderDiscord(reply), drawing))],
  ['Slack', async () => String(await drawSlack(renderSlack(reply, { fileId: 'F1', sharable: true }), drawing))],
])('a message drawn as %s shows it holds no tag and no attribute out of anybody’s text', async (_, draw) => {
  const drawn = await draw();
  expect(drawn).not.toMatch(/<(script|b>|img src=x)|onerror=alert\(1\)>/);
  expect(drawn).toContain('&lt;img src=x');
  expect(drawn).toContain('src="data:image/png;base64,&quot;&gt;&lt;b&gt;"');
  expect(drawn).toContain('data-path="/ask?question=%22%3E%3Cscript%3E"');
});

it('what only comes near is drawn as a quotation on Discord, in small print', async () => {
  const claim = claimOf({ text: 'France buys <b>oil</b>.' });
  const near = createReply(createQuestion('ask'), {
    outcome: 'nearest',
    title: '',
    byline: '',
    entries: [{ ...composeClaimEntry(claim, topicOf('oil')), nearest: true }],
  });
  const drawn = String(await drawDiscord(renderDiscord(near), drawing));
  expect(drawn).toMatch(
    /<blockquote class="discord-quote"><p class="discord-small">France buys &lt;b&gt;oil&lt;\/b&gt;\.<\/p><p class="discord-small"><strong>Reported as fact<\/strong>[^<]*<\/p><\/blockquote>/,
  );
});

it('Slack’s emphasis is drawn as emphasis', async () => {
  const blocks = [
    { type: 'section' as const, text: { type: 'mrkdwn' as const, text: '*Figure* · _paragraph 3_\nA &lt; B' } },
  ];
  expect(String(await drawSlack({ blocks }, drawing))).toBe(
    '<p class="slack-section"><strong>Figure</strong> · <em>paragraph 3</em><br>A &lt; B</p>',
  );
});

it.each(['discord', 'slack'])('the page’s preview of %s loads no SDK', (name) => {
  const loaded = [...loadedWith(`src/adapters/${name}/preview.ts`)];
  expect(loaded).toContain(`src/adapters/${name}/render-reply.ts`);
  expect(loaded.filter((module) => /^(discord\.js|@discordjs|@slack)/.test(module))).toEqual([]);
});
