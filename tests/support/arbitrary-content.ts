import fc from 'fast-check';
import { TEXT_LIMITS } from '../../src/content/limits.ts';
import { writeAddress } from '../../src/core/address.ts';
import { CLAIM_KINDS, type Claim, NOTE_KINDS, type Note, type Topic } from '../../src/core/article.ts';
import { cleanText } from '../../src/core/question.ts';
import { weightOf } from '../../src/core/weight.ts';
import { ARTICLE, claimOf, topicOf } from './content.ts';

/** Words, markup, mentions and scripts that content may hold. */
const fragment = fc.oneof(
  { weight: 4, arbitrary: fc.lorem({ maxCount: 12 }) },
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
  fc.constantFrom(...'*_~`|<>&#@:[]\\-+.()!"'.split('').map((mark) => mark.repeat(7))),
  fc.constantFrom(
    '@everyone',
    '<@123>',
    '<#5>',
    '<!channel>',
    '<@U1>',
    '# x',
    '- x',
    '1. x',
    '> x',
    '-# x',
    'https://e.org',
    '`x`',
    ':a:',
  ),
);

/** Any text that the schema takes, up to the limit itself. */
function text(limit: number): fc.Arbitrary<string> {
  return fc.oneof(
    fc.array(fragment, { minLength: 1, maxLength: 60 }).map((parts) => fit(parts.join(' '), limit)),
    fc.constantFrom('x', '*', '&', '<', '@', 'é').map((character) => fit(character.repeat(limit), limit)),
  );
}

function fit(text: string, limit: number): string {
  const characters = [...cleanText(text)];
  while (weightOf(characters.join('')) > limit) characters.splice(Math.floor(characters.length * 0.9));
  return characters.join('').trim() || 'x';
}

/** Addresses up to the limit, with marks that a platform might take for its own. */
const url = fc.constantFrom(
  ...['a', '(', '|x', '*_~`', '&b=', 'é'].map((part) => {
    const all = Array.from({ length: TEXT_LIMITS.url }, (_, count) => `https://a.example/?${part.repeat(count)}`);
    return all.findLast((one) => writeAddress(one).length <= TEXT_LIMITS.url) ?? 'https://a.example/';
  }),
);

const source = fc.record({ source: text(TEXT_LIMITS.source), url, asOf: fc.constant('2025-09-30') });

const note: fc.Arbitrary<Note> = fc
  .record({
    kind: fc.constantFrom(...NOTE_KINDS),
    text: text(TEXT_LIMITS.note),
    source: fc.option(source, { nil: {} }),
  })
  .map(({ source: own, ...parts }) => ({ ...parts, ...own }));

const claim: fc.Arbitrary<Claim> = fc
  .record({
    text: text(TEXT_LIMITS.claim),
    speaker: text(TEXT_LIMITS.speaker),
    kind: fc.constantFrom(...CLAIM_KINDS),
    notes: fc.array(note, { maxLength: TEXT_LIMITS.notesOfClaim }),
    paragraphs: fc.constantFrom([1], [1, 2, 3], [3, 'author' as const]),
    number: fc.option(
      text(60).map((unit) => ({ qualifier: 'at least', value: 1234567, unit })),
      { nil: undefined },
    ),
    date: fc.constantFrom('1991', '2016/2020', '--10-07'),
    people: fc.array(text(TEXT_LIMITS.name), { maxLength: 2 }),
    corrected: fc.option(
      text(TEXT_LIMITS.change).map((what) => ({ date: '2026-09-30', what })),
      { nil: undefined },
    ),
  })
  .map(({ number, corrected, ...parts }) =>
    claimOf({
      ...parts,
      ...(number ? { number, numbers: [number, number] } : {}),
      ...(corrected ? { corrected } : {}),
    }),
  );

/** Topics such as the schema takes, with texts up to their limits, under an article with the longest byline. */
export const arbitraryTopics: fc.Arbitrary<Topic[]> = fc
  .array(
    fc.record({
      title: text(TEXT_LIMITS.title),
      summary: text(TEXT_LIMITS.summary),
      notes: fc.array(note, { maxLength: TEXT_LIMITS.notesOfTopic }),
      claims: fc.array(claim, { minLength: 1, maxLength: 14 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .chain((topics) =>
    fc
      .record({
        title: text(TEXT_LIMITS.articleTitle),
        author: text(TEXT_LIMITS.author),
        disclosure: text(TEXT_LIMITS.disclosure),
        place: fc.option(
          fc.record({ url, textFragments: fc.boolean(), anchors: fc.record({ 1: text(TEXT_LIMITS.anchor) }) }),
          { nil: {} },
        ),
      })
      .map(({ place, ...record }) => {
        const article = { ...ARTICLE, ...record, ...place, publication: ['x'.repeat(TEXT_LIMITS.publication)] };
        return topics.map((parts, index) =>
          topicOf(`${'abcd'[index]}${'-topic'.repeat(5)}`, {
            ...parts,
            article,
            related: topics.map((_, other) => `${'abcd'[other]}${'-topic'.repeat(5)}`),
            claims: parts.claims.map((one, at) => ({ ...one, id: `${index}.${at}` })),
          }),
        );
      }),
  );
