import type { Claim, Topic } from '../core/article.ts';
import type { Library } from '../core/library.ts';
import { asksForOthers, readWant, type Want } from './want.ts';
import { contentStems } from './words.ts';

/** A text by which something can be found. */
export interface IndexedSentence {
  /** Its place among all sentences. */
  readonly id: number;
  readonly text: string;
  readonly stems: readonly string[];
}

/** A claim with its sentences: its own text and the questions that it answers. */
export interface IndexedPassage {
  readonly topic: Topic;
  readonly claim: Claim;
  readonly sentences: readonly IndexedSentence[];
  /** The stems of all its sentences, its topic's names and its speaker. */
  readonly stems: ReadonlySet<string>;
  /** What the questions that it answers ask for. */
  readonly wants: ReadonlySet<Want>;
  /** One of these questions asks for others than those told. */
  readonly others: boolean;
}

/** A question that the article leaves open. */
export interface OpenQuestion extends IndexedSentence {
  readonly topic: Topic;
  /** As the editors wrote it. */
  readonly written: string;
}

export interface Indexed {
  readonly passages: readonly IndexedPassage[];
  readonly open: readonly OpenQuestion[];
  /** All sentences, those of passages first, each at the place that its id says. */
  readonly sentences: readonly IndexedSentence[];
}

/** Makes everything in a library findable. `rewrite` puts synonyms into the content's own words. */
export function indexLibrary({ topics }: Library, rewrite: (text: string) => string): Indexed {
  const sentences: IndexedSentence[] = [];
  const add = (written: string): IndexedSentence => {
    const text = rewrite(written);
    const sentence = { id: sentences.length, text, stems: contentStems(text) };
    sentences.push(sentence);
    return sentence;
  };
  const passages = topics.flatMap((topic) => {
    const names = [topic.title, topic.slug, ...topic.aliases].flatMap((name) => contentStems(rewrite(name)));
    return topic.claims.map((claim) => {
      const own = [claim.text, ...claim.asks].map(add);
      const stems = new Set([...names, ...contentStems(claim.speaker), ...own.flatMap((one) => one.stems)]);
      const wants = new Set(claim.asks.map(readWant));
      if (claim.number) wants.add('number');
      if (claim.date) wants.add('time');
      return { topic, claim, sentences: own, stems, wants, others: claim.asks.some(asksForOthers) };
    });
  });
  const open = topics.flatMap((topic) => topic.unanswered.map((written) => ({ topic, written, ...add(written) })));
  return { passages, open, sentences };
}
