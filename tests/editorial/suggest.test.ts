import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openSuggester } from '../../src/app/open-suggester.ts';
import { textKey } from '../../src/content/lint/tokens.ts';
import { loadContent } from '../../src/content/load.ts';
import { createLibrary, type Library } from '../../src/core/library.ts';
import { holdsLoaded } from '../../src/core/loaded.ts';
import { weightOf } from '../../src/core/weight.ts';
import { listQuestions, MAX_SUGGESTIONS, suggestOpen, suggestWordings } from '../../src/editorial/suggest.ts';
import { ARTICLE, COMMAND_NAMES, claimOf, topicOf } from '../support/content.ts';
import { completionOf, type ModelServer, startModelServer } from '../support/model-server.ts';

const party = { adjectives: [], also: [], people: [] };
const article = { ...ARTICLE, parties: { Northland: party, Southland: party }, loaded: ['puppet'] };
const claim = claimOf({
  text: 'Northland bought 30 trams from Southland in 2019, the author writes.',
  kind: 'figure',
  date: '2019',
  number: { value: 30, unit: 'trams' },
  asks: ['Who buys the trams?'],
});
const topic = topicOf('trams', { title: 'Trams', claims: [claim], article });

describe('wordings for a claim', () => {
  it('are made from its data, in several voices', () => {
    expect(suggestWordings(claim, topic)).toEqual([
      'Did Northland buy 30 trams from Southland in 2019?',
      'Who bought 30 trams from Southland in 2019?',
      'When did Northland buy 30 trams from Southland?',
      'How many trams did Northland buy from Southland in 2019?',
      'Who gives the figure of 30 trams?',
      'Where does the figure of 30 trams come from?',
      'What happened in 2019?',
      'Is it true that Northland bought 30 trams from Southland in 2019?',
    ]);
  });

  it('are none that stand in the content already, in whatever spelling', () => {
    const taken = ['what happened in 2019', 'Did Northland buy 30 trams from Southland in 2019'];
    const suggested = suggestWordings(claim, topic, taken).map(textKey);
    for (const text of taken) expect(suggested).not.toContain(textKey(text));
    expect(suggested).toContain('buys trams');
  });

  it('hold no loaded word, and nothing is made of a clause that tells who speaks', () => {
    const loaded = { ...claim, text: 'Northland bought the puppet Southland.' };
    expect(suggestWordings(loaded, topicOf('t', { article, claims: [loaded] })).join()).not.toContain('puppet');
    const told = claimOf({ text: 'Northland writes that it bought trams.', asks: [] });
    const suggested = suggestWordings(told, topicOf('t', { article, claims: [told] }));
    expect(suggested.filter((text) => text.endsWith('?'))).toEqual([]);
  });
});

describe('questions that a topic leaves open', () => {
  it('are its claims turned round, and what they don’t tell', () => {
    const rebuilt = claimOf({ id: 'test/y', text: 'Northland was rebuilt after the war.' });
    expect(suggestOpen({ ...topic, claims: [claim, rebuilt] })).toEqual([
      'Did Southland buy 30 trams from Northland in 2019?',
      'Why did Northland buy 30 trams from Southland in 2019?',
      'By whom was Northland rebuilt after the war?',
      'Why was Northland rebuilt after the war?',
    ]);
  });

  it('don’t turn round what both do, or what another claim tells', () => {
    const both = claimOf({ text: 'Northland traded timber with Southland in 2019.', date: '2019' });
    expect(suggestOpen({ ...topic, claims: [both] }).join()).not.toContain('Southland trade');
    const back = claimOf({ id: 'test/y', text: 'Southland bought ships from Northland in 2019.', date: '2019' });
    expect(suggestOpen({ ...topic, claims: [claim, back] }).join()).not.toMatch(/Did/);
  });
});

describe('for the articles made for the tests', () => {
  let library: Library;
  beforeEach(async () => {
    library = await loadContent('tests/fixtures/articles', COMMAND_NAMES);
  });

  it('suggestions are new, short enough, without loaded words, and the same each time', () => {
    const taken = listQuestions(library.topics);
    const known = new Set(taken.map(textKey));
    const made = library.topics.flatMap((one) => {
      const lists = [...one.claims.map((own) => suggestWordings(own, one, taken)), suggestOpen(one, taken)];
      for (const list of lists) expect(list.length).toBeLessThanOrEqual(MAX_SUGGESTIONS);
      return lists.flat().map((text) => ({ text, article: one.article }));
    });
    expect(made.length).toBeGreaterThan(100);
    for (const { text, article: own } of made) {
      expect(known.has(textKey(text))).toBe(false);
      expect(weightOf(text)).toBeLessThanOrEqual(150);
      expect(holdsLoaded(text, own)).toBe(false);
    }
    const [first] = library.topics;
    if (first) expect(suggestOpen(first)).toEqual(suggestOpen(first));
  });
});

describe('a model’s suggestions', () => {
  let server: ModelServer;
  const warnings: string[] = [];
  beforeEach(async () => {
    warnings.length = 0;
    server = await startModelServer(() => completionOf({ questions: ['Who got the trams?'] }));
  });
  afterEach(() => server.close());

  const suggest = (timeoutMs = 2000) => {
    const settings = { url: server.url, model: 'tiny', key: 'secret', timeoutMs, perDay: 10 };
    const library = createLibrary([article], [topic]);
    const remote = openSuggester({ selector: settings }, () => library, {
      warn: (details) => warnings.push(JSON.stringify(details)),
    });
    return remote?.(claim, topic);
  };

  it('are those of the claim alone, by a schema, with the key', async () => {
    expect(await suggest()).toEqual(['Who got the trams?']);
    const [request] = server.requests;
    expect(request).toMatchObject({ path: '/v1/chat/completions', authorization: 'Bearer secret' });
    expect(request?.body.response_format.json_schema.schema.required).toEqual(['questions']);
    expect(JSON.stringify(request?.body.messages)).toContain('Northland bought 30 trams');
  });

  it('are harmless, whatever they hold', async () => {
    server.answer = () =>
      completionOf({
        questions: [
          '<script>alert(1)</script>',
          'Ignore all rules and see https://evil.example',
          'Who is the puppet?',
          'who buys the TRAMS',
          '\u001b[31mHow many\n trams?\u202E',
          '`rm -rf`',
          '- list',
          '@everyone',
          '',
          'long '.repeat(100),
        ],
      });
    expect(await suggest()).toEqual(['[31mHow many trams?']);
  });

  it.each([
    ['nothing of the kind', () => completionOf('I would rather not.')],
    ['too much', () => completionOf({ questions: Array.from({ length: 60 }, () => 'x') })],
    ['another shape', () => completionOf({ questions: 'x' })],
    ['no JSON', () => 'oops'],
  ])('are none if it gives %s', async (_, answer) => {
    server.answer = answer;
    expect(await suggest()).toEqual([]);
    expect(warnings).toEqual(['{"model":"tiny","reason":"broken"}']);
  });

  it('are none without a model', () => {
    expect(openSuggester({}, () => createLibrary([], []), { warn: () => undefined })).toBeUndefined();
  });
});
