import { describe, expect, it } from 'vitest';
import { isOpposite } from '../../src/search/decide/opposites.ts';
import { withoutCourtesies } from '../../src/search/read/courtesy.ts';
import { readList } from '../../src/search/read/list.ts';
import { readRecord } from '../../src/search/read/record.ts';
import { readRefusal } from '../../src/search/read/refuse.ts';
import { readSpeaker } from '../../src/search/read/saying.ts';
import { splitQuestions } from '../../src/search/read/split.ts';
import { readTrace } from '../../src/search/read/trace.ts';
import { isBare, readWant } from '../../src/search/read/want.ts';
import { contentStems, tokens } from '../../src/search/words.ts';

describe('several questions in one', () => {
  it.each([
    ['Who buys the oil?', ['Who buys the oil?']],
    ['Who buys the oil and how much does it cost?', ['Who buys the oil', 'how much does it cost?']],
    ['Who runs it? And what did it cost?', ['Who runs it?', 'what did it cost?']],
    ['When was it built, and by whom was it paid for', ['When was it built', 'by whom was it paid for']],
    ['Which towns and which villages are named?', ['Which towns', 'which villages are named?']],
    ['Ada and Bo like ships', ['Ada and Bo like ships']],
  ])('%s', (text, parts) => {
    expect(splitQuestions(text)).toEqual(parts);
  });

  it('are four at most', () => {
    expect(splitQuestions('who came? '.repeat(20))).toHaveLength(4);
  });
});

describe('without courtesies', () => {
  it.each([
    ['Hello! Who buys the oil?', 'Who buys the oil?'],
    ['hey, thanks. who buys the oil?', 'who buys the oil?'],
    ["I'm a teacher in Ohio. Which ships carry the grain?", 'Which ships carry the grain?'],
    ['I hope you are well. Could you please tell me who leads the port authority?', 'who leads the port authority?'],
    ['I’d like to know who leads the port authority, please', 'who leads the port authority'],
    ['Do you know why the port closed?', 'why the port closed?'],
    ['Could you tell me who buys the oil, please?', 'who buys the oil?'],
    ['Who buys the oil? Thanks a lot!', 'Who buys the oil?'],
    [
      'My class is curious, which ports that the author names are in Spain?',
      'which ports that the author names are in Spain?',
    ],
  ])('%s', (text, question) => {
    expect(withoutCourtesies(text)).toBe(question);
  });

  // What is asked leans on what stands before it, or is all there is.
  it.each([
    'I read that Spain bought grain. Is that so?',
    'I was told they sold ships. To whom?',
    'Spain and France are friends. Why is that?',
    'Hello!',
    'thanks',
    'I think the port is old.',
    'Can you tell me if the port closed?',
    'Who thanked you?',
    'We sold them grain?',
  ])('%s stays as it is', (text) => {
    expect(withoutCourtesies(text)).toBe(text);
  });
});

describe('who says so', () => {
  it.each([
    ['Does he give a source for the 55,000?', 'the 55,000'],
    ['Is the 55,000 his own number?', 'is the 55,000'],
    ['Who says that the bridge is safe?', 'the bridge is safe'],
    ['Is it a fact or just his opinion that trade grew?', 'is it that trade grew'],
    ['Is there any evidence for the theft?', 'the theft'],
    ['According to whom did the sea rise?', 'did the sea rise'],
    ['Says who that the sea rose?', 'the sea rose'],
    ['By whose account was the port closed?', 'was the port closed'],
    ['Does anyone besides the author say the port was closed?', 'the port was closed'],
    ['Is the port’s closing documented?', "is the port's closing"],
    ['Is “a gem of a port” his phrase or somebody else’s?', 'is a gem of a port'],
    ['Did the mayor say so, or is that the author’s spin?', 'did the mayor say so'],
    ['Is it established that trade grew, or does he merely assert it?', 'trade grew'],
    ['How does the author know the port is closed?', 'the port is closed'],
    ['Any proof for the theft?', 'the theft'],
  ])('%s', (text, thing) => {
    expect(readTrace(text, ['Ada Example'])).toEqual({ thing, word: false });
  });

  it.each([
    ['Which word does the author use for the attack?', 'the attack'],
    ['What does she call the strike?', 'the strike'],
    ['How does the writer describe the harbour?', 'the harbour'],
  ])('%s asks for a word', (text, thing) => {
    expect(readTrace(text, [])).toEqual({ thing, word: true });
  });

  it('knows the author by name', () => {
    expect(readTrace('Does Example cite a source for the 80 ships?', ['Ada Example'])).toMatchObject({
      thing: 'the 80 ships',
    });
  });

  it.each(['Is that a fact or an opinion?', 'Is that his own number?'])('“%s” points back', (text) => {
    expect(readTrace(text, [])).toEqual({ thing: '', word: false });
  });

  it.each([
    'Who buys the oil?',
    'Does the article give the islanders a voice?',
    'When did the talks begin?',
    'Where does the oil come from?',
    'Who gave the money?',
  ])('“%s” is another question', (text) => {
    expect(readTrace(text, [])).toBeUndefined();
  });
});

