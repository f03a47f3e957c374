import { appendFile, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { tokens } from '../search/words.ts';

/** Above this size, in bytes, no more questions are noted until somebody deletes the file. */
const MAX_BYTES = 1024 * 1024;
const MAX_WORDS = 30;

/**
 * What is kept of an unanswered question: its words, in lower case. Nothing is kept that could identify a person: no asker, no
 * time, no addresses and no long numbers.
 */
export function anonymize(text: string): string {
  const plain = text
    .split(/\s/)
    .filter((word) => !/@|:\/\//.test(word))
    .join(' ')
    .replace(/\d[\d\s().-]{4,}\d/g, ' ');
  return tokens(plain).slice(0, MAX_WORDS).join(' ');
}

/** Notes an unanswered question on one line, so that several processes can share the file. Never throws. */
export async function noteGap(file: string, text: string): Promise<void> {
  const line = anonymize(text);
  if (!line) return;
  try {
    await mkdir(dirname(file), { recursive: true });
    const size = await stat(file).then(
      (found) => found.size,
      () => 0,
    );
    if (size < MAX_BYTES) await appendFile(file, `${line}\n`);
  } catch {
    // In a read-only folder nothing is counted; answering matters more.
  }
}

/** How often each question found no answer, the most frequent first. */
export async function readGaps(
  file: string,
): Promise<readonly { readonly question: string; readonly count: number }[]> {
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n').filter(Boolean);
  const counts = new Map<string, number>();
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1);
  return [...counts].map(([question, count]) => ({ question, count })).sort((a, b) => b.count - a.count);
}
