import type { Topic } from '../core/article.ts';
import type { Command } from '../core/command.ts';
import { type Library, nameKey } from '../core/library.ts';
import {
  type AskOptions,
  emptyPart,
  type Findings,
  type Part,
  type Passage,
  type RecordPart,
  recordPart,
  type Search,
} from '../core/search.ts';
import { decideByMeaning } from './decide/by-meaning.ts';
import { type Decision, decide, MAX_PASSAGES } from './decide/decide.ts';
import type { Asked } from './decide/features.ts';
import { decideWhichWord, decideWhoSays } from './decide/who-says.ts';
import type { Candidate, Filter, Found } from './find.ts';
import { listClaims, listGroups } from './list-claims.ts';
import { createNameIndex } from './names.ts';
import { type IndexOptions, openIndex } from './open-index.ts';
import { isForeign } from './read/language.ts';
import { readList } from './read/list.ts';
import { asksForAuthor, readRecord } from './read/record.ts';
import { readRefusal } from './read/refuse.ts';
import { splitQuestions } from './read/split.ts';
import { asksForSummary } from './read/summary.ts';
import { isSmallTalk } from './read/talk.ts';
import { readTrace } from './read/trace.ts';

/** Probability that the best claim answers, from which it answers a follow-up: what is talked about is known. */
const IN_CONTEXT = 0.3;

/** A claim that lacks who, what or the sort of thing that a follow-up asks for doesn't answer it, however near the talk is. */
function decideInContext(found: Found): Decision {
  const whole = found.candidates.filter(
    ({ features }) => features.otherName + features.otherNumbers + features.unfit === 0,
  );
  const decision = decide({ ...found, candidates: whole }, IN_CONTEXT);
  return decision.verdict === 'answered' ? decision : decide(found);
}

/** Topics offered. */
const MAX_TOPICS = 3;
/** Claims that a model is shown to choose among. */
const MAX_CONSIDERED = 40;
/** Characters of a question in which the name of a topic is looked for. */
const MAX_NAME_LENGTH = 60;
/** Telling words that name a claim if the rest of a question can't be read. */
const MIN_NAMES = 2;
/** How much nearer a question about a text must be than the nearest claim, and if a question names something. */
const LEAD = -0.05;
const NAMED_LEAD = 0.05;
/** Words of a part of a question below which it leans on the part before it. */
const SHORT_PART = 3;

