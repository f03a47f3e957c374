import { describe, expect, it } from 'vitest';
import type { Claim } from '../../src/core/article.ts';
import { createBot } from '../../src/core/bot.ts';
import { createLibrary } from '../../src/core/library.ts';
import { createQuestion } from '../../src/core/question.ts';
import type { Features } from '../../src/search/decide/features.ts';
import { readRefusal } from '../../src/search/read/refuse.ts';
import { asksForSummary } from '../../src/search/read/summary.ts';
import { isSmallTalk } from '../../src/search/read/talk.ts';
import { asksForOthers } from '../../src/search/read/want.ts';
import { createSearch } from '../../src/search/search.ts';
import type { Semantics } from '../../src/search/semantic.ts';
import { createRewriter } from '../../src/search/synonyms.ts';
import { contentStems } from '../../src/search/words.ts';
import { ARTICLE, botOn, claimOf, openContent, openTestBot, strictLog, topicOf } from '../support/content.ts';

interface Debug {
  readonly candidates: readonly { readonly claim: string; readonly features: Features }[];
}

const SMALL_TALK = [
  'hi',
  'Good morning!',
  'Thanks, bot',
  'thank you so much',
  'who are you?',
  'What can you do?',
  'help me',
];
const WORDLESS = ['?', '...', '👍', '❤️🎉'];

describe('small talk', () => {
  it.each([...SMALL_TALK, ...WORDLESS])('%j is nothing else', (text) => {
    expect(isSmallTalk(text)).toBe(true);
  });

  it.each([
    'thanks, but who sells the drones?',
    'hi, who buys the oil?',
    'who thanked you?',
    'help for Israel',
    'да',
    '42',
  ])('%j is more', (text) => {
    expect(isSmallTalk(text)).toBe(false);
  });

  // That it takes a time that grows with the text and no faster is shown in regular-expressions.test.ts.
  it('is told from a text that is nearly all of it', () => {
    expect(isSmallTalk(`${'good morning thanks a lot '.repeat(40)}oil`)).toBe(false);
  });

  it.each([...SMALL_TALK, ...WORDLESS])(
    '%j gets what /help says, as a message and as a question to /ask',
    async (text) => {
      const bot = await openTestBot();
      const help = await bot.answer(createQuestion('help'));
      expect(await bot.answer(bot.parse(text))).toEqual(help);
      expect(await bot.answer(createQuestion('ask', { question: text }))).toEqual(help);
    },
  );
});

describe('a summary', () => {
  it.each([
    ['What is the article about?', true],
    ['what’s it about', true],
    ['Summarise this for me, please', true],
    ['can you summarize the whole article in three sentences?', true],
    ['tl;dr', true],
    ['give me a short summary of the essay', true],
    ['what are the main points', true],
    ['what does the author say?', true],
    ['what does the author say about drones?', false],
    ['summarize the part on drones', false],
    ['what is the pipeline about', false],
    ['what about this?', false],
    ['give me the whole article', false],
    ['who is the author', false],
  ])('%j asks for one: %s', (text, summary) => {
    expect(asksForSummary(text)).toBe(summary);
  });

  it('is the topic that goes by that name', async () => {
    const bot = await botOn([topicOf('ports'), topicOf('thesis', { aliases: ['summary'] })]);
    const reply = await bot.answer(bot.parse('what is this about?'));
    expect(reply).toEqual(await bot.answer(createQuestion('thesis')));
    expect(reply.outcome).toBe('answered');
  });

  it('is a line on each topic if no topic goes by it', async () => {
    const bot = await openTestBot();
    expect(await bot.answer(bot.parse('what is this about?'))).toEqual(await bot.answer(createQuestion('topics')));
  });

  it('is offered of each of several articles, or a line on each topic if one has none', async () => {
    const other = { ...ARTICLE, slug: 'other', title: 'Another' };
    const ask = async (aliases: string[]) => {
      const topics = [topicOf('one', { aliases: ['summary'] }), topicOf('two', { aliases, article: other })];
      const bot = createBot(await openContent(createLibrary([ARTICLE, other], topics)), strictLog);
      return bot.answer(bot.parse('tl;dr'));
    };
    expect((await ask(['summary'])).actions.map(({ question }) => question.command)).toEqual(['one', 'two']);
    expect((await ask([])).question.command).toBe('topics');
  });
});

