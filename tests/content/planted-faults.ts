import type { FaultCode } from '../../src/content/fault.ts';

/** A change to the harbour article that makes it faulty. */
export interface Planted {
  readonly name: string;
  /** The file to change, below the content folder; a new one begins empty. */
  readonly file: string;
  readonly change: (text: string) => string;
  readonly code: FaultCode;
  /** The first line that holds this text is the one to blame; line 1 if left out. */
  readonly at?: string;
  /** The file to blame, if it is another than the changed one. */
  readonly blamed?: string;
}

export const CARGO = 'harbour/topics/cargo.md';
export const FERRIES = 'harbour/topics/ferries.md';
export const ASKS = 'harbour/wordings/cargo.yaml';
export const RECORD = 'harbour/article.yaml';
export const NOTES = 'harbour/notes.md';

/** Replaces a text that has to be there. */
export function swap(from: string, to: string): (text: string) => string {
  return (text) => {
    if (!text.includes(from)) throw new Error(`the fixture has no ${from}`);
    return text.replace(from, () => to);
  };
}

const add = (more: string) => (text: string) => `${text}\n${more}`;
const write = (text: string) => () => text;

const PAGE =
  '# New\n\nNew.\n\n## Claims\n\n- New.\n  - id: new\n  - kind: opinion\n  - paragraph: 1\n  - speaker: author\n';

