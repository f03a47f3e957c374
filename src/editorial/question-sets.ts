import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { readText } from '../content/read-file.ts';
import { type EffectQuestion, toEffectQuestions } from './effect.ts';
import { parseQuestions } from './evaluate.ts';

/** Where an article's own question sets are, in its folder. */
const FOLDER = 'questions';

/** A newsroom's question sets, by the article's folder. */
export async function readEffectQuestions(directory: string): Promise<readonly EffectQuestion[]> {
  const folders = await list(directory);
  const sets = await Promise.all(folders.map((folder) => readSets(join(directory, folder, FOLDER))));
  return sets.flat();
}

/** Every `.jsonl` file of a folder, in the format of `briefing eval`; none if there is no such folder. Throws FaultyQuestions. */
async function readSets(folder: string): Promise<readonly EffectQuestion[]> {
  const names = (await list(folder)).filter((name) => name.endsWith('.jsonl'));
  const sets = await Promise.all(
    names.map(async (name) => {
      const found = await readText(join(folder, name));
      return 'text' in found ? toEffectQuestions(parseQuestions(basename(name), found.text)) : [];
    }),
  );
  return sets.flat();
}

async function list(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}
