import { faultAt } from '../check.ts';
import { PLACEHOLDER } from '../draft.ts';
import type { Details, Fault, FaultCode } from '../fault.ts';
import type { Paragraphs } from '../paragraphs.ts';
import type { Checked } from '../read.ts';
import type { ArticleFile, NotesFile, TopicFile, TranslationsFile, WordingsFile } from '../schema.ts';

/** An article whose files are sound, as lint reads it. */
export interface LintedArticle {
  readonly article: Checked<ArticleFile>;
  readonly topics: readonly Checked<TopicFile>[];
  readonly wordings: readonly Checked<WordingsFile>[];
  readonly translations: readonly Checked<TranslationsFile>[];
  readonly notes?: Checked<NotesFile>;
  /** The article's own text; absent if it isn't at hand. */
  readonly source?: Paragraphs;
}

export type Rule = (article: LintedArticle) => Fault[];

export type ClaimFile = TopicFile['claims'][number];

/** A claim and where it is. */
export interface PlacedClaim {
  readonly topic: Checked<TopicFile>;
  readonly claim: ClaimFile;
  /** A fault at the claim's line or at that of a field; none if a comment allows it there. */
  fault<C extends FaultCode>(field: string | undefined, code: C, ...details: Details<C>): Fault[];
}

/** All claims of an article that are not withdrawn and that somebody has worded. */
export function placeClaims({ topics }: LintedArticle): PlacedClaim[] {
  return topics.flatMap((topic) =>
    topic.value.claims.flatMap((claim, index): PlacedClaim[] =>
      claim.withdrawn || claim.text.startsWith(PLACEHOLDER)
        ? []
        : [
            {
              topic,
              claim,
              fault: (field, code, ...details) =>
                claim.allowed.includes(code)
                  ? []
                  : [faultAt(topic, ['claims', index, ...(field === undefined ? [] : [field])], code, ...details)],
            },
          ],
    ),
  );
}
