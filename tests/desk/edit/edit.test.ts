import { globSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLAIM_FIELDS } from '../../../src/content/keywords.ts';
import { addClaim, removeClaim, setClaim } from '../../../src/desk/edit/claims.ts';
import { setPageDraft, setRecordDraft } from '../../../src/desk/edit/draft.ts';
import { EditError } from '../../../src/desk/edit/edit-error.ts';
import { setNote } from '../../../src/desk/edit/notes.ts';
import { setHead } from '../../../src/desk/edit/page-head.ts';
import { readPage, readSharedNotes } from '../../../src/desk/edit/read-page.ts';
import { verify } from '../../../src/desk/edit/verify.ts';
import { readAsks, removeAsks, setAsks, setOpen } from '../../../src/desk/edit/wordings.ts';

const PAGE = `---
# Who looks after it: the harbour desk.
aliases: [harbours, "ports"]
---

# Ports

What the author says of the two harbours.[^all]

## Claims

- The older harbour handled 4 million tonnes in 2019.[^count] <!-- lint: source-number -->
  - id: tonnage
  - kind: figure
  - paragraph: 7
  - speaker: Port Authority
  - number: 4 million tonnes

- The new quay is *too* dear,
  the author thinks.
  - id: quay
  - kind: opinion
  - paragraph: 8
  - speaker: author

## See also

- [Rail](rail.md)

[^all]: **Context.** The text is old.

[^count]: **Contested.** The customs office counts 3.6 million tonnes.
    - source: Customs office
    - as of: 2020-12-31
`;

/** The lines in which two texts differ, as a diff shows them. */
function diff(before: string, after: string): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  return [
    ...old.filter((line) => !now.includes(line)).map((line) => `- ${line}`),
    ...now.filter((line) => !old.includes(line)).map((line) => `+ ${line}`),
  ];
}

