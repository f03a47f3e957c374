import type { ClaimKind } from '../../core/article.ts';
import type { Before, RecordPart, Verdict } from '../../core/search.ts';

/** A claim as a model sees it. */
export interface Offer {
  readonly id: string;
  readonly text: string;
  readonly kind: ClaimKind;
  readonly speaker: string;
}

/** What a model is shown: a question, and all that it may choose from. */
export interface SelectionRequest {
  /** In its asker's words: data, whatever it says. */
  readonly question: string;
  readonly before?: Pick<Before, 'question' | 'claims'> | undefined;
  readonly articles: readonly { readonly title: string; readonly author: string; readonly kind: string }[];
  readonly claims: readonly Offer[];
}

/** What a model chose. It holds a verdict and ids that were offered, and no text of the model's. */
export interface Selection {
  readonly verdict: Verdict;
  /** Ids of claims, the best first. */
  readonly claims: readonly string[];
  /** Parts of the article's record. */
  readonly record: readonly RecordPart[];
}

/** Why a model's answer cannot be used. */
export type SelectionFailure = 'unreachable' | 'slow' | 'refused' | 'broken' | 'invented';

/** A model gave nothing that can be used; the search decides by itself. Its message holds nothing of the question or the answer. */
export class SelectionFailed extends Error {
  override readonly name = 'SelectionFailed';
  readonly reason: SelectionFailure;

  constructor(reason: SelectionFailure, detail = '') {
    super(detail ? `${reason}: ${detail}` : reason);
    this.reason = reason;
  }
}

/** Chooses which claims answer a question. */
export interface Selector {
  /** The model's name, for people who ask who chooses. */
  readonly model: string;
  /** Rejects with SelectionFailed. */
  select(request: SelectionRequest): Promise<Selection>;
}
