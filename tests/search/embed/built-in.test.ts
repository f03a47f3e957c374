import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Semantics, startSemantics } from '../../../src/search/semantic.ts';

let directory: string;
let semantics: Semantics;
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'built-in-'));
  semantics = startSemantics(join(directory, 'embeddings.bin'));
});
afterAll(async () => {
  await semantics.close();
  await rm(directory, { recursive: true });
});

describe('the built-in model', () => {
  it('indexes empty texts alone', async () => {
    await expect(semantics.index(['', '']).query('oil', 1)).resolves.toHaveLength(1);
  });

  it.each(['', ' ', '?', '👍', '\u200d', '\0', '\ud800', '你好', 'привет', '٣'])(
    'reads %j without failing',
    async (text) => {
      const index = semantics.index(['Oil flows through a pipeline.', text]);
      await index.ready;
      const matches = await index.query(text, 2);
      expect(matches.every(({ similarity }) => Number.isFinite(similarity))).toBe(true);
      expect(matches).toHaveLength(text === '' ? 0 : 2);
      expect((await index.query('crude in pipes', 1))[0]?.sentence).toBe(0);
      index.drop();
    },
  );
});
