import type { Topic } from '../core/article.ts';
import type { Command } from '../core/command.ts';
import { type Library, nameKey } from '../core/library.ts';
import {
  type AskOptions,
  emptyPart,
  type Findings,
  type Follows,
  type Part,
  type Passage,
  type RecordPart,
  recordPart,
  type Search,
} from '../core/search.ts';
import { subjectOf, talkedAbout } from '../core/talk.ts';
import { decideByMeaning } from './decide/by-meaning.ts';
import { type Decision, decide, MAX_PASSAGES } from './decide/decide.ts';
import type { Asked } from './decide/features.ts';
import { ANSWERED } from './decide/weights.ts';
import { decideWhichWord, decideWhoSays } from './decide/who-says.ts';
import type { Candidate, Filter, Found } from './find.ts';
import { listClaims, listGroups } from './list-claims.ts';
import { createNameIndex } from './names.ts';
import { type IndexOptions, openIndex } from './open-index.ts';
import { withoutCourtesies } from './read/courtesy.ts';
import { isForeign } from './read/language.ts';
import { readList } from './read/list.ts';
import { asksForAuthor, readRecord } from './read/record.ts';
import { readRefusal } from './read/refuse.ts';
import { splitQuestions } from './read/split.ts';
import { asksForSummary } from './read/summary.ts';
import { isSmallTalk } from './read/talk.ts';
import { readTrace } from './read/trace.ts';
import { contentStems } from './words.ts';

/** Probability that the best claim answers, from which it answers a follow-up: what is talked about is known. */
const IN_CONTEXT = 0.3;

/** Share of its own telling words that a claim must have to answer a question that leans on another. */
const OWN_COVERED = 0.5;

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
  const everyClaim = new Set(library.topics.flatMap(({ claims }) => claims.map(({ id }) => id)));
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

  const answerOne = async (text: string, isIn: Filter, judge?: (found: Found) => Decision): Promise<Answer> => {
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
    if (answered.exact && answered.part.verdict === 'answered') return answered;
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

  /** Answers a question from what is talked about: a claim has to have most of the question's own words, too. */
  const answerFollowing = async (
    text: string,
    { subject, claims }: Follows,
    isIn: Filter,
    threshold = IN_CONTEXT,
  ): Promise<Answer> => {
    const inTalk: Filter = (one) => isIn(one) && (!one.claim || claims.has(one.claim.id));
    const own = subject && contentStems(text).length > 0 ? await index.find(text, inTalk) : undefined;
    const alone = own && new Map(own.candidates.map((one) => [one.passage.claim, one]));
    const judge = (found: Found): Decision => {
      const fit = found.candidates.filter(
        ({ passage: { claim }, features: { otherName, otherNumbers, unfit } }) =>
          otherName + otherNumbers + unfit === 0 &&
          (!alone || (alone.get(claim)?.features.coverage ?? 0) >= OWN_COVERED),
      );
      const rankOf = ({ passage, rank }: Candidate) => rank + (alone?.get(passage.claim)?.rank ?? 0);
      fit.sort((a, b) => rankOf(b) - rankOf(a));
      const decision = decide({ ...found, candidates: fit }, threshold);
      return decision.verdict === 'answered' ? decision : weaken(decide(found));
    };
    const answered = await answerOne(subject ? `${text} (${subject})` : text, inTalk, judge);
    return { ...answered, part: { ...answered.part, text } };
  };

  /** Answers a part of a message that leans on the part before it. */
  const answerAfter = async (lead: Part, text: string, isIn: Filter): Promise<Answer> => {
    const shown = [...lead.passages, ...lead.nearest];
    const ids = shown.map(({ claim }) => claim.id);
    const subject = subjectOf(lead.text);
    // A bare “and why?” is answered by nearly anything on the topic.
    const isBare = contentStems(subjectOf(text).replace(/\b(?:and|so|many|much)\b/gi, ' ')).length === 0;
    const claims = talkedAbout(ids, isBare ? undefined : shown[0]?.topic.slug, library);
    // What the article doesn't answer hardly has a reason, a place or a name that it answers.
    const threshold = isBare || lead.verdict !== 'answered' ? ANSWERED : IN_CONTEXT;
    const inTalk = await answerFollowing(text, { subject, claims }, isIn, threshold);
    if (isBare || inTalk.part.verdict === 'answered') return inTalk;
    const alone = await answerOne(text, isIn);
    if (alone.part.verdict === 'answered') return alone;
    const inAll = await answerFollowing(text, { subject, claims: everyClaim }, isIn, ANSWERED);
    return inAll.part.verdict === 'answered' || inTalk.part.verdict === 'declined' ? inAll : inTalk;
  };

  return {
    names,
    ready: index.ready,
    close: index.close,
    async ask(message, { within, follows }: AskOptions = {}): Promise<Findings> {
      const isIn: Filter = ({ topic: { article } }) => !within || within.has(article.slug);
      if (isSmallTalk(message)) return { parts: [emptyPart(message)], instead: 'help' };
      const isExpected = asks.has(nameKey(message));
      const text = isExpected ? message : withoutCourtesies(message);
      if (asksForSummary(text)) return { parts: [emptyPart(text)], instead: 'summary' };
      // What the editors expect to be asked isn't an order and doesn't take a side.
      const refusal = isExpected ? undefined : readRefusal(message);
      if (refusal) return { parts: [emptyPart(text, offer([], text, isIn))], refusal };
      if (follows) {
        const { part, debug } = await answerFollowing(text, follows, isIn, follows.near ? ANSWERED : IN_CONTEXT);
        return { parts: [part], debug };
      }
      const foreign = await isForeign(text, index.isWord);
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
      let lead: Part | undefined;
      for (const asked of splitQuestions(text)) {
        const leaning = lead && leans(asked) ? lead : undefined;
        const answered = leaning ? await answerAfter(leaning, asked, isIn) : await answerOne(asked, isIn);
        answers.push({ ...answered, part: { ...answered.part, text: asked } });
        if (!leaning) lead = answered.part;
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

/** What does not answer by the stricter measure of a talk only comes near. */
function weaken(decision: Decision): Decision {
  return decision.verdict === 'answered' ? { ...decision, verdict: 'nearest' } : decision;
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
