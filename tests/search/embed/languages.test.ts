import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listCommands } from '../../../commands/index.ts';
import { createLibrary } from '../../../src/core/library.ts';
import type { Search } from '../../../src/core/search.ts';
import { createSearch } from '../../../src/search/search.ts';
import { type Semantics, startSemantics } from '../../../src/search/semantic.ts';
import { ARTICLE, claimOf, topicOf } from '../../support/content.ts';
import { type ModelServer, startModelServer } from '../../support/model-server.ts';
import { answerToy } from '../../support/toy-embeddings.ts';

const article = {
  ...ARTICLE,
  parties: {
    France: { also: [], adjectives: ['French'], people: [] },
    Spain: { also: [], adjectives: ['Spanish'], people: [] },
  },
};
const library = createLibrary(
  [article],
  [
    topicOf('trade', {
      article,
      claims: [
        claimOf({ id: 'oil', text: 'The harbour buys its oil at sea.', asks: ['Who buys the oil?'] }),
        claimOf({ id: 'arms', text: 'France sells arms to Spain.', asks: ['Does France sell arms to Spain?'] }),
        claimOf({ id: 'war', text: 'The army of Spain killed sailors.', asks: ['Whom did Spain kill?'] }),
      ],
    }),
  ],
);

let directory: string;
let server: ModelServer;
const opened: Semantics[] = [];
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'languages-'));
  server = await startModelServer(answerToy);
});
afterAll(async () => {
  for (const one of opened) await one.close();
  await server.close();
  await rm(directory, { recursive: true });
});

async function open(multilingual: boolean): Promise<Search> {
  const model = { url: server.url, model: 'toy', multilingual, timeoutMs: 5000 };
  const semantics = startSemantics(join(directory, `${multilingual}.bin`), model);
  opened.push(semantics);
  const search = await createSearch(library, listCommands(library), { semantics });
  await search.ready;
  return search;
}

describe('with a model that reads many languages, a question in another one', () => {
  it.each([['Wer kauft das Öl?'], ['Кто покупает нефть?'], ['qui achète le pétrole']])(
    '%j is answered',
    async (text) => {
      const { parts, refusal } = await (await open(true)).ask(text);
      expect(refusal).toBeUndefined();
      expect(parts).toMatchObject([{ text, verdict: 'answered', passages: [{ claim: { id: 'oil' } }] }]);
    },
  );

  it('on what two parties do to each other only comes near: likeness does not tell who does it', async () => {
    const { parts } = await (await open(true)).ask('Verkauft Frankreich Waffen an Spanien?');
    expect(parts).toMatchObject([{ verdict: 'nearest', nearest: [{ claim: { id: 'arms' } }] }]);
  });

  it('never shows a charge against somebody', async () => {
    const { parts } = await (await open(true)).ask('Wen hat Spanien getötet?');
    expect(parts).toMatchObject([{ verdict: 'declined', passages: [], nearest: [] }]);
  });

  it('is declined if it has nothing to do with the article, and not for its language', async () => {
    const { parts, refusal } = await (await open(true)).ask('как сварить яйцо всмятку?');
    expect([parts[0]?.verdict, refusal]).toEqual(['declined', undefined]);
  });
});

it('with a model that reads English alone, it is declined for its language', async () => {
  expect(await (await open(false)).ask('Кто покупает нефть?')).toMatchObject({ refusal: 'language' });
});

it('English is decided as ever', async () => {
  const { parts } = await (await open(true)).ask('who buys the oil?');
  expect(parts).toMatchObject([{ verdict: 'answered', passages: [{ claim: { id: 'oil' } }] }]);
});