it.each([
  ['is the author right?', 'side'],
  ['is he wrong about the war', 'side'],
  ['was Israel justified?', 'side'],
  ['is it right that Israel sold arms?', undefined],
  ['do Jews have the right to pray?', undefined],
  ['are they given the right to pray?', undefined],
  ['were the talks right after the raid?', undefined],
])('%j takes sides: %s', (text, refusal) => {
  expect(readRefusal(text)).toBe(refusal);
});

it.each([
  ['who else buys the oil', true],
  ['which other countries buy it', true],
  ['is there another pipeline', true],
  ['who buys oil apart from Israel', true],
  ['the other country that sent missiles', true],
  ['do they trust each other', false],
  ['are they loyal to one another', false],
  ['does what helps one help the other?', false],
  ['who sold more than anyone else', false],
  ['who buys the oil', false],
])('%j asks for others: %s', (text, others) => {
  expect(asksForOthers(text)).toBe(others);
});

describe('what the editors expect to be asked', () => {
  const party = (adjective: string) => ({ also: [], adjectives: [adjective], people: [] });
  const article = { ...ARTICLE, parties: { France: party('French'), Spain: party('Spanish') } };
  // To the search, both are about another who says so, and have it the other way round.
  const asks = ['Who said Spain sold grain to France?'];
  const beside = claimOf({ id: 'ports/grain', text: 'France sold grain to Spain, the mayor said.', asks });
  const others = ['Who said France bought ships?', 'Did France sell grain to Spain?'];
  const ports = topicOf('ports', { article, claims: [beside], unanswered: others });

  it.each([...asks, 'who said spain sold grain to france', '“Who said: Spain sold grain to France”…'])(
    'is answered in any spelling, also if it seems the other way round: %s',
    async (question) => {
      const bot = createBot(await openContent(createLibrary([article], [ports])), strictLog);
      expect(await bot.answer(createQuestion('ask', { question }))).toMatchObject({
        outcome: 'answered',
        entries: [{ claim: beside }],
      });
    },
  );

  it('is answered by one of several articles, though another leaves it open', async () => {
    // It reads the question in its own words.
    const other = { ...ARTICLE, slug: 'other', short: 'other', synonyms: { corn: ['grain'] } };
    const towns = topicOf('towns', { article: other, unanswered: asks });
    const bot = createBot(await openContent(createLibrary([towns.article, article], [towns, ports])), strictLog);
    expect(await bot.answer(createQuestion('ask', { question: asks[0] ?? '' }))).toMatchObject({
      outcome: 'answered',
      entries: [{ claim: beside }],
    });
  });
});

it('a greeting before a question is not a question of its own', async () => {
  const oil = claimOf({ id: 'ports/oil', text: 'France buys the oil.', asks: ['Who buys the oil?'] });
  const bot = await botOn([topicOf('ports', { claims: [oil] })]);
  const plain = await bot.answer(createQuestion('ask', { question: 'Who buys the oil?' }));
  const polite = await bot.answer(
    createQuestion('ask', { question: 'Hello! Could you tell me who buys the oil, please?' }),
  );
  expect(polite.outcome).toBe('answered');
  expect(polite.entries).toEqual(plain.entries);
});

