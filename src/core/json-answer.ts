import type { Change, ClaimKind, Note, Paragraph } from './article.ts';
import { type ClaimEntry, claimAddress, type Entry, type Reply, writeLead } from './reply.ts';
import type { Verdict } from './search.ts';
import { writeText } from './text.ts';

/** An editors' note for programs, with who says so, where a reader finds it, and the day on which it was right. */
export type JsonNote = Omit<Note, 'reviewBy' | 'owner'>;

/** A claim for programs. */
export interface JsonClaim {
  readonly id: string;
  readonly text: string;
  readonly paragraphs: readonly Paragraph[];
  readonly kind: ClaimKind;
  readonly speaker: string;
  /** Where a reader finds it in the article; absent if the article's address is not known. */
  readonly url?: string;
  /** When it was last corrected, and what was wrong. */
  readonly corrected?: Change;
  /** The editors' notes that belong to it, those on its topic first; not from the article. */
  readonly notes: readonly JsonNote[];
}

/** What was answered to one of the things asked. */
export interface JsonPart {
  /** In its asker's own words. */
  readonly question: string;
  readonly verdict: Verdict;
  /** The verdict is `answered`. */
  readonly answered: boolean;
  /** The slug of the topic of the first claim, or of the first of the nearest. */
  readonly topic: string | null;
  /** The claims that answer; empty unless answered. */
  readonly claims: readonly JsonClaim[];
  /** The nearest that the article comes; empty unless nearest. */
  readonly nearest: readonly JsonClaim[];
  /** An answer from the article's own record, a line for each thing; null if it was not asked for. */
  readonly record: string | null;
}

/** An answer for programs. Of several questions in one it holds what answers any of them, in order; `parts` has them apart. */
export interface JsonAnswer extends JsonPart {
  /** The articles that answer, each with its author and kind, on a line of its own. */
  readonly byline: string;
  /** What the bot itself says to it, such as why it declines; null if nothing. */
  readonly lead: string | null;
  /** Slugs of topics to read on. */
  readonly suggestions: readonly string[];
  readonly parts: readonly JsonPart[];
}

/** The answer to `text` from a reply, and the entries to show of it: those of one page, or of all. */
export function composeJsonAnswer(text: string, reply: Reply, entries: readonly Entry[] = reply.entries): JsonAnswer {
  const whole = composePart(text, verdictOf(reply), entries);
  const parts = splitParts(entries);
  return {
    ...whole,
    byline: reply.byline,
    lead: composeReason(reply) ?? null,
    suggestions: reply.suggestions.map(({ slug }) => slug),
    parts: parts.length > 0 ? parts : [whole],
  };
}

/** What is neither answered nor nearest is nothing that the article says: a list of topics, a refusal, a fault. */
function verdictOf({ outcome }: Reply): Verdict {
  return outcome === 'answered' || outcome === 'nearest' ? outcome : 'declined';
}

/** A refusal's headline is its reason, which programs get with what the bot says to it. */
function composeReason(reply: Reply): string | undefined {
  const lead = writeLead(reply);
  if (reply.outcome !== 'refused' || lead === undefined) return lead;
  return `${reply.title}${/\p{P}$/u.test(reply.title) ? '' : '.'} ${lead}`;
}

function composePart(question: string, verdict: Verdict, entries: readonly Entry[]): JsonPart {
  const claims = entries.filter((entry) => entry.type === 'claim');
  const record = entries.flatMap((entry) => (entry.type === 'line' && entry.record ? [entry] : []));
  return {
    question,
    verdict,
    answered: verdict === 'answered',
    topic: claims[0]?.topic.slug ?? null,
    claims: claims.filter(({ nearest }) => !nearest).map(composeJsonClaim),
    nearest: claims.filter(({ nearest }) => nearest).map(composeJsonClaim),
    record:
      record.length > 0
        ? record.map(({ label = '', text }) => `${writeText(label)}: ${writeText(text)}`).join('\n')
        : null,
  };
}

/** A claim as programs read it, with the notes that belong to it. */
export function composeJsonClaim(entry: ClaimEntry): JsonClaim {
  const { claim, topic, notes } = entry;
  const { id, text, paragraphs, kind, speaker, corrected } = claim;
  const url = claimAddress(entry);
  const all = new Map([...topic.notes, ...notes].map((note) => [note.text, note]));
  return {
    id,
    text,
    paragraphs,
    kind,
    speaker,
    ...(url ? { url } : {}),
    ...(corrected ? { corrected } : {}),
    notes: [...all.values()].map(composeJsonNote),
  };
}

/** What readers may know of a note; who looks after it is the editors'. */
export function composeJsonNote({ reviewBy: _, owner: __, ...note }: Note): JsonNote {
  return note;
}

/** The answers to each of several questions; none if only one was asked. */
function splitParts(entries: readonly Entry[]): JsonPart[] {
  const starts = entries.flatMap((entry, index) => (entry.type === 'part' ? [{ entry, index }] : []));
  return starts.map(({ entry, index }, at) =>
    composePart(entry.question, entry.verdict, entries.slice(index + 1, starts[at + 1]?.index)),
  );
}
