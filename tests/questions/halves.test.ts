import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { parseQuestions } from '../../src/editorial/evaluate.ts';

it('no question to tune by is among those to check by', async () => {
  const read = async (half: string) => {
    const file = `tests/questions/azerbaijan-israel.${half}.jsonl`;
    return parseQuestions(file, await readFile(file, 'utf8'));
  };
  const [tune, check] = [await read('tune'), await read('check')];
  expect(tune.length + check.length).toBeGreaterThan(450);
  const asked = new Set(tune.map(({ question }) => question.toLowerCase()));
  expect(check.filter(({ question }) => asked.has(question.toLowerCase()))).toEqual([]);
});