it('a claim suits a question for others only if one of its own asks for them', async () => {
  const oil = claimOf({ id: 'ports.1', text: 'France buys the oil.', asks: ['Who buys the oil?'] });
  const grain = claimOf({ id: 'ports.2', text: 'Spain buys the grain too.', asks: ['Who else buys the grain?'] });
  const { library, commands } = await botOn([topicOf('ports', { claims: [oil, grain] })]);
  const search = await createSearch(library, commands);
  const noOthers = async (text: string) => {
    const { candidates } = ((await search.ask(text)).debug as Debug[])[0] as Debug;
    return Object.fromEntries(candidates.map(({ claim, features }) => [claim, features.noOthers]));
  };
  expect(await noOthers('who buys oil and grain?')).toEqual({ 'ports.1': 0, 'ports.2': 0 });
  expect(await noOthers('who else buys oil and grain?')).toEqual({ 'ports.1': 1, 'ports.2': 0 });
});

it('a synonym stands for its other forms', () => {
  const rewrite = createRewriter({ supply: ['deliver'], arms: ['weapons'] });
  expect(rewrite('who delivers, who delivered the weapon?')).toBe('who supply who supply the arms');
});

it('words of articles tell nothing beside others, and all if there are no others', () => {
  expect(contentStems('does the author say oil?')).toEqual(contentStems('does oil?'));
  expect(contentStems('who is the author?')).toEqual(['author']);
});

describe('who the author is', () => {
  it('is in the record if no claim tells', async () => {
    const bot = await botOn([topicOf('ports')]);
    for (const text of ['who is the author?', 'who wrote this', 'what is the author’s name']) {
      expect(await bot.answer(bot.parse(text))).toMatchObject({ outcome: 'answered', title: 'About the article' });
    }
  });

  it('is a claim if one tells', async () => {
    const author = claimOf({ text: 'Ada Example wrote it.', asks: ['Who is the author of the text?'] });
    const bot = await botOn([topicOf('ports'), topicOf('ada', { claims: [author] })]);
    expect(await bot.answer(bot.parse('who is the author?'))).toMatchObject({ entries: [{ claim: author }] });
  });
});

it('a question that the editors expect is answered, though one like it is refused', async () => {
  const text = 'The author blames the harbour master alone.';
  const blame = claimOf({ text, kind: 'opinion', asks: ['Who is to blame, according to the author?'] });
  const bot = await botOn([topicOf('ports', { claims: [blame] })]);
  const expected = await bot.answer(bot.parse('who is to blame, according to the author'));
  expect(expected).toMatchObject({ outcome: 'answered', entries: [{ claim: blame }] });
  expect(await bot.answer(bot.parse('who is to blame?'))).not.toMatchObject({ outcome: 'answered' });
});

describe('if the search by meaning fails', () => {
  const search = async (state: { ended: boolean }, asked: string[], failures: unknown[]) => {
    const semantics: Semantics = {
      pairs: async () => [],
      index: () => ({
        ready: Promise.resolve(),
        get ended() {
          return state.ended;
        },
        drop: () => undefined,
        query: async (text) => {
          asked.push(text);
          if (text.includes('broken') || state.ended) throw new Error('no token');
          return new Float32Array(0);
        },
      }),
      close: async () => undefined,
    };
    const { library, commands } = await botOn([topicOf('ports')]);
    const made = await createSearch(library, commands, { semantics, onFailure: (error) => failures.push(error) });
    await made.ready;
    return made;
  };

  it('on one question, others are still searched by meaning', async () => {
    const [asked, failures]: [string[], unknown[]] = [[], []];
    const made = await search({ ended: false }, asked, failures);
    await made.ask('the broken harbour');
    await made.ask('the old harbour');
    expect(asked).toEqual(['the broken harbour', 'the old harbour']);
    expect(failures).toHaveLength(1);
  });

  it('for good, it is asked no more', async () => {
    const [asked, failures]: [string[], unknown[]] = [[], []];
    const made = await search({ ended: true }, asked, failures);
    await made.ask('the new harbour');
    await made.ask('the old harbour');
    expect(asked).toHaveLength(1);
    expect(failures).toHaveLength(1);
  });
});

