import { afterEach, beforeEach, expect, it } from 'vitest';
import { examineModels } from '../../src/app/examine-models.ts';
import { completionOf, type ModelAnswer, type ModelServer, startModelServer } from '../support/model-server.ts';
import { answerToy } from '../support/toy-embeddings.ts';

let server: ModelServer;
beforeEach(async () => {
  server = await startModelServer((request, response) =>
    request.path.endsWith('/embeddings')
      ? answerToy(request, response)
      : completionOf({ verdict: 'answered', ids: ['trial/oil'] }),
  );
});
afterEach(() => server.close());

const selector = () => ({ url: server.url, model: 'chooser', timeoutMs: 5000, perDay: 1 });
const embeddings = () => ({ url: server.url, model: 'toy', multilingual: false, timeoutMs: 5000 });

it('finds nothing to say of models that are not set', async () => {
  expect(await examineModels({})).toEqual([]);
});

it('finds models that work', async () => {
  expect(await examineModels({ selector: selector(), embeddings: embeddings() })).toEqual([
    { code: 'selector', state: 'good', what: 'chooser chooses among claims' },
    { code: 'embeddings', state: 'good', what: 'toy returns vectors of 64 numbers' },
  ]);
});

it.each<[string, ModelAnswer]>([
  ['selector-wrong', () => completionOf({ verdict: 'declined', ids: [] })],
  ['selector-broken', () => completionOf('The harbour.')],
  ['selector-invented', () => completionOf({ verdict: 'answered', ids: ['trial/gas'] })],
  ['selector-refused', (_, response) => void response.writeHead(401).end()],
  ['selector-unreachable', (_, response) => void response.destroy()],
  ['selector-slow', () => undefined],
])('finds %s, with a remedy', async (code, answer) => {
  server.answer = answer;
  expect(await examineModels({ selector: { ...selector(), timeoutMs: code === 'selector-slow' ? 50 : 5000 } })).toEqual(
    [{ code, state: 'bad', what: expect.stringContaining('chooser'), remedy: expect.stringMatching(/^[A-Z].*\.$/) }],
  );
});

it('finds a server that gives no vectors', async () => {
  server.answer = () => ({ data: [] });
  expect(await examineModels({ embeddings: embeddings() })).toMatchObject([
    { code: 'embeddings-unusable', state: 'bad' },
  ]);
});
