import { expect, it } from 'vitest';
import { escapeDiscord } from '../../../src/adapters/discord/escape.ts';

it.each([
  ['a *bold* _word_ and ~~more~~', 'a \\*bold\\* \\_word\\_ and \\~\\~more\\~\\~'],
  ['<@123> @everyone [a](b) `c` |d| \\', '\\<\\@123\\> \\@everyone \\[a\\](b) \\`c\\` \\|d\\| \\\\'],
  ['see https://example.org at 8:30', 'see https\\://example.org at 8:30'],
  ['# a heading', '\\# a heading'],
  ['first\n  - an item\n\t+ another', 'first\n  \\- an item\n\t\\+ another'],
  ['24) or\n  100. of them', '24\u200B) or\n  100\u200B. of them'],
  ['line 6 - in 2. place, no # at its start', 'line 6 - in 2. place, no # at its start'],
  ['word# and 10 of them', 'word# and 10 of them'],
])('%j is shown letter by letter', (text, escaped) => {
  expect(escapeDiscord(text)).toBe(escaped);
});