describe('by words alone', () => {
  const claims = [
    claimOf({ text: 'The kelp weighs 1.1 tonnes, a 12 by 1 metre strip.', asks: ['How heavy is the kelp?'] }),
  ];
  const ask = async (text: string) => {
    const search = await createSearch(createLibrary([ARTICLE], [topicOf('kelp', { claims })]), []);
    const [part] = (await search.ask(text)).parts;
    return [part?.verdict, part?.nearest.length];
  };

  it.each(['<script>alert(1)</script>', 'zxqv blorp 1', 'what is 1?'])(
    'a digit is nothing in common: %s',
    async (text) => {
      expect(await ask(text)).toEqual(['declined', 0]);
    },
  );

  it('a word is, with a digit or without', async () => {
    for (const text of ['how heavy is the kelp?', 'does the kelp weigh 1.1 tonnes?'])
      expect((await ask(text))[0]).toBe('answered');
  });
});

it('what only comes near names what the question names, if any claim does', async () => {
  const article = { ...ARTICLE, places: { Eastport: { also: [], groups: [] }, Westport: { also: [], groups: [] } } };
  const claims = [
    claimOf({
      id: 'east',
      text: 'Eight people were killed in Eastport.',
      asks: ['How many people were killed in Eastport?'],
    }),
    claimOf({ id: 'west', text: 'The author grieves for Westport.', asks: ['What does he say of Westport?'] }),
  ];
  const unanswered = ['How many people were killed in Westport?', 'How many people were killed in Southport?'];
  const topics = [topicOf('victims', { article, claims, unanswered })];
  const search = await createSearch(createLibrary([article], topics), []);
  const near = async (text: string) => (await search.ask(text)).parts[0]?.nearest.map(({ claim }) => claim.id);
  expect(await near(unanswered[0] ?? '')).toEqual(['west']);
  expect(await near(unanswered[1] ?? '')).toContain('east');
});

describe('in a conversation', () => {
  const claims = [
    claimOf({ id: 'price', text: 'The bridge cost 40 million.', asks: ['What did the bridge cost?'] }),
    claimOf({
      id: 'builder',
      text: 'Norland built the bridge.',
      asks: ['Who built the bridge?', 'Did Norland build the bridge?'],
    }),
  ];
  const ask = async (text: string, about?: readonly string[]) => {
    const search = await createSearch(createLibrary([ARTICLE], [topicOf('bridge', { claims })]), []);
    const [part] = (await search.ask(text, about ? { follows: { subject: '', claims: new Set(about) } } : {})).parts;
    return { verdict: part?.verdict, ids: part?.passages.map(({ claim }) => claim.id) };
  };

  it('only the claims that it is about answer', async () => {
    expect(await ask('Who built the bridge?', ['builder'])).toEqual({ verdict: 'answered', ids: ['builder'] });
    expect((await ask('Who built the bridge?', ['price'])).ids).not.toContain('builder');
  });

  it('a claim answers that has most of the words of the question itself', async () => {
    const claimed = { claims: new Set(['price', 'builder']) };
    const search = await createSearch(createLibrary([ARTICLE], [topicOf('bridge', { claims })]), []);
    const askAfter = async (text: string, subject: string) =>
      (await search.ask(text, { follows: { ...claimed, subject } })).parts[0]?.verdict;
    expect(await askAfter('who built it', 'the bridge')).toBe('answered');
    expect(await askAfter('who painted it', 'built the bridge')).not.toBe('answered');
  });

  it('less certainty than usual is enough, but not after what only came near', async () => {
    const unanswered = ['Was the bridge built well?', 'How was it built?', 'Was it built on time?'];
    const search = await createSearch(createLibrary([ARTICLE], [topicOf('bridge', { claims, unanswered })]), []);
    const follows = { subject: 'the bridge', claims: new Set(['price', 'builder']) };
    const verdicts = [{ follows }, { follows: { ...follows, near: true } }].map(async (options) => {
      const { parts } = await search.ask('how was it built in Norland', options);
      return parts[0]?.verdict;
    });
    expect(await Promise.all(verdicts)).toEqual(['answered', 'nearest']);
  });
});