/** Faults that keep the bot from answering. */
export const PLANTED: readonly Planted[] = [
  // How a file is written.
  {
    name: 'a header that is not YAML',
    file: CARGO,
    change: swap('[freight,', '[freight: ['),
    code: 'yaml',
    at: 'freight',
  },
  {
    name: 'a YAML alias without its anchor',
    file: CARGO,
    change: swap('[freight,', '[*nobody,'),
    code: 'yaml-alias',
    at: 'aliases',
  },
  { name: 'a record that is a list', file: RECORD, change: write('- one\n'), code: 'yaml-table' },
  { name: 'a YAML bomb', file: RECORD, change: write(composeBomb()), code: 'yaml-alias' },
  {
    name: 'an unknown section',
    file: CARGO,
    change: swap('## Claims', '## Sayings'),
    code: 'section-unknown',
    at: '## Sayings',
  },
  {
    name: 'the section of format 1',
    file: CARGO,
    change: swap('## See also', '## Not in the article\n\n- Who owns it?\n\n## See also'),
    code: 'section-moved',
    at: '## Not in',
  },
  {
    name: 'questions in the page',
    file: CARGO,
    change: swap('  - date: 2019\n', '  - date: 2019\n  - asks:\n    - How much?\n'),
    code: 'field-moved',
    at: '- asks:',
  },
  {
    name: 'a stray paragraph',
    file: CARGO,
    change: swap('## See also', 'Stray.\n\n## See also'),
    code: 'text-stray',
    at: 'Stray.',
  },
  {
    name: 'a list outside sections',
    file: CARGO,
    change: swap('## Claims', '- stray\n\n## Claims'),
    code: 'list-stray',
    at: '- stray',
  },
  {
    name: 'a quotation',
    file: CARGO,
    change: swap('## See also', '> stray\n\n## See also'),
    code: 'block-stray',
    at: '> stray',
  },
  {
    name: 'a paragraph among shared notes',
    file: NOTES,
    change: write('# Notes\n\nStray.\n'),
    code: 'notes-stray',
    at: 'Stray.',
  },
  {
    name: 'a field without a key',
    file: CARGO,
    change: swap('- number: over', '- over'),
    code: 'field-without-key',
    at: '- over',
  },
  {
    name: 'a field written twice',
    file: CARGO,
    change: swap('- date: 2019', '- speaker: Customs'),
    code: 'field-twice',
    at: '- speaker: Customs',
  },
  {
    name: 'an unknown field',
    file: CARGO,
    change: swap('- speaker: Port', '- says: Port'),
    code: 'field-unknown',
    at: 'The old harbour',
  },
  { name: 'an unknown setting', file: RECORD, change: swap('paragraphs: 4', 'pages: 4'), code: 'field-unknown' },
  {
    name: 'an unknown part of a name',
    file: RECORD,
    change: add('people: { Ada: { job: mayor } }\n'),
    code: 'field-unknown',
    at: 'people:',
  },
  {
    name: 'a link to elsewhere',
    file: CARGO,
    change: swap('(ferries.md)', '(https://example.org)'),
    code: 'link-foreign',
    at: 'example.org',
  },
  { name: 'a dead link', file: CARGO, change: swap('(ferries.md)', '(trains.md)'), code: 'link-dead', at: 'trains.md' },

  // Indentation.
  {
    name: 'a field that is not indented',
    file: CARGO,
    change: swap('  - kind: figure', '- kind: figure'),
    code: 'indentation',
    at: '- kind: figure',
  },
  {
    name: 'a field that is indented as part of the text',
    file: CARGO,
    change: swap('  - kind: figure', '       - kind: figure'),
    code: 'indentation',
    at: '- kind: figure',
  },
  {
    name: 'a field below another',
    file: CARGO,
    change: swap('  - paragraph: 1\n', '    - paragraph: 1\n'),
    code: 'indentation',
    at: '- paragraph: 1',
  },
  {
    name: 'a note’s field that is not indented enough',
    file: CARGO,
    change: swap('    - source: Customs', '  - source: Customs'),
    code: 'indentation',
    at: '- source: Customs',
  },
  {
    name: 'a note’s field that is indented as part of the text',
    file: CARGO,
    change: swap('    - source: Customs', '          - source: Customs'),
    code: 'indentation',
    at: '- source: Customs',
  },

  // Values.
  { name: 'no title', file: CARGO, change: swap('# Cargo\n', ''), code: 'missing' },
  { name: 'no author', file: RECORD, change: swap('author: Mara Lindqvist\n', ''), code: 'missing' },
  {
    name: 'a claim without an id',
    file: CARGO,
    change: swap('  - id: tonnage\n', ''),
    code: 'missing',
    at: 'The old harbour',
  },
  {
    name: 'a claim without a speaker',
    file: CARGO,
    change: swap('  - speaker: Port Authority\n', ''),
    code: 'missing',
    at: 'The old harbour',
  },
  {
    name: 'a claim without a paragraph',
    file: FERRIES,
    change: swap('  - paragraph: 3\n', ''),
    code: 'missing',
    at: 'every hour',
  },
  {
    name: 'an author who is a list',
    file: RECORD,
    change: swap('Mara Lindqvist', '[Mara]'),
    code: 'not-a-text',
    at: 'author',
  },
  {
    name: 'aliases that are one name',
    file: CARGO,
    change: swap('[freight, goods, tonnage]', 'freight'),
    code: 'not-a-list',
    at: 'aliases',
  },
  {
    name: 'asks that are one question',
    file: ASKS,
    change: swap('tonnage:\n', 'tonnage: How busy is it?\n  other:\n'),
    code: 'not-a-list',
    at: 'tonnage:',
  },
  {
    name: 'asks that are a list',
    file: ASKS,
    change: write('asks:\n  - How busy is it?\n'),
    code: 'not-a-table',
    at: 'asks',
  },
  {
    name: 'synonyms that are a list',
    file: RECORD,
    change: swap('synonyms:', 'synonyms: [a]\nold:'),
    code: 'not-a-table',
    at: 'synonyms',
  },
  { name: 'people that are a list', file: RECORD, change: add('people: [Ada]\n'), code: 'not-a-table', at: 'people' },
  {
    name: 'a switch that is a word',
    file: CARGO,
    change: swap('---\n', '---\ndraft: perhaps\n'),
    code: 'not-a-switch',
    at: 'draft',
  },
  {
    name: 'a claim that is too long',
    file: CARGO,
    change: swap('Grain makes', `Grain ${'x'.repeat(500)}`),
    code: 'too-long',
    at: 'Grain',
  },
  {
    name: 'a summary that is too long',
    file: CARGO,
    change: swap('How much', 'y'.repeat(99)),
    code: 'too-long',
    at: 'yyy',
  },
  {
    name: 'a title that is too long',
    file: CARGO,
    change: swap('# Cargo', `# ${'z'.repeat(61)}`),
    code: 'too-long',
    at: '# zzz',
  },
  {
    name: 'a question that is too long',
    file: ASKS,
    change: swap('How busy', 'w'.repeat(150)),
    code: 'too-long',
    at: 'www',
  },
  {
    name: 'a source that is too long',
    file: CARGO,
    change: swap('source: Customs', `source: ${'v'.repeat(151)}`),
    code: 'too-long',
    at: 'vvv',
  },
  {
    name: 'three notes on one claim',
    file: CARGO,
    change: swap('count.[^count]', 'count.[^count][^count][^count]'),
    code: 'too-many-notes',
    at: 'The old harbour',
  },
  {
    name: 'a title that would colour the terminal',
    file: RECORD,
    change: swap('A Harbour', '"\\e[31mA Harbour"\n#'),
    code: 'control-character',
    at: 'title',
  },
  {
    name: 'an unknown kind',
    file: CARGO,
    change: swap('kind: figure', 'kind: number'),
    code: 'choice-unknown',
    at: 'kind: number',
  },
  {
    name: 'a claim without a kind',
    file: CARGO,
    change: swap('  - kind: figure\n', ''),
    code: 'choice-missing',
    at: 'The old harbour',
  },
  {
    name: 'a paragraph in words',
    file: CARGO,
    change: swap('paragraph: 1, 2', 'paragraph: two'),
    code: 'value-wrong',
    at: 'paragraph: two',
  },
  {
    name: 'a date that does not exist',
    file: CARGO,
    change: swap('date: 2019', 'date: 2019-02-30'),
    code: 'value-wrong',
    at: '2019-02-30',
  },
  {
    name: 'a number in words',
    file: CARGO,
    change: swap('number: over 4 million tonnes', 'number: many'),
    code: 'value-wrong',
    at: 'number: many',
  },
  {
    name: 'further numbers in words',
    file: CARGO,
    change: swap('  - date: 2019', '  - numbers: 4; many'),
    code: 'value-wrong',
    at: 'numbers: 4',
  },
  {
    name: 'an id with capitals',
    file: CARGO,
    change: swap('id: tonnage', 'id: Tonnage'),
    code: 'value-wrong',
    at: 'id: Tonnage',
  },
  {
    name: 'a day of review without a day',
    file: CARGO,
    change: swap('  - date: 2019', '  - review by: 2027-06'),
    code: 'value-wrong',
    at: 'review by',
  },
  {
    name: 'a correction without a day',
    file: CARGO,
    change: swap('  - date: 2019', '  - corrected: the year'),
    code: 'value-wrong',
    at: 'corrected',
  },
  {
    name: 'an address that runs a script',
    file: CARGO,
    change: swap('    - source: Customs', '    - url: javascript:alert(1)\n    - source: Customs'),
    code: 'value-wrong',
    at: 'url: java',
  },
  {
    name: 'an article’s address that is not one',
    file: RECORD,
    change: add('url: here\n'),
    code: 'value-wrong',
    at: 'url: here',
  },
  {
    name: 'a language that is not one',
    file: RECORD,
    change: add('language: English\n'),
    code: 'value-wrong',
    at: 'language',
  },
  {
    name: 'a local name with a space',
    file: CARGO,
    change: swap('---\n', '---\nlocales: { de: { name: Die Fracht } }\n'),
    code: 'value-wrong',
    at: 'locales',
  },
  {
    name: 'no number of paragraphs',
    file: RECORD,
    change: swap('paragraphs: 4', 'paragraphs: none'),
    code: 'paragraphs-wrong',
    at: 'paragraphs',
  },
  {
    name: 'no word on publication',
    file: RECORD,
    change: swap('  - Written for the tests of this project.', '  []'),
    code: 'publication-empty',
    at: 'publication',
  },
  { name: 'a short name with a comma', file: RECORD, change: add('short: a, b\n'), code: 'short-comma', at: 'short' },
  {
    name: 'an unknown locale',
    file: CARGO,
    change: swap('---\n', '---\nlocales: { german: { name: fracht } }\n'),
    code: 'locale-unknown',
    at: 'locales',
  },
  {
    name: 'no list of claims',
    file: CARGO,
    change: (text) => text.slice(0, text.indexOf('- The old')),
    code: 'no-claims',
    at: '## Claims',
  },
  {
    name: 'a note without a kind',
    file: CARGO,
    change: swap('**Contested.** ', ''),
    code: 'note-kind',
    at: '[^count]:',
  },
  {
    name: 'a disclosure that nobody worded',
    file: RECORD,
    change: swap('disclosure: An', 'disclosure: "TO BE WORDED: an"\n#'),
    code: 'placeholder',
    at: 'disclosure',
  },
  {
    name: 'a summary that nobody worded',
    file: CARGO,
    change: swap('How much', 'TO BE WORDED: how much'),
    code: 'placeholder',
    at: 'TO BE',
  },
  {
    name: 'a note that nobody worded',
    file: CARGO,
    change: swap('**Contested.** The', '**Contested.** TO BE WORDED: the'),
    code: 'placeholder',
    at: '[^count]:',
  },

  // Formats.
  { name: 'format 1', file: RECORD, change: swap('format: 2\n', ''), code: 'format-old' },
  { name: 'a later format', file: RECORD, change: swap('format: 2', 'format: 3'), code: 'format-new', at: 'format' },
  {
    name: 'a format in words',
    file: RECORD,
    change: swap('format: 2', 'format: two'),
    code: 'format-unknown',
    at: 'format',
  },

  // Between files.
  {
    name: 'a file name with capitals',
    file: 'harbour/topics/Harbour Master.md',
    change: write(PAGE),
    code: 'slug-wrong',
  },
  {
    name: 'a file name of 32 characters, one too many for Slack',
    file: `harbour/topics/${'a'.repeat(32)}.md`,
    change: write(PAGE),
    code: 'slug-wrong',
  },
  { name: 'a file name that is a command', file: 'harbour/topics/help.md', change: write(PAGE), code: 'slug-command' },
  {
    name: 'an alias of another topic',
    file: CARGO,
    change: swap('freight', 'boats'),
    code: 'alias-taken',
    at: 'boats',
    blamed: FERRIES,
  },
  {
    name: 'an alias that is a command',
    file: CARGO,
    change: swap('freight', 'timeline'),
    code: 'alias-taken',
    at: 'timeline',
  },
  {
    name: 'an alias that is another topic’s name',
    file: CARGO,
    change: swap('freight', 'Ferries'),
    code: 'alias-taken',
    at: 'Ferries',
  },
  {
    name: 'an id of another topic’s claim',
    file: FERRIES,
    change: swap('id: hourly-ferry', 'id: grain'),
    code: 'id-taken',
    at: 'id: grain',
  },
  {
    name: 'a note that is written nowhere',
    file: CARGO,
    change: swap('[^count]: ', '[^other]: '),
    code: 'note-missing',
    at: 'The old harbour',
  },
  {
    name: 'a note that belongs to no claim',
    file: CARGO,
    change: swap('count.[^count]', 'count.'),
    code: 'note-unused',
    at: '[^count]:',
  },
  {
    name: 'a note written twice',
    file: CARGO,
    change: add('[^count]: **Context.** Again.\n'),
    code: 'note-twice',
    at: '**Context.** Again',
  },
  {
    name: 'a note that is shared, too',
    file: NOTES,
    change: write('# Notes\n\n[^count]: **Context.** Again.\n'),
    code: 'note-here-and-shared',
    at: 'The old harbour',
    blamed: CARGO,
  },
  {
    name: 'a shared note of no topic',
    file: NOTES,
    change: write('# Notes\n\n[^nobody]: **Context.** Again.\n'),
    code: 'note-unused',
    at: '[^nobody]',
  },
  {
    name: 'wordings without a topic',
    file: 'harbour/wordings/trains.yaml',
    change: write('open: [When?]\n'),
    code: 'wordings-orphan',
  },
  {
    name: 'wordings of an unknown claim',
    file: ASKS,
    change: swap('  tonnage:', '  tonnes:'),
    code: 'wordings-claim',
    at: 'tonnes:',
  },
  {
    name: 'the author as somebody else',
    file: FERRIES,
    change: swap('speaker: the mayor', 'speaker: author'),
    code: 'speaker-author',
    at: 'speaker: author\n  - date',
  },
  {
    name: 'an unknown paragraph',
    file: CARGO,
    change: swap('paragraph: 1, 2', 'paragraph: 1, 9'),
    code: 'paragraph-unknown',
    at: 'paragraph: 1, 9',
  },
  {
    name: 'an author note that is not there',
    file: RECORD,
    change: swap('authorNote: true', 'authorNote: false'),
    code: 'paragraph-author',
    at: 'paragraph: author',
    blamed: FERRIES,
  },
  {
    name: 'a paragraph that no topic covers',
    file: RECORD,
    change: swap('paragraphs: 4', 'paragraphs: 5'),
    code: 'paragraph-uncovered',
    at: 'paragraphs',
  },
  {
    name: 'an anchor of an unknown paragraph',
    file: RECORD,
    change: add('url: https://a.example\nanchors:\n  9: p9\n'),
    code: 'anchor-unknown',
    at: '9: p9',
  },
  {
    name: 'anchors without an address',
    file: RECORD,
    change: add('anchors: { 1: p1 }\n'),
    code: 'anchor-address',
    at: 'anchors',
  },
  {
    name: 'text fragments without anchors',
    file: RECORD,
    change: add('url: https://a.example\ntextFragments: true\n'),
    code: 'fragments-anchors',
    at: 'textFragments',
  },
];

/** Aliases of aliases: a few hundred bytes that would be a billion values. */
function composeBomb(): string {
  const rows = Array.from({ length: 9 }, (_, at) => {
    const above = at === 0 ? '"x"' : `*l${at - 1}`;
    return `l${at}: &l${at} [${Array(9).fill(above).join(', ')}]`;
  });
  return `format: 2\n${rows.join('\n')}\n`;
}
