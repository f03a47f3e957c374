import { faultAt } from '../check.ts';
import type { Fault } from '../fault.ts';
import type { ContentFile } from '../read.ts';
import type { Rule } from './rule.ts';
import { tokenize } from './tokens.ts';

/** Of the words of two notes, the share that they have in common from which they are one note written twice. */
const SAME_SHARE = 0.6;
const LEAST_WORDS = 8;

/** Notes without a source, and notes that stand in two files. */
export const notesOfSources: Rule = ({ topics, notes }) => {
  const files = [...topics, ...(notes ? [notes] : [])];
  const all = files.flatMap(
    (file: ContentFile<{ definitions: Record<string, { text: string; source?: string | undefined }> }>) =>
      Object.entries(file.value?.definitions ?? {}).map(([label, { text, source }]) => ({
        file,
        label,
        source,
        words: new Set(tokenize(text).map(({ key }) => key)),
      })),
  );
  const repeated = all.flatMap((note, index): Fault[] => {
    const other = all
      .slice(0, index)
      .find((one) => one.file !== note.file && share(one.words, note.words) >= SAME_SHARE);
    if (!other) return [];
    const code = share(other.words, note.words) === 1 ? 'note-repeated' : 'note-differs';
    return [
      faultAt(note.file, ['definitions', note.label], code, note.label, `[^${other.label}] in ${other.file.file}`),
    ];
  });
  return [
    ...all.flatMap(({ file, label, source }) =>
      source ? [] : [faultAt(file, ['definitions', label], 'note-source', label)],
    ),
    ...repeated,
  ];
};

function share(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (Math.min(a.size, b.size) < LEAST_WORDS) return 0;
  return a.intersection(b).size / a.union(b).size;
}