describe('a claim that lacks what is asked about does not answer', () => {
  const party = (...people: string[]) => ({ adjectives: [], also: [], people });
  const article = {
    ...ARTICLE,
    parties: { Norland: party('Ada Berg'), Sudria: party() },
    people: { 'Ada Berg': { role: 'President of Norland', also: ['Berg'], groups: [] } },
  };
  const lasts = claimOf({
    id: 'pool/lasts',
    text: 'The repair of the pool lasts five years, the surveyor said.',
    asks: ['How long does the repair last?', 'How many years will the pool last?'],
  });
  const blames = claimOf({
    id: 'pool/blames',
    text: 'The author blames Norland for the war.',
    organisations: ['Norland'],
    asks: ['What does he say of Norland?'],
  });
  const thanks = claimOf({
    id: 'pool/thanks',
    text: 'Norland is grateful for the pool, President Berg said.',
    speaker: 'Ada Berg, President of Norland',
    asks: ['Who is grateful for the pool?', 'What does President Berg say about the pool?'],
  });
  const ask = async (text: string, ...claims: Claim[]) => {
    const search = await createSearch(createLibrary([article], [topicOf('pool', { article, claims })]), []);
    const [part] = (await search.ask(text)).parts;
    return [part?.verdict, ...(part?.passages ?? []).map(({ claim }) => claim.id)];
  };

  it('if it holds none of what is counted', async () => {
    expect(await ask('How many visits were there in the last years?', lasts)).not.toContain('answered');
    expect(await ask('How many years does the pool last?', lasts)).toEqual(['answered', 'pool/lasts']);
  });

  it('if it does not name whom the question names', async () => {
    expect(await ask('How long does the repair of the pool in Sudria last?', lasts)).not.toContain('answered');
    expect(await ask('How long does the repair of the pool last?', lasts)).toEqual(['answered', 'pool/lasts']);
  });

  it('if it is not by whoever is asked what they say, and charges them', async () => {
    expect(await ask('What does Norland say?', blames)).not.toContain('answered');
    expect(await ask('What does Sudria say of Norland?', blames)).not.toContain('answered');
    const lasting = { ...lasts, asks: ['What does the surveyor say about how long the repair lasts?'] };
    expect(await ask('What does Berg say about how long the repair lasts?', lasting)).not.toContain('answered');
    expect(await ask('What does he say about how long the repair lasts?', lasting)).toContain('answered');
    expect(await ask('What does Norland say about the pool?', blames, thanks)).toEqual(['answered', 'pool/thanks']);
  });
});

describe('who says so', () => {
  const party = { adjectives: [], also: [], people: [] };
  const article = { ...ARTICLE, parties: { Norland: party, Sudria: party } };
  const claim = claimOf({
    text: 'Norland sold 40 ships to Sudria.',
    asks: ['Who says that Norland sold ships to Sudria?', 'How many ships did Norland sell to Sudria?'],
  });
  const ask = async (text: string) => {
    const search = await createSearch(createLibrary([article], [topicOf('ships', { article, claims: [claim] })]), []);
    return (await search.ask(text)).parts[0];
  };

  it('finds the claim whose trace is asked for', async () => {
    expect(await ask('Does he give a source for the 40 ships?')).toMatchObject({
      verdict: 'answered',
      passages: [{ claim }],
      trace: true,
    });
  });

  it.each([
    'Who says that Sudria sold ships to Norland?',
    'Does he give a source for the 70 ships that Norland sold to Sudria?',
  ])('does not take the reverse, or another number, for what is meant: %s', async (text) => {
    expect(await ask(text)).toMatchObject({ verdict: 'nearest', passages: [], nearest: [{ claim }] });
  });
});
