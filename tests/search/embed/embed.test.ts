import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compare, normalize } from '../../../src/search/embed/embedder.ts';
import { openRemote, type RemoteModel } from '../../../src/search/embed/remote.ts';
import { openVectorCache } from '../../../src/search/embed/vector-cache.ts';
import { withFallback } from '../../../src/search/embed/with-fallback.ts';
import { type SemanticIndex, type Semantics, startSemantics } from '../../../src/search/semantic.ts';
import { type ModelAnswer, type ModelServer, startModelServer } from '../../support/model-server.ts';
import { answerToy, embedToy } from '../../support/toy-embeddings.ts';

let directory: string;
let server: ModelServer;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'embed-'));
});
afterAll(() => rm(directory, { recursive: true }));
beforeEach(async () => {
  server = await startModelServer(answerToy);
});
afterEach(() => server.close());

const remote = (parts: Partial<RemoteModel> = {}): RemoteModel => ({
  url: server.url,
  model: 'toy',
  key: 'secret-key',
  multilingual: true,
  timeoutMs: 2000,
  ...parts,
});
/** The texts that the server was asked for, call by call, without the probe. */
const asked = () =>
  server.requests
    .map(({ body }) => body.input as string[])
    .filter(([first]) => first !== 'A question about an article.');

describe('vectors', () => {
  it('are of length 1, and alike only within one model', () => {
    const vector = normalize([3, 4], 2);
    expect([...vector]).toEqual([expect.closeTo(0.6), expect.closeTo(0.8)]);
    expect(compare(vector, vector)).toBeCloseTo(1);
    expect(compare(vector, normalize([3, 4, 0], 3))).toBe(0);
    expect([...normalize([0, 0], 2)]).toEqual([0, 0]);
  });

  it.each([[[1, 2, 3]], [[1]], [[Number.NaN, 1]], [[Number.POSITIVE_INFINITY, 1]]])(
    '%j is not one of two numbers',
    (numbers) => {
      expect(() => normalize(numbers, 2)).toThrow(/vector/);
    },
  );
});

describe('the cache', () => {
  const file = () => join(directory, 'cache.bin');
  const vector = Float32Array.from([1, 0]);

  it('gives back what it was given, and to no other model or dimension', () => {
    const cache = openVectorCache(file(), { model: 'one', dimension: 2 });
    cache.set('text', vector);
    cache.write(['text']);
    expect(openVectorCache(file(), { model: 'one', dimension: 2 }).get('text')).toEqual(vector);
    expect(openVectorCache(file(), { model: 'two', dimension: 2 }).get('text')).toBeUndefined();
    expect(openVectorCache(file(), { model: 'one', dimension: 3 }).get('text')).toBeUndefined();
  });

  it('never gives a vector of another dimension, whatever the file holds', () => {
    const cache = openVectorCache(file(), { model: 'three', dimension: 3 });
    cache.set('text', vector);
    expect(cache.get('text')).toBeUndefined();
  });

  it('forgets what is not used any more', () => {
    const cache = openVectorCache(file(), { model: 'one', dimension: 2 });
    cache.set('old', vector);
    cache.set('new', vector);
    cache.write(['new']);
    const next = openVectorCache(file(), { model: 'one', dimension: 2 });
    expect([next.get('old'), next.get('new')]).toEqual([undefined, vector]);
  });

  it.each(['not a cache', ''])('is empty if its file holds %j', async (content) => {
    await writeFile(file(), content);
    expect(openVectorCache(file(), { model: 'one', dimension: 2 }).get('text')).toBeUndefined();
  });
});

