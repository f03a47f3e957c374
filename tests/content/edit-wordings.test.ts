import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { addAsk, addOpen, composeWording } from '../../src/content/edit-wordings.ts';

const FILE = `# How people ask.
asks:
  tonnage: # by the port's count
    - How much freight?   # plain
    # a comment between

    - 'Who counted "it"?'
  grain: [What goods?]
  quay:

# What it leaves open.
open:
- What does a berth cost?
`;

/** The lines of `after` that `before` does not have, if all of `before` is there in its order. */
function added(before: string, after: string): string[] {
  const lines = after.split('\n');
  const kept = before.split('\n');
  return lines.filter((line) => {
    if (line !== kept[0]) return true;
    kept.shift();
    return false;
  });
}

describe('a wording is added', () => {
  it('as the last of its claim, and nothing else changes', () => {
    const after = addAsk(FILE, 'tonnage', 'How many: tonnes?');
    expect(added(FILE, after)).toEqual(['    - "How many: tonnes?"']);
    expect(after.indexOf('How many: tonnes?')).toBeLessThan(after.indexOf('grain:'));
    expect(parse(after).asks.tonnage).toEqual(['How much freight?', 'Who counted "it"?', 'How many: tonnes?']);
  });

  it('under a claim that has none, and among those that are open', () => {
    expect(added(FILE, addAsk(FILE, 'quay', 'How old?'))).toEqual(['    - How old?']);
    expect(added(FILE, addOpen(FILE, 'Who owns it?'))).toEqual(['- Who owns it?']);
    const whole = addAsk(FILE, 'cranes', 'How many cranes?');
    expect(parse(whole).asks.cranes).toEqual(['How many cranes?']);
    expect(parse(addAsk(whole, 'tonnage', 'x')).asks).toMatchObject({ cranes: ['How many cranes?'] });
    expect(whole).toContain('# What it leaves open.');
  });

  it('once only', () => {
    expect(addAsk(FILE, 'tonnage', 'How much  freight?')).toBe(FILE);
    expect(addOpen(FILE, 'What does a berth cost?')).toBe(FILE);
  });

  it.each([
    ['', 'asks:\n  quay:\n    - How old?\n'],
    ['# Nothing yet.\n', '# Nothing yet.\nasks:\n  quay:\n    - How old?\n'],
    ['asks:\n', 'asks:\n  quay:\n    - How old?\n'],
    ['open:\n  - Who?', 'open:\n  - Who?\nasks:\n  quay:\n    - How old?\n'],
    ['asks:\r\n  quay:\r\n    - Old?\r\n', 'asks:\r\n  quay:\r\n    - Old?\r\n    - How old?\r\n'],
    ['asks: {}\n', undefined],
    ['asks:\n  quay: []\n', undefined],
    ['asks:\n  quay: |\n    text\n', undefined],
  ])('to %j', (before, after) => {
    const edited = addAsk(before, 'quay', 'How old?');
    if (after !== undefined) expect(edited).toBe(after);
    expect(parse(edited).asks.quay.at(-1)).toBe('How old?');
  });

  it('whatever it says', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (text) => {
        const plain = text.replace(/\s+/g, ' ').trim();
        fc.pre(plain !== '' && !/[\p{Cc}\p{Cs}\p{Cn}\uFEFF\uFFFE\uFFFF]/u.test(plain));
        expect(parse(addAsk(FILE, 'tonnage', plain)).asks.tonnage.at(-1)).toBe(plain);
        expect(added(FILE, addOpen(FILE, plain))).toHaveLength(1);
      }),
    );
  });

  it('to every file of the articles made for the tests, in one line', () => {
    for (const article of ['tram-line', 'kelp-farms', 'phone-ban']) {
      const folder = join('tests/fixtures/articles', article, 'wordings');
      for (const name of readdirSync(folder)) {
        const before = readFileSync(join(folder, name), 'utf8');
        for (const claim of Object.keys(parse(before).asks))
          expect(added(before, addAsk(before, claim, 'Is this new?'))).toEqual(['    - Is this new?']);
        expect(added(before, addOpen(before, 'Is this open?'))).toHaveLength(1);
      }
    }
  });

  it('not to a file that can’t be read', () => {
    expect(() => addAsk('asks: [', 'quay', 'x')).toThrow(/can't be read/);
    expect(() => addAsk('- a\n', 'quay', 'x')).toThrow(/aren't a table/);
  });
});

describe('what somebody asked becomes a wording', () => {
  it.each([
    ['what does  a berth cost', 'What does a berth cost?'],
    ["what's a berth...", "What's a berth?"],
    ['and who pays', 'And who pays?'],
    ["Don't they pay?", "Don't they pay?"],
    ['berth cost', 'Berth cost'],
    ['ärger am kai', 'Ärger am kai'],
  ])('%j', (text, wording) => expect(composeWording(text)).toBe(wording));

  it('is no longer than a wording may be', () => {
    expect(composeWording(`why ${'*'.repeat(300)}`).length).toBeLessThan(90);
  });
});