/** Search over a library's claims: by words and, with `semantics`, by meaning. docs/search.md explains it on a page. */
export async function createSearch(
  library: Library,
  commands: readonly Command[],
  options: IndexOptions = {},
): Promise<Search> {
  const { articles } = library;
  const index = await openIndex(library, options);
  const names = createNameIndex(commands);
  const groups = listGroups(articles);
  const authors = articles.map(({ author }) => author);
  const asks = new Set(library.topics.flatMap(({ claims }) => claims.flatMap((claim) => claim.asks.map(nameKey))));

  const offer = (candidates: readonly Candidate[], text: string, isIn: Filter): Topic[] => {
    const near = [...new Set(candidates.map(({ passage }) => passage.topic))].slice(0, MAX_TOPICS);
    if (near.length === MAX_TOPICS) return near;
    const named = names(text.slice(0, MAX_NAME_LENGTH), commands.length)
      .flatMap(({ topic }) => topic ?? [])
      .filter((topic) => isIn({ topic }))
      .slice(0, MAX_TOPICS);
    return [...new Set([...near, ...named])].slice(0, MAX_TOPICS);
  };

  const answer = async (
    text: string,
    isIn: Filter,
    understood?: (asked: Asked) => Asked,
    judge: (found: Found) => Decision = decide,
  ): Promise<Answer> => {
    const found = await index.find(text, isIn, understood);
    const decision = judge(found);
    const { verdict } = decision;
    const shown = decision.shown.map(toPassage);
    const part: Part = {
      text,
      verdict,
      passages: verdict === 'answered' ? shown : [],
      nearest: verdict === 'nearest' ? shown : [],
      topics: offer(found.candidates, text, isIn),
      considered: found.candidates.slice(0, MAX_CONSIDERED).map(toPassage),
    };
    const names = new Set([...found.names].filter((name) => !authors.includes(name)));
    const { record } = found;
    const exact = found.exact !== undefined;
    return { part, names, exact, ...(record ? { record } : {}), debug: explain(found, decision) };
  };

  const answerOne = async (text: string, isIn: Filter, judge: (found: Found) => Decision): Promise<Answer> => {
    const wanted = readList(text, groups);
    const listed = wanted
      ? listClaims(
          wanted,
          library.topics.filter((topic) => isIn({ topic })),
        )
      : [];
    if (listed.length > 0) {
      const passages = listed.map(({ claim, topic }) => ({ claim, topic, score: 1 }));
      const topics = [...new Set(listed.map(({ topic }) => topic))].slice(0, MAX_TOPICS);
      return {
        part: { ...emptyPart(text, topics), verdict: 'answered', passages },
        names: new Set(),
        exact: false,
        debug: { wanted },
      };
    }
    const answered = await answer(text, isIn, undefined, judge);
    const trace = readTrace(text, authors);
    const aboutRecord = readAspects(text, answered);
    if (trace?.thing && !(aboutRecord.length > 0 && index.isOfRecord(trace.thing))) {
      const { part, ...rest } = await answer(
        trace.thing,
        isIn,
        undefined,
        trace.word ? decideWhichWord : decideWhoSays,
      );
      if (part.verdict === 'answered') return { part: { ...part, text, trace: true }, ...rest };
      if (part.verdict === 'nearest') return { part: { ...part, text }, ...rest };
    }
    const isAnswered = answered.part.verdict === 'answered';
    // Claims on the author say more than the record, but an article need not have any; the record names each author.
    const isOfSeveral = articles.filter((article) => isIn({ topic: { article } })).length > 1;
    const namesEach = asksForAuthor(text) && isOfSeveral;
    if (isAnswered && !namesEach && (answered.exact || asksForAuthor(text))) return answered;
    if (aboutRecord.length > 0) return { ...answered, part: recordPart(text, aboutRecord) };
    return trace && !isAnswered ? { ...answered, part: recordPart(text, ['sources', 'genre']) } : answered;
  };

  return {
    names,
    ready: index.ready,
    close: index.close,
    async ask(text, { within, about }: AskOptions = {}): Promise<Findings> {
      const isIn: Filter = ({ topic: { article }, claim }) =>
        (!within || within.has(article.slug)) && (!about || !claim || about.has(claim.id));
      const judge = about ? decideInContext : decide;
      if (isSmallTalk(text)) return { parts: [emptyPart(text)], instead: 'help' };
      if (asksForSummary(text)) return { parts: [emptyPart(text)], instead: 'summary' };
      // What the editors expect to be asked is no order and takes no side.
      const refusal = asks.has(nameKey(text)) ? undefined : readRefusal(text);
      if (refusal) return { parts: [emptyPart(text, offer([], text, isIn))], refusal };
      const foreign = isForeign(text, index.isWord);
      if (foreign && index.multilingual) {
        const { part, debug } = await answer(text, isIn, (asked) => ({ ...asked, text, stems: [] }), decideByMeaning);
        return { parts: [part], debug };
      }
      if (foreign) {
        // Names and figures are the same in any language.
        let understood = 0;
        const answered = await answer(text, isIn, (asked) => {
          const stems = [...new Set(asked.stems.filter(index.has))];
          understood = Math.max(understood, stems.length);
          return { ...asked, text: stems.join(' '), stems };
        });
        const isAnswered = understood >= MIN_NAMES && answered.part.verdict === 'answered';
        return isAnswered
          ? { parts: [answered.part], debug: answered.debug }
          : { parts: [emptyPart(text)], refusal: 'language' };
      }
      const answers: Answer[] = [];
      let lead = '';
      for (const asked of splitQuestions(text)) {
        const leaning = answers.length > 0 && leans(asked);
        const answered = await answerOne(leaning ? `${asked} (${lead})` : asked, isIn, judge);
        answers.push({ ...answered, part: { ...answered.part, text: asked } });
        if (!leaning) lead = asked;
      }
      return { parts: answers.map(({ part }) => part), debug: answers.map(({ debug }) => debug) };
    },
  };
}

/** The parts of the article's record that a question asks for: by its words, or because it is like such a question. */
function readAspects(text: string, { names, record }: Answer): readonly RecordPart[] {
  if (asksForAuthor(text)) return ['author'];
  const read = readRecord(text, names.size > 0);
  if (read.length > 0 || !record) return read;
  // What a question names, it may well be about.
  return record.lead > (names.size > 0 ? NAMED_LEAD : LEAD) ? [record.part] : [];
}

interface Answer {
  readonly part: Part;
  /** What the question names of what the content names, authors apart. */
  readonly names: ReadonlySet<string>;
  /** The question stands in the content word for word. */
  readonly exact: boolean;
  readonly record?: Found['record'];
  readonly debug: object;
}

/** Whether a part of a message can't be understood without the part before it. */
function leans(text: string): boolean {
  const words = text.split(/\s+/);
  return (
    words.length <= SHORT_PART ||
    /\b(it|its|they|them|their|he|him|his|she|her|that|this|those|these|there|one|so)\b/i.test(text)
  );
}

function toPassage({ passage: { claim, topic }, nearest, rank: score }: Candidate): Passage {
  const ask = nearest.written === claim.text ? undefined : nearest.written;
  return { claim, topic, score, ...(ask ? { ask } : {}) };
}

/** How a verdict came about, for people who mend the content. */
function explain(found: Found, { verdict, answers, about }: Decision) {
  return {
    verdict,
    answers,
    about: { probability: about, features: found.about },
    nearestOpen: found.open && `${found.open.topic.slug}: ${found.open.written}`,
    candidates: found.candidates.slice(0, MAX_PASSAGES + 2).map(({ passage, features, rank, nearest }) => ({
      claim: passage.claim.id,
      rank,
      nearest: nearest.written,
      features,
    })),
  };
}
