import { expect, it } from 'vitest';
import { decodeSlack, escapeSlack } from '../../../src/adapters/slack/escape.ts';

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
