import { LRUCache } from 'lru-cache';
import type { Claim, Topic } from '../../core/article.ts';
import { type Library, nameKey } from '../../core/library.ts';
import {
  type AskOptions,
  emptyPart,
  type Findings,
  type Part,
  type Passage,
  recordPart,
  type Search,
} from '../../core/search.ts';
import type { LimitedSelector } from './limit-selector.ts';
import type { Selection, SelectionRequest } from './selector.ts';

/** All claims are offered if there are no more than this; else those that the search looked at most closely. */
const MAX_OFFERED = 150;
/** Choices kept. */
const MAX_KEPT = 1000;
/** Of several questions in one, so many are put to the model. */
const MAX_PARTS = 4;
/** Topics to read on. */
const MAX_TOPICS = 3;

/**
 * A search whose verdicts a model gives. It chooses among the library's claims by id; what is shown is the library's own to
 * the letter. If the model gives nothing that can be used, the search's own verdict stands. What the search refuses stays
 * refused, but for a language that only the model reads.
 */
export function createSelectingSearch(search: Search, library: Library, selector: LimitedSelector): Search {
  const entries = library.topics.flatMap((topic) => topic.claims.map((claim): [Claim, Topic] => [claim, topic]));
  const topicOf = new Map(entries);
  const byId = new Map(entries.map(([claim]) => [claim.id, claim]));
  const asks = new Set(entries.flatMap(([claim]) => claim.asks.map(nameKey)));
  const kept = new LRUCache<string, Promise<Selection | undefined>>({ max: MAX_KEPT });

  const select = (request: SelectionRequest): Promise<Selection | undefined> => {
    const ids = request.claims.map(({ id }) => id);
    const key = JSON.stringify([nameKey(request.question), request.before, ids]);
    const known = kept.get(key);
    if (known) return known;
    const selection = selector.select(request);
    kept.set(key, selection);
    // A failure is not kept.
    void selection.then((one) => one ?? kept.delete(key));
    return selection;
  };

  const decide = async (part: Part, { within, before }: AskOptions): Promise<Part> => {
    // The editors' own words for what a claim answers leave nothing to decide.
    if (part.verdict === 'answered' && asks.has(nameKey(part.text))) return part;
    const mayAnswer = (topic: Topic | undefined) => topic !== undefined && (!within || within.has(topic.article.slug));
    const all = entries.filter(([, topic]) => mayAnswer(topic)).map(([claim]) => claim);
    const offered = all.length <= MAX_OFFERED ? all : part.considered.map(({ claim }) => claim);
    if (offered.length === 0) return part;
    const selection = await select({
      question: part.text,
      before,
      articles: library.articles
        .filter(({ slug }) => !within || within.has(slug))
        .map(({ title, author, kind }) => ({ title, author, kind })),
      claims: offered.map(({ id, text, kind, speaker }) => ({ id, text, kind, speaker })),
    });
    return selection ? applySelection(part, selection) : part;
  };

  const applySelection = (part: Part, { verdict, claims, record }: Selection): Part => {
    if (record.length > 0) return recordPart(part.text, record, part.topics);
    const passages = claims.flatMap((id): Passage[] => {
      const claim = byId.get(id);
      const topic = claim && topicOf.get(claim);
      if (!claim || !topic) return [];
      const looked = part.considered.find((one) => one.claim.id === id);
      return [looked ?? { claim, topic, score: 0 }];
    });
    const topics = [...new Set([...passages.map(({ topic }) => topic), ...part.topics])].slice(0, MAX_TOPICS);
    const { trace } = part;
    return {
      ...emptyPart(part.text, topics),
      verdict,
      considered: part.considered,
      passages: verdict === 'answered' ? passages : [],
      nearest: verdict === 'nearest' ? passages : [],
      ...(trace && verdict === 'answered' ? { trace } : {}),
    };
  };

  return {
    ...search,
    chooser: selector.model,
    async ask(text, options = {}): Promise<Findings> {
      const findings = await search.ask(text, options);
      const { refusal, instead, ...rest } = findings;
      if (instead || (refusal && refusal !== 'language')) return findings;
      const chosen = findings.parts.slice(0, MAX_PARTS).map((part) => decide(part, options));
      const parts = [...(await Promise.all(chosen)), ...findings.parts.slice(MAX_PARTS)];
      const isUnread = refusal === 'language' && parts.every((part, index) => part === findings.parts[index]);
      return isUnread ? findings : { ...rest, parts };
    },
  };
}
