import { z } from 'zod';
import { parseNotes } from '../../content/parse-notes.ts';
import { parseTopic } from '../../content/parse-topic.ts';
import type { Lines as Places } from '../../content/source.ts';

const written = z.record(z.string(), z.unknown()).transform((value) => {
  const { text = '', notes, allowed: _, ...rest } = value;
  return {
    text: String(text),
    notes: Array.isArray(notes) ? notes.map(String) : [],
    fields: Object.fromEntries(Object.entries(rest).flatMap(([name, one]) => (one ? [[name, String(one)]] : []))),
  };
});

const pageSchema = z.looseObject({
  title: z.string().default(''),
  summary: z.string().default(''),
  notes: z.array(z.string()).default([]),
  claims: z.array(written).default([]),
  definitions: z.record(z.string(), written).default({}),
});

/** A claim or a note as it is written: its text, the labels of its notes, and its fields by the program's names. */
export type WrittenBlock = z.infer<typeof written>;

/** A topic's page as it is written, unchecked, for forms. */
export type WrittenPage = z.infer<typeof pageSchema> & {
  /** Where each value stands, such as `claims.0.kind`, counted from 1. */
  readonly places: Places;
};

/** Reads a topic's page. Undefined if it is too broken to be read. */
export function readPage(text: string): WrittenPage | undefined {
  const { value, lines } = parseTopic('', text);
  const { data } = pageSchema.safeParse(value);
  return data && { ...data, places: lines };
}

/** Reads the notes of a notes.md, likewise. */
export function readSharedNotes(text: string): WrittenPage | undefined {
  const { value, lines } = parseNotes('', text);
  const { data } = pageSchema.safeParse(value);
  return data && { ...data, places: lines };
}