describe('a model on a server', () => {
  it('is asked as OpenAI’s API is, with its key, and its vectors are matched by their index', async () => {
    const embedder = await openRemote(remote());
    expect(embedder).toMatchObject({ model: 'toy', dimension: 64 });
    const texts = ['the oil', 'a song'];
    expect(await embedder.embed(texts)).toEqual(texts.map((text) => normalize(embedToy(text), 64)));
    expect(server.requests.at(-1)).toMatchObject({
      path: '/v1/embeddings',
      authorization: 'Bearer secret-key',
      body: { model: 'toy', input: texts, encoding_format: 'float' },
    });
  });

  it('may be named by the whole address, and needs no key', async () => {
    await openRemote(remote({ url: `${server.url}/embeddings`, key: undefined }));
    expect(server.requests[0]).toMatchObject({ path: '/v1/embeddings', authorization: undefined });
  });

  it.each<[string, ModelAnswer]>([
    ['an error', (_, response) => void response.writeHead(500).end('no')],
    ['prose', () => 'no'],
    ['no vectors', () => ({ data: [] })],
    ['too few vectors', ({ body }) => ({ data: body.input.slice(1).map(() => ({ embedding: [1] })) })],
    ['an empty vector', () => ({ data: [{ embedding: [] }] })],
    ['a vector of words', () => ({ data: [{ embedding: ['a'] }] })],
    ['a redirect', (_, response) => void response.writeHead(302, { location: 'http://127.0.0.1:9/' }).end()],
    ['a broken connection', (_, response) => void response.destroy()],
  ])('fails after %s', async (_, answer) => {
    server.answer = answer;
    await expect(openRemote(remote())).rejects.toThrow();
  });

  it('fails if it takes too long', async () => {
    server.answer = () => undefined;
    await expect(openRemote(remote({ timeoutMs: 20 }))).rejects.toThrow();
  });

  it('fails if its vectors change their length', async () => {
    const embedder = await openRemote(remote());
    server.answer = ({ body }) => ({ data: body.input.map((text: string) => ({ embedding: embedToy(text, 32) })) });
    await expect(embedder.embed(['the oil'])).rejects.toThrow('a vector has 32 numbers, not 64');
  });
});

describe('in its thread', () => {
  const sentences = [...Array.from({ length: 130 }, (_, index) => `Sentence number ${index}.`), 'Who buys the oil?'];

  it('reads sentences in batches, once, and questions in any language that it knows', async () => {
    const file = join(directory, 'toy.bin');
    const first = startSemantics(file, remote());
    const index = first.index([...sentences, 'Who buys the oil?', '']);
    await index.ready;
    expect(index).toMatchObject({ model: 'toy', multilingual: true, ended: false });
    expect(asked().map(({ length }) => length)).toEqual([64, 64, 3]);
    const likeness = await index.query('Wer kauft das Öl?');
    expect(likeness.indexOf(Math.max(...likeness))).toBe(130);
    await index.query('Wer kauft das Öl?');
    // The content’s own questions are known already.
    await index.query('Who buys the oil?');
    expect(asked().slice(3)).toEqual([['Wer kauft das Öl?']]);
    await first.close();
    expect(index.ended).toBe(true);
    await expect(index.query('anything')).rejects.toThrow('has ended');

    const second = startSemantics(file, remote());
    await second.index(sentences).ready;
    expect(asked()).toHaveLength(4);
    await second.close();

    const other = startSemantics(file, remote({ model: 'another' }));
    await other.index(sentences).ready;
    expect(asked()).toHaveLength(7);
    await other.close();
  });

  it('pairs texts that are alike, in batches, and keeps nothing of them on the disk', async () => {
    const file = join(directory, 'pairs.bin');
    const semantics = startSemantics(file, remote());
    const others = Array.from({ length: 70 }, (_, index) => `${index} ${'abcdefgh'.slice(index % 8)} ${index * 7}`);
    const texts = ['who buys the oil', 'wer kauft das öl', ...others];
    const pairs = await semantics.pairs(texts, 0.99);
    expect(pairs).toContainEqual([0, 1]);
    expect(pairs.filter(([first]) => first === 0)).toHaveLength(1);
    expect(asked().map(({ length }) => length)).toEqual([64, 8]);
    await semantics.close();
    await expect(stat(file)).rejects.toThrow();
  });

  it('tries the server anew after it failed', async () => {
    server.answer = (_, response) => void response.writeHead(503).end();
    const semantics = startSemantics(join(directory, 'again.bin'), remote());
    await expect(semantics.index(['A text.']).ready).rejects.toThrow('503');
    server.answer = answerToy;
    await expect(semantics.index(['A text.']).query('a text')).resolves.toHaveLength(1);
    await semantics.close();
  });

  it('answers questions to what is there while more is read', async () => {
    const semantics = startSemantics(join(directory, 'busy.bin'), remote());
    const index = semantics.index(['Who buys the oil?']);
    await index.ready;
    const release = Promise.withResolvers<void>();
    server.answer = async (request, response) => {
      if (request.body.input.length > 1) await release.promise;
      return answerToy(request, response);
    };
    const next = semantics.index(['One more.', 'And another.']);
    expect(await index.query('oil')).toHaveLength(1);
    release.resolve();
    await next.ready;
    await semantics.close();
  });
});

