import { z } from 'zod';
import { textKey } from '../content/lint/tokens.ts';
import type { Findings, Instead, Part, Refusal } from '../core/search.ts';
import { quote } from '../core/text.ts';
import { contentStems, tokens } from '../search/words.ts';

const share = z.number();

/** What the search says of how it came to a part's verdict, as far as it is put into words. */
const weighing = z.object({
  answers: share,
  about: z.object({ probability: share }),
  nearestOpen: z.string().optional(),
  candidates: z.array(
    z.object({
      claim: z.string(),
      features: z.partialRecord(z.string(), z.number()),
    }),
  ),
});
type Weighing = z.infer<typeof weighing>;

const REFUSED: Readonly<Record<Refusal, string>> = {
  instruction: 'It was declined before any search: it gives the bot an order.',
  quotation: 'It was declined before any search: it wants a quotation, or words that nobody said.',
  side: 'It was declined before any search: it wants the bot to take a side.',
  language: 'It was declined: it is in a language that the search cannot read.',
};
const INSTEAD: Readonly<Record<Instead, string>> = {
  help: 'It was read as small talk, so the bot says what it can be asked.',
  summary: 'It was read as a question about the article as a whole, so the summary answers.',
};

/** What speaks against a claim, by the name under which the search weighs it, in the order of what an editor should look at first. */
const AGAINST: readonly (readonly [feature: string, sentence: string])[] = [
  ['reversed', 'The question has it the other way round: who does it, and to whom, are swapped.'],
  ['substituted', 'The question names somebody other than the claim does.'],
  ['otherWay', 'The question says the opposite of the claim.'],
  ['swappedNumbers', 'The question has two numbers in the other order.'],
  ['otherNumbers', 'The question has a number that the claim doesn’t have.'],
  ['otherName', 'The question has a name that the claim doesn’t have.'],
  ['noCount', 'The question asks how many there are of something that the claim doesn’t have.'],
  ['otherEntity', 'The question names somebody or something that the claim doesn’t.'],
  ['otherSpeaker', 'The question asks what somebody says who isn’t in the claim.'],
  ['noOthers', 'The question asks who or what else, and no wording of the claim does.'],
  ['unfit', 'The question wants a number, a time, a place or the like that no wording of the claim asks for.'],
  ['focusMissing', 'Neither the claim nor its nearest wordings have what the question asks for.'],
];
/** From here on, something that is measured by a share speaks against a claim. */
const COUNTS = 0.5;
/** How sure the search is, in words, by the least probability. */
const SURE = [
  [0.9, 'The search is almost certain'],
  [0.6, 'The search thinks'],
  [0.35, 'The search is undecided whether'],
  [0, 'The search doubts'],
] as const;
/** Below this probability a question counts as foreign to the article. */
const FOREIGN = 0.5;
const MAX_WORDS = 6;

/**
 * Why the search says what it says, in sentences for an editor: which wording was nearest, what differed, and what the content
 * leaves open. Holds what was asked and what the content says, and no numbers.
 */
export function explainFindings({ parts, refusal, instead, debug }: Findings): readonly string[] {
  if (refusal) return [REFUSED[refusal]];
  if (instead) return [INSTEAD[instead]];
  const weighed = Array.isArray(debug) ? debug : [debug];
  return parts.flatMap((part, place) => {
    const read = weighing.safeParse(weighed[place]);
    const sentences = explainPart(part, read.success ? read.data : undefined);
    return parts.length > 1 ? [`Part ${place + 1}, ${quote(part.text)}:`, ...sentences] : sentences;
  });
}

function explainPart(part: Part, weighed: Weighing | undefined): readonly string[] {
  const { verdict, record, passages, nearest, considered, text } = part;
  if (record) return [`The article’s own record answers (${record.join(', ')}).`];
  const best = passages[0] ?? nearest[0] ?? considered[0];
  if (!best) return ['Nothing in the content is near it.'];
  const { claim, ask } = best;
  const wording = ask ?? claim.text;
  const isExact = ask !== undefined && textKey(ask) === textKey(text);
  const shown = verdict === 'answered' ? 'answers' : verdict === 'nearest' ? 'is the nearest' : 'would be the nearest';
  const weighedBest = weighed?.candidates.find((one) => one.claim === claim.id);
  return [
    `${VERDICTS[verdict]} The claim ${claim.id} ${shown}: ${quote(claim.text)}`,
    isExact
      ? 'The question stands under it word for word.'
      : `The nearest ${ask === undefined ? 'text is the claim itself' : `of its wordings is ${quote(wording)}`}.`,
    ...(isExact ? [] : compareWords(text, wording)),
    ...(weighed && !isExact ? explainDoubt(weighed, verdict) : []),
    ...(verdict === 'answered' || !weighedBest ? [] : listReasons(weighedBest.features)),
    ...explainOpen(text, verdict, weighed),
  ];
}

const VERDICTS = {
  answered: 'Answered.',
  nearest: 'Not answered: the article has something on it, but doesn’t answer it directly.',
  declined: 'Declined.',
} as const;

/** Words that only one of two texts has. */
function compareWords(question: string, wording: string): string[] {
  const [own, other] = [question, wording].map((text) => new Set(contentStems(text)));
  const only = (text: string, others: ReadonlySet<string> | undefined) =>
    [...new Set(tokens(text))].filter((word) => contentStems(word).some((stem) => !others?.has(stem)));
  const extra = only(question, other).filter((word) => own?.has(contentStems(word)[0] ?? ''));
  const missing = only(wording, own).filter((word) => other?.has(contentStems(word)[0] ?? ''));
  return [
    ...(extra.length > 0 ? [`Only the question has ${listWords(extra)}.`] : []),
    ...(missing.length > 0 ? [`Only the wording has ${listWords(missing)}.`] : []),
    ...(extra.length + missing.length === 0 ? ['Both have the same telling words.'] : []),
  ];
}

function listWords(words: readonly string[]): string {
  const shown = words
    .slice(0, MAX_WORDS)
    .map((text) => quote(text))
    .join(', ');
  return words.length > MAX_WORDS ? `${shown} and more` : shown;
}

function explainDoubt({ answers, about }: Weighing, verdict: Part['verdict']): string[] {
  if (verdict !== 'answered' && about.probability < FOREIGN) {
    return ['The search doubts that the question is about the article at all.'];
  }
  const [, sure] = SURE.find(([least]) => answers >= least) ?? SURE[3];
  return [`${sure}${sure.endsWith('whether') ? '' : ' that'} the claim answers it.`];
}

function listReasons(features: Weighing['candidates'][number]['features']): string[] {
  const reasons = AGAINST.filter(([name]) => (features[name] ?? 0) >= COUNTS).map(([, sentence]) => sentence);
  // Whoever acts in the other's place is also somebody else.
  return reasons.filter((one) => !(features.reversed === 1 && one === AGAINST[1]?.[1]));
}

function explainOpen(text: string, verdict: Part['verdict'], weighed: Weighing | undefined): string[] {
  const [, topic, open] = /^([^:]*): (.*)$/s.exec(weighed?.nearestOpen ?? '') ?? [];
  if (!topic || !open || verdict === 'answered') return [];
  const isSame = textKey(open) === textKey(text);
  return isSame
    ? [`The topic ${topic} leaves this very question open.`]
    : [`Of what the content leaves open, ${quote(open)} is nearest (topic ${topic}).`];
}