describe('a list', () => {
  const groups = ['rabbis', 'officials', 'Norlandic officials'];
  it.each([
    ['List all Norlandic officials', { of: 'group', group: 'Norlandic officials' }],
    ['which rabbis does he mention?', { of: 'group', group: 'rabbis' }],
    ['Give me every figure and all the numbers', { of: 'figures' }],
    ['which years are mentioned', { of: 'dates' }],
    ['Who are the people named in the article?', { of: 'people' }],
    ['Who led the rabbis?', undefined],
    ['How many officials came?', undefined],
  ])('%s', (text, wanted) => {
    expect(readList(text, groups)).toEqual(wanted);
  });
});

describe('the article’s record', () => {
  it.each([
    ['when was this article published', ['publication']],
    ['is the essay biased?', ['bias']],
    ['what are its sources', ['sources']],
    ['Isn’t this a bit one-sided?', ['bias']],
    ['Are the figures true?', ['figures']],
    ['What does the author leave out?', ['omissions']],
    ['when was the pipeline built', []],
    ['how old is the author', []],
  ])('%s', (text, parts) => {
    expect(readRecord(text, false)).toEqual(parts);
  });

  it('is not meant if the question names something of the article, unless it asks what is left out', () => {
    expect(readRecord('is it true that Norland sold ships?', true)).toEqual([]);
    expect(readRecord('does it leave out the Norlandic side?', true)).toEqual(['omissions']);
  });
});

describe('rules catch no more than they should', () => {
  it.each([
    'Is energy cooperation good for both countries?',
    'Did Netanyahu write a letter?',
    'Is there a quote from the letter?',
    'Who wrote a song about the bridge?',
    'Is the port good for trade?',
  ])('“%s” is a question to the article', (text) => {
    expect(readRefusal(text)).toBeUndefined();
  });

  it.each([
    ['write a poem about the port', 'instruction'],
    ['Please write me a short letter to the mayor', 'instruction'],
    ['could you make up a quote', 'quotation'],
    ['Give me a direct quote', 'quotation'],
    ['Is Norland evil?', 'side'],
  ])('“%s”: %s', (text, refusal) => {
    expect(readRefusal(text)).toBe(refusal);
  });

  it('does not take a tribute that is paid for a price', () => {
    expect(readWant('How did people pay tribute?')).toBe('other');
    expect(readWant('How much did they pay?')).toBe('price');
  });
});

it('reads 55k, 55,000 and 55000 as one number', () => {
  expect(new Set(['55k', '55,000', '55000'].map((text) => tokens(text)[0]))).toEqual(new Set(['55000']));
});

it('tells a few words that are no question from a question', () => {
  expect(['btc pipeline', 'harop', 'who?', 'is it safe', 'oil and gas'].map(isBare)).toEqual([
    true,
    true,
    false,
    false,
    true,
  ]);
});

it('sees the opposite of what a claim says', () => {
  const claim = new Set(contentStems('The council rejected the plan.'));
  expect(isOpposite(contentStems('Why did the council accept the plan?'), claim)).toBe(true);
  expect(isOpposite(contentStems('Why did the council reject the plan?'), claim)).toBe(false);
});

describe('whose words a question wants', () => {
  it.each([
    ['What does the mayor say?', 'the mayor'],
    ['what did Ada Berg tell the council', 'Ada Berg'],
    ['What the Norlanders think of it', 'the Norlanders'],
    ['What is the view of the ferry company?', 'the ferry company'],
    ['What did the mayor sell?', undefined],
    ['Who said that?', undefined],
    ['What does it say about the price of oil in the long years after the war was lost?', 'it'],
  ])('%s', (text, speaker) => {
    expect(readSpeaker(text)).toBe(speaker);
  });
});