it('is cut off, and keeps what it has read; how far it comes is told', async () => {
  const file = join(directory, 'cut-off.bin');
  const sentences = Array.from({ length: 1500 }, (_, index) => `sentence ${index}`);
  let texts = 0;
  server.answer = (request, response) => {
    texts += request.body.input.length;
    return texts > 1300 ? void response.writeHead(500).end('no') : answerToy(request, response);
  };
  const first = startSemantics(file, remote());
  await expect(first.index(sentences).ready).rejects.toThrow();
  await first.close();
  server.answer = answerToy;
  const told: { done: number; total: number }[] = [];
  const second = startSemantics(file, remote(), (reading) => told.push(reading));
  await second.index(sentences).ready;
  await second.close();
  expect(told[0]).toEqual({ done: 0, total: 500 });
  expect(told.at(-1)).toEqual({ done: 500, total: 500 });
});

describe('with another model in its place', () => {
  /** A model that its test makes fail. */
  function createFake(name: string) {
    const fake = {
      broken: false,
      indexed: 0,
      dropped: 0,
      closed: 0,
      semantics: {
        index(): SemanticIndex {
          fake.indexed += 1;
          const ready = fake.broken ? Promise.reject(new Error(`${name} is down`)) : Promise.resolve();
          ready.catch(() => undefined);
          return {
            model: name,
            multilingual: name === 'first',
            ready,
            query: async () => {
              if (fake.broken) throw new Error(`${name} is down`);
              return Float32Array.of(name === 'first' ? 0.25 : 0.5);
            },
            drop: () => {
              fake.dropped += 1;
            },
            ended: false,
          };
        },
        pairs: async () => {
          if (fake.broken) throw new Error(`${name} is down`);
          return [name === 'first' ? ([0, 1] as const) : ([0, 2] as const)];
        },
        close: async () => {
          fake.closed += 1;
        },
      } satisfies Semantics,
    };
    return fake;
  }

  const turn = () => new Promise((resolve) => setImmediate(resolve));

  function open() {
    const [first, second] = [createFake('first'), createFake('second')];
    const failures: string[] = [];
    const clock = { now: 0 };
    const semantics = withFallback(first.semantics, () => second.semantics, {
      now: () => clock.now,
      onFailure: (error) => failures.push((error as Error).message),
    });
    return { first, second, failures, clock, semantics };
  }

  it('uses the first alone while it works', async () => {
    const { second, semantics, failures } = open();
    const index = semantics.index(['x']);
    await index.ready;
    expect(await index.query('x')).toEqual(Float32Array.of(0.25));
    expect([index.model, index.multilingual]).toEqual(['first', true]);
    expect([second.indexed, failures]).toEqual([0, []]);
  });

  it('starts the second if the first is down at the start, and goes back to the first after a minute', async () => {
    const { first, second, semantics, failures, clock } = open();
    first.broken = true;
    const index = semantics.index(['x']);
    await index.ready;
    expect(await index.query('x')).toEqual(Float32Array.of(0.5));
    expect([index.model, index.multilingual, failures]).toEqual(['second', false, ['first is down']]);
    first.broken = false;
    expect(await index.query('x')).toEqual(Float32Array.of(0.5));
    clock.now = 60_000;
    await index.query('x');
    await turn();
    expect(await index.query('x')).toEqual(Float32Array.of(0.25));
    expect([first.indexed, second.indexed]).toEqual([2, 1]);
  });

  it('answers by words until the second is ready, and tells of each failure once', async () => {
    const { first, semantics, failures, clock } = open();
    const index = semantics.index(['x']);
    await index.ready;
    first.broken = true;
    const asked = ['x', 'y', 'z'].map((text) => index.query(text));
    for (const one of asked) await expect(one).rejects.toThrow('no language model is ready');
    await turn();
    for (let asks = 0; asks < 3; asks += 1) expect(await index.query('x')).toEqual(Float32Array.of(0.5));
    expect(failures).toEqual(['first is down']);
    clock.now = 60_000;
    await index.query('x');
    await turn();
    expect(await index.query('x')).toEqual(Float32Array.of(0.5));
    expect(failures).toEqual(['first is down', 'first is down']);
  });

  it('fails if both do', async () => {
    const { first, second, semantics } = open();
    first.broken = true;
    second.broken = true;
    await expect(semantics.index(['x']).ready).rejects.toThrow('second is down');
  });

  it('pairs texts by the first, and by the second while that is down', async () => {
    const { first, semantics } = open();
    expect(await semantics.pairs(['x', 'y', 'z'], 0.8)).toEqual([[0, 1]]);
    first.broken = true;
    expect(await semantics.pairs(['x', 'y', 'z'], 0.8)).toEqual([[0, 2]]);
  });

  it('frees and ends both', async () => {
    const { first, second, semantics } = open();
    first.broken = true;
    const index = semantics.index(['x']);
    await index.ready;
    index.drop();
    await semantics.close();
    expect([first.dropped, second.dropped, first.closed, second.closed]).toEqual([1, 1, 1, 1]);
  });
});
