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
    await expect(semantics.index(['', '']).query('oil')).resolves.toEqual(new Float32Array(2));
  });

  it.each(['', ' ', '?', '👍', '\u200d', '\0', '\ud800', '你好', 'привет', '٣'])(
    'reads %j without failing',
    async (text) => {
      const index = semantics.index(['Oil flows through a pipeline.', text]);
      await index.ready;
      const likeness = await index.query(text);
      expect(likeness.every(Number.isFinite)).toBe(true);
      expect(likeness).toHaveLength(2);
      const [oil = 0, other = 0] = await index.query('crude in pipes');
      expect(oil).toBeGreaterThan(other);
      index.drop();
    },
  );
});
