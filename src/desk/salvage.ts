import type { ContentFile, ReadContent } from '../content/read.ts';
import { type TopicFile, topicSchema } from '../content/schema.ts';
import type { Lines } from '../content/source.ts';

/** Rounds after which a page is given up: its fields, its claims and notes, what only shows then. */
const ROUNDS = 3;
/** Without these a claim can't be shown at all. */
const NEEDED = new Set(['text', 'id', 'kind', 'paragraph', 'speaker', 'notes']);

type Table = Record<string, unknown>;

/**
 * Content in which one fault of a topic hides nothing else of it: what is faulty is left out of its value, a field if a claim
 * can do without it, or else the claim. Faults stay. For looking at content, never for answering from it.
 */
export function salvage({ folders, ...rest }: ReadContent): ReadContent {
  return { ...rest, folders: folders.map((folder) => ({ ...folder, topics: folder.topics.map(salvageTopic) })) };
}

function salvageTopic(topic: ContentFile<TopicFile>): ContentFile<TopicFile> {
  if (topic.value || !isTable(topic.written)) return topic;
  const written = structuredClone(topic.written);
  let { lines } = topic;
  for (let round = 0; round < ROUNDS; round += 1) {
    const { data, error } = topicSchema.safeParse(written);
    if (data) return { ...topic, value: data, lines };
    const gone = new Set<number>();
    for (const issue of error.issues) {
      const [part, key, field] = issue.path.map(String);
      const names = issue.code === 'unrecognized_keys' ? issue.keys : field === undefined ? [] : [field];
      if (part === 'claims' && key !== undefined) {
        const claim = (written.claims as Table[])[Number(key)];
        if (round === 0 && isTable(claim) && names.length > 0 && names.every((name) => !NEEDED.has(name)))
          for (const name of names) delete claim[name];
        else gone.add(Number(key));
      } else if (part === 'definitions' && key !== undefined) delete (written.definitions as Table)[key];
      else if (part === 'title' || part === 'summary') written[part] = topic.slug;
      else if (part !== undefined && part !== 'claims') delete written[part];
      for (const name of part === undefined ? names : []) delete written[name];
    }
    if (gone.size === 0) continue;
    written.claims = (written.claims as unknown[]).filter((_, index) => !gone.has(index));
    lines = withoutClaims(lines, gone);
  }
  return topic;
}

/** Where each value stands once some claims are left out. */
function withoutClaims(lines: Lines, gone: ReadonlySet<number>): Lines {
  return new Map(
    [...lines].flatMap(([path, line]): [string, number][] => {
      const [part, index, ...rest] = path.split('.');
      if (part !== 'claims' || index === undefined) return [[path, line]];
      if (gone.has(Number(index))) return [];
      const before = [...gone].filter((one) => one < Number(index)).length;
      return [[[part, Number(index) - before, ...rest].join('.'), line]];
    }),
  );
}

function isTable(value: unknown): value is Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
