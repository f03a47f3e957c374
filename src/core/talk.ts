import type { Library } from './library.ts';

const QUESTION_WORDS =
  /^(?:in |since |until |by |to |for |from |at |on |with |against )?(?:how (?:much|many|long ago|long|often|far|big|high|large|old|come)|(?:what|which) (?:year|date|time|day|number|amount|share|reason)|who|whom|whose|what|which|when|where|why|how)\b/;
const AUXILIARY = /^(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should|there)\b\s*/i;

/** What a text asks by, such as `how many` or `in which year`, if it begins with a question word. */
export function questionWordOf(text: string): string | undefined {
  return QUESTION_WORDS.exec(text.toLowerCase())?.[0];
}

/** Whether a text begins as a question does that wants a yes or no. */
export function beginsWithAuxiliary(text: string): boolean {
  return AUXILIARY.test(text);
}

/** What a question asks about, without how it asks: `buys the oil` of “who buys the oil?”. */
export function subjectOf(question: string): string {
  const whole = question.trim();
  const rest = whole
    .slice(questionWordOf(whole)?.length ?? 0)
    .trim()
    .replace(AUXILIARY, '')
    .trim();
  let end = rest.length;
  while (end > 0 && '?!. '.includes(rest[end - 1] ?? '')) end -= 1;
  return rest.slice(0, end);
}

/** The ids of the claims that people talk about once these were shown: those from the same paragraphs, and those on the topic. */
export function talkedAbout(shown: readonly string[], topic: string | undefined, { topics }: Library): Set<string> {
  const all = topics.flatMap((one) => one.claims.map((claim) => ({ claim, article: one.article, slug: one.slug })));
  const places = new Set(
    all
      .filter(({ claim }) => shown.includes(claim.id))
      .flatMap(({ claim, article }) => claim.paragraphs.map((paragraph) => `${article.slug} ${paragraph}`)),
  );
  const near = all.filter(
    ({ claim, article, slug }) =>
      slug === topic || claim.paragraphs.some((paragraph) => places.has(`${article.slug} ${paragraph}`)),
  );
  return new Set(near.map(({ claim }) => claim.id));
}