describe('a claim', () => {
  it('is changed without touching any other line', () => {
    const after = setClaim(PAGE, 'tonnage', { fields: { number: '4.2 million tonnes', date: '2019', kind: 'figure' } });
    expect(diff(PAGE, after)).toEqual([
      '-   - number: 4 million tonnes',
      '+   - number: 4.2 million tonnes',
      '+   - date: 2019',
    ]);
    expect(setClaim(PAGE, 'quay', { text: 'The new quay is too dear, the author thinks.', notes: [] })).toBe(PAGE);
  });

  it('keeps its notes and its comments if its text changes, and loses a field that was emptied', () => {
    const after = setClaim(PAGE, 'tonnage', { text: 'It handled 4 million tonnes.', fields: { number: ' ' } });
    expect(diff(PAGE, after)).toEqual([
      '- - The older harbour handled 4 million tonnes in 2019.[^count] <!-- lint: source-number -->',
      '-   - number: 4 million tonnes',
      '+ - It handled 4 million tonnes.[^count] <!-- lint: source-number -->',
    ]);
    expect(setClaim(PAGE, 'tonnage', { notes: [] })).toContain('in 2019. <!--');
    expect(() => setClaim(PAGE, 'gone', { text: 'x' })).toThrow(EditError);
  });

  it('is added below the others, and removed without a trace', () => {
    const claim = {
      text: 'Fees rose.',
      notes: ['count'],
      fields: { id: 'fees', kind: 'reported', paragraph: '9', speaker: 'author' },
    };
    const after = addClaim(PAGE, claim);
    expect(after).toContain('  - speaker: author\n\n- Fees rose.[^count]\n  - id: fees\n');
    expect(removeClaim(after, 'fees')).toBe(PAGE);
    expect(() => addClaim(after, claim)).toThrow('already has a claim fees');
    expect(() => addClaim('# Ports\n\nOf ports.\n', claim)).toThrow('no part for claims');
    expect(addClaim('# Ports\n\nOf ports.\n\n## Claims\n', claim)).toBe(
      '# Ports\n\nOf ports.\n\n## Claims\n\n- Fees rose.[^count]\n  - id: fees\n  - kind: reported\n  - paragraph: 9\n  - speaker: author\n',
    );
  });

  it('refuses a change that would change another claim', () => {
    expect(() => setClaim(PAGE, 'quay', { text: 'kind: nothing of the sort' })).toThrow(EditError);
    expect(() => setClaim(PAGE, 'quay', { text: 'x\u0000' })).toThrow(EditError);
    const other = PAGE.replace('4 million tonnes', '5 million tonnes');
    expect(() => verify(PAGE, other, { claim: 'quay', change: {} })).toThrow(EditError);
    expect(verify(PAGE, other, { claim: 'tonnage', change: {} })).toBe(other);
  });

  it('holds any text whatever, and nothing else changes', () => {
    const texts = fc.string({
      unit: fc.constantFrom(...'ab *_`[]()<>&#;!-+=~|^:.1\\\n"\'é“'),
      minLength: 1,
      maxLength: 40,
    });
    const property = fc.property(texts, texts, (text, speaker) => {
      let after: string;
      try {
        after = setClaim(PAGE, 'quay', { text, fields: { speaker } });
      } catch (error) {
        // Never damaged: what can't be written is refused, and that is rare.
        expect(error).toBeInstanceOf(EditError);
        return /^\s*\w+( \w+)?:/.test(text) || !text.trim();
      }
      const [, quay] = readPage(after)?.claims ?? [];
      return quay?.text === text.replace(/[ \n]+/g, ' ').trim();
    });
    expect(fc.check(property, { numRuns: 300 })).toMatchObject({ failed: false });
  });

  it('can be saved as it is on every page of the tests’ articles, which then stay as they are', () => {
    const pages = globSync('tests/fixtures/{frozen,articles,island}/*/topics/*.md');
    expect(pages.length).toBeGreaterThan(30);
    for (const page of pages) {
      const text = readFileSync(page, 'utf8');
      for (const { text: said, notes, fields } of readPage(text)?.claims ?? []) {
        const names = CLAIM_FIELDS as Readonly<Record<string, string>>;
        const written = Object.fromEntries(Object.entries(fields).map(([name, value]) => [names[name] ?? name, value]));
        expect(setClaim(text, fields.id ?? '', { text: said, notes, fields: written })).toBe(text);
        expect(removeClaim(text, fields.id ?? '')).not.toBe(text);
      }
    }
  });

  it('keeps the line ends of the file', () => {
    const windows = PAGE.replaceAll('\n', '\r\n');
    expect(setClaim(windows, 'quay', { text: 'It is dear.' }).replaceAll('\r\n', '')).not.toContain('\n');
  });
});

describe('a note', () => {
  it('is changed field by field, and added at the end', () => {
    const after = setNote(
      PAGE,
      'count',
      { kind: 'contested', text: 'Customs counts 3.5 million.', fields: { url: 'https://example.org/x' } },
      false,
    );
    expect(diff(PAGE, after)).toEqual([
      '- [^count]: **Contested.** The customs office counts 3.6 million tonnes.',
      '+ [^count]: **Contested.** Customs counts 3.5 million.',
      '+     - url: https://example.org/x',
    ]);
    const added = setNote(PAGE, 'new', { kind: 'framing', text: 'One view.', fields: { source: 'Somebody' } }, false);
    expect(added.slice(PAGE.length)).toBe('\n[^new]: **One side’s framing.** One view.\n    - source: Somebody\n');
  });

  it('is written into notes.md likewise, and its label is checked', () => {
    const after = setNote('# Notes\n', 'war', { kind: 'outdated', text: 'It ended.', fields: {} }, true);
    expect(readSharedNotes(after)?.definitions.war).toMatchObject({ text: 'It ended.', fields: { kind: 'outdated' } });
    expect(() => setNote(PAGE, 'a b', { kind: 'context', text: 'x', fields: {} }, false)).toThrow('label');
  });
});

