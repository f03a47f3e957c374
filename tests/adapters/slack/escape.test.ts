import { expect, it } from 'vitest';
import { decodeSlack, escapeSlack } from '../../../src/adapters/slack/escape.ts';
import { MAX_TEXT_LENGTH } from '../../../src/core/question.ts';

it.each([':smile:', ':+1:', ':-1:', ':flag-az:', ':e-mail:', ':skin-tone-2:', ':1234:', ':smile::+1:'])(
  'shows %s letter by letter, and no picture',
  (typed) => {
    const shown = escapeSlack(typed);
    expect(shown).not.toMatch(/:[^\s:\u2060]+:/);
    expect(shown.replaceAll('\u2060', '')).toBe(typed);
  },
);

it('leaves times and addresses as they are', () => {
  for (const text of ['at 08:00 today', 'a: b', 'https://example.org'])
    expect(decodeSlack(escapeSlack(text)).replaceAll('\u2060', '')).toBe(text);
});

it.each([
  ['plain, with 2 < 3? no mark at all', 'plain, with 2 &lt; 3? no mark at all'],
  ['a & b', 'a &amp; b'],
  ['<@U1>', '&lt;@U1&gt;'],
  [
    '*bold* _word_ ~gone~ `code`',
    '\u2060*\u2060bold\u2060*\u2060 \u2060_\u2060word\u2060_\u2060 \u2060~\u2060gone\u2060~\u2060 \u2060`\u2060code\u2060`\u2060',
  ],
  ['08:00: a', '08:\u206000: a'],
])('escapes %j', (text, escaped) => {
  expect(escapeSlack(text)).toBe(escaped);
});

it.each([
  ['<@U1> who <!here> asks', '  who   asks'],
  ['mail a@b.example and say wow!', 'mail a@b.example and say wow!'],
  ['<mailto:a@b.example|a@b.example>', 'a@b.example'],
  ['<https://example.org|the page>', 'the page'],
  ['<https://example.org/#top>', 'https://example.org/#top'],
  ['<|empty>', 'empty'],
  ['in <#C1|general> or <#C2>', 'in general or '],
  ['2 &lt; 3 &gt; 1 &amp; so &quot;', '2 < 3 > 1 & so &quot;'],
])('reads %j as %j', (typed, meant) => {
  expect(decodeSlack(typed)).toBe(meant);
});

it('leaves a text that is too long for a question as it is', () => {
  const fits = `&amp;${'x'.repeat(MAX_TEXT_LENGTH - 5)}`;
  expect(decodeSlack(fits)).toBe(fits.replace('&amp;', '&'));
  expect(decodeSlack(`${fits}x`)).toBe(`${fits}x`);
});
