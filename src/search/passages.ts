import type { Article, Claim, Topic } from '../core/article.ts';
import type { Library } from '../core/library.ts';
import type { RecordPart } from '../core/search.ts';
import type { FindNamed } from './named.ts';
import { asksForOthers, type Form, isBare, readFocus, readForm, readWant, type Want } from './read/want.ts';
import { type FindActors, listActors } from './roles/actors.ts';
import { type Roles, readRoles } from './roles/read-roles.ts';
import { createTurns } from './take-turns.ts';
import { contentStems, stem, tokens } from './words.ts';

/** A text by which something can be found. */
export interface IndexedSentence {
  /** Its place among all sentences. */
  readonly id: number;
  /** In the content’s own words. */
  readonly text: string;
  /** As the editors wrote it. */
  readonly written: string;
  readonly stems: readonly string[];
}

/** A sentence that a claim stands behind. */
export interface ClaimSentence extends IndexedSentence {
  /** Who does what to whom in it. */
  readonly roles: Roles;
  /** What it asks for; undefined for the claim itself. */
  readonly want: Want | undefined;
  readonly form: Form;
  /** The stem of what it asks for. */
  readonly focus: string | undefined;
  /** It asks who or what else, beyond those told. */
  readonly others: boolean;
  /** A few words that aren't a question, such as `btc pipeline`: like any question on their subject. */
  readonly bare: boolean;
}

/** A claim with its sentences: its own text and the questions that it answers. */
export interface IndexedPassage {
  readonly topic: Topic;
  readonly claim: Claim;
  readonly sentences: readonly ClaimSentence[];
  /** The stems of all its sentences, its topic's names and its speaker. */
  readonly stems: ReadonlySet<string>;
  /** Parties, people, organisations, places and numbers that the claim or a question that it answers names. */
  readonly named: ReadonlySet<string>;
  /** Its speaker, with the party that they belong to. */
  readonly speakers: ReadonlySet<string>;
  /** Its speaker, and the people and bodies that it reports on, with the parties that they belong to. */
  readonly speaking: ReadonlySet<string>;
  /** What the questions that it answers ask for. */
  readonly wants: ReadonlySet<Want>;
  /** The stems of all words of its own text, and its numbers in order. */
  readonly words: ReadonlySet<string>;
  readonly numbers: readonly string[];
}

/** A question that the article leaves open. */
export interface OpenQuestion extends IndexedSentence {
  readonly form: Form;
  readonly topic: Topic;
}

/** A question that an article's own record answers, whatever the article. */
export interface RecordQuestion extends IndexedSentence {
  readonly part: RecordPart;
  /** The stems of all its words. */
  readonly words: ReadonlySet<string>;
}

/** Questions that no article's content answers. */
export interface Banks {
  /** Everyday questions that have nothing to do with any article. */
  readonly everyday: readonly string[];
  /** Questions about an article as a text, by the part of its record that answers. */
  readonly record: readonly (readonly [RecordPart, string])[];
}

export interface Indexed {
  readonly passages: readonly IndexedPassage[];
  readonly open: readonly OpenQuestion[];
  /** Everyday questions that have nothing to do with any article. */
  readonly everyday: readonly IndexedSentence[];
  /** Questions about an article as a text. */
  readonly record: readonly RecordQuestion[];
  /** Everything that the claims and their questions name. */
  readonly named: ReadonlySet<string>;
  /** All sentences, each at the place that its id says. */
  readonly sentences: readonly IndexedSentence[];
}

/** How the texts of a library are read. */
export interface Readers {
  /** Puts a text into the words of an article's content: what its synonyms stand for. */
  rewrite(text: string, article: Article): string;
  readonly findActors: FindActors;
  readonly findNamed: FindNamed;
}

/** Makes everything in a library findable, a little at a time. */
export async function indexLibrary({ topics }: Library, banks: Banks, readers: Readers): Promise<Indexed> {
  const { rewrite, findActors, findNamed } = readers;
  const sentences: IndexedSentence[] = [];
  const add = (written: string, text: string): IndexedSentence => {
    const sentence = { id: sentences.length, text, written, stems: contentStems(text) };
    sentences.push(sentence);
    return sentence;
  };
  const addOfClaim = (written: string, { text }: Claim, article: Article): ClaimSentence => {
    const want = written === text ? undefined : readWant(written);
    const focus = readFocus(written);
    const sentence = {
      ...add(written, rewrite(written, article)),
      roles: readRoles(written, findActors),
      want,
      form: readForm(written),
      focus: focus && stem(focus),
      others: asksForOthers(written),
      bare: want !== undefined && isBare(written),
    };
    sentences[sentence.id] = sentence;
    return sentence;
  };
  const takeTurns = createTurns();
  const passages: IndexedPassage[] = [];
  for (const topic of topics) {
    const { article } = topic;
    const names = [topic.title, topic.slug, ...topic.aliases].flatMap((name) => contentStems(rewrite(name, article)));
    for (const claim of topic.claims) {
      const own: ClaimSentence[] = [];
      for (const text of [claim.text, ...claim.asks]) {
        await takeTurns();
        own.push(addOfClaim(text, claim, article));
      }
      const stems = new Set([...names, ...contentStems(claim.speaker), ...own.flatMap((one) => one.stems)]);
      const wants = new Set(claim.asks.map(readWant));
      if (claim.number) wants.add('number');
      if (claim.date) wants.add('time');
      const fields = [...claim.people, ...claim.organisations, ...claim.places, claim.speaker];
      await takeTurns();
      const named = new Set([...own.map(({ written }) => written), ...fields].flatMap((text) => [...findNamed(text)]));
      const said = [claim.speaker, ...claim.people, ...claim.organisations];
      const text = tokens(rewrite(claim.text, article));
      passages.push({
        topic,
        claim,
        sentences: own,
        stems,
        named,
        speakers: new Set(listActors(claim.speaker, findActors)),
        speaking: new Set(said.flatMap((name) => listActors(name, findActors))),
        wants,
        words: new Set(text.map(stem)),
        numbers: text.filter((word) => /^\d/.test(word)),
      });
    }
  }
  const open: OpenQuestion[] = [];
  for (const topic of topics) {
    for (const written of topic.unanswered) {
      await takeTurns();
      open.push({ topic, form: readForm(written), ...add(written, rewrite(written, topic.article)) });
    }
  }
  const named = new Set(passages.flatMap((passage) => [...passage.named]));
  const addOfBank = (text: string) => add(text, tokens(text).join(' '));
  const everyday = banks.everyday.map(addOfBank);
  const record = banks.record.map(([part, text]) => ({
    part,
    words: new Set(tokens(text).map(stem)),
    ...addOfBank(text),
  }));
  return { passages, open, everyday, record, named, sentences };
}