describe('a page', () => {
  it('becomes a draft and is published again, byte for byte', () => {
    for (const page of [PAGE, PAGE.replace(/^---[\s\S]*?---\n\n/, ''), PAGE.replaceAll('\n', '\r\n')]) {
      const draft = setPageDraft(page, true);
      expect(draft).toMatch(/draft: true/);
      expect(setPageDraft(draft, true)).toBe(draft);
      expect(setPageDraft(draft, false)).toBe(page);
      expect(setPageDraft(page, false)).toBe(page);
    }
    expect(setRecordDraft('# The record.\nformat: 2\ntitle: X\n', true)).toMatch(
      /^# The record.\nformat: 2\ndraft: true # readers have seen it\n/,
    );
    expect(setRecordDraft('format: 2\ndraft: true # soon\ntitle: X\n', false)).toBe('format: 2\ntitle: X\n');
    expect(() => setRecordDraft('{ draft: true }', false)).toThrow(EditError);
  });

  it('gets another title, summary and aliases', () => {
    const after = setHead(PAGE, {
      title: 'Ports & quays',
      summary: 'On [ports].',
      aliases: ['harbours', 'quays, old'],
    });
    expect(diff(PAGE, after)).toEqual([
      '- aliases: [harbours, "ports"]',
      '- # Ports',
      '- What the author says of the two harbours.[^all]',
      '+ aliases: [harbours, "quays, old"]',
      '+ # Ports & quays',
      '+ On \\[ports\\].[^all]',
    ]);
    expect(
      setHead(PAGE, {
        title: 'Ports',
        summary: 'What the author says of the two harbours.',
        aliases: ['harbours', 'ports'],
      }),
    ).toBe(PAGE);
    expect(() => setHead('nothing', { title: 'x', summary: 'y', aliases: [] })).toThrow(EditError);
  });
});

describe('wordings', () => {
  const YAML = `# How people ask.
asks:
  tonnage:
    - How much cargo? # the usual
    - "What: how many tonnes?"
  quay:
    - Is it dear?
open:
  - What does a berth cost?
`;

  it('are added, removed and reordered with their comments', () => {
    expect(setAsks(YAML, 'quay', ['Is it dear?', 'Too dear?'])).toBe(
      YAML.replace('dear?\n', 'dear?\n    - Too dear?\n'),
    );
    expect(setAsks(YAML, 'quay', ['Is it dear?', ' '])).toBe(YAML);
    expect(setOpen(YAML, ['What does a berth cost?', 'Who paid: them?'])).toBe(`${YAML}  - "Who paid: them?"\n`);
    expect(setAsks(YAML, 'tonnage', ['What: how many tonnes?', 'How much cargo?'])).toContain(
      '    - "What: how many tonnes?"\n    - How much cargo? # the usual\n',
    );
    expect(setAsks(YAML, 'tonnage', readAsks(YAML, 'tonnage'))).toBe(YAML);
    expect(removeAsks(YAML, 'quay')).toBe(YAML.replace('  quay:\n    - Is it dear?\n', ''));
    expect(setOpen(YAML, [])).toContain('open: []\n');
  });

  it('are begun in an empty file, and broken ones are refused', () => {
    expect(setAsks('', 'fees', ['What are the fees?'])).toBe('asks:\n  fees:\n    - What are the fees?\n');
    expect(setAsks('asks:\n  fees: []\nopen: []\n', 'fees', ['How dear?'])).toBe(
      'asks:\n  fees:\n    - How dear?\nopen: []\n',
    );
    expect(() => setOpen('asks: [', ['x'])).toThrow(EditError);
  });

  it('hold any question, and the rest of the file stays', () => {
    const property = fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (question) => {
      const wanted = question.replace(/[ \t\r\n]+/g, ' ').trim();
      const after = setAsks(YAML, 'quay', ['Is it dear?', question]);
      return wanted === '' || (readAsks(after, 'quay').at(-1) === wanted && after.includes('# the usual'));
    });
    expect(fc.check(property)).toMatchObject({ failed: false });
  });
});
