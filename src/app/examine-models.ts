import { bad, type Finding, good } from '../core/finding.ts';
import { openRemote, type RemoteModel } from '../search/embed/remote.ts';
import { createHttpSelector } from '../search/select/http-selector.ts';
import { SelectionFailed, type SelectionFailure, type SelectionRequest } from '../search/select/selector.ts';
import type { Models } from './model-settings.ts';

/** A question that any usable model answers correctly. */
const TRIAL: SelectionRequest = {
  question: 'Who buys the oil?',
  articles: [{ title: 'A trial', author: 'Nobody', kind: 'report' }],
  claims: [{ id: 'trial/oil', text: 'The harbour buys the oil.', kind: 'reported', speaker: 'Nobody' }],
};

const REMEDIES: Readonly<Record<SelectionFailure, string>> = {
  unreachable: 'Check that the server at SELECTOR_URL is running. Until it answers, the search decides by itself.',
  slow: 'Use a smaller model, or raise SELECTOR_TIMEOUT_MS.',
  refused: 'Check that SELECTOR_MODEL and SELECTOR_KEY are right for that server.',
  broken: 'Use a model and a server that support structured outputs (response_format with a JSON schema).',
  invented: 'Use a better model: this one names claims that it was not shown.',
};

/** Tries each model that the settings name with one question. Never rejects. */
export async function examineModels({ selector, embeddings }: Models): Promise<Finding[]> {
  return [
    ...(selector ? [await examineSelector(selector)] : []),
    ...(embeddings ? [await examineEmbeddings(embeddings)] : []),
  ];
}

async function examineSelector(selector: NonNullable<Models['selector']>): Promise<Finding> {
  try {
    const { verdict } = await createHttpSelector(selector).select(TRIAL);
    if (verdict === 'answered') return good('selector', `${selector.model} chooses among claims`);
    return bad('selector-wrong', `${selector.model} chose nothing for an easy question`, 'Use a better model.');
  } catch (error) {
    const reason = error instanceof SelectionFailed ? error.reason : 'broken';
    return bad(`selector-${reason}`, `${selector.model} gave no usable answer (${reason})`, REMEDIES[reason]);
  }
}

async function examineEmbeddings(model: RemoteModel): Promise<Finding> {
  try {
    const { dimension } = await openRemote(model);
    return good('embeddings', `${model.model} returns vectors of ${dimension} numbers`);
  } catch {
    return bad(
      'embeddings-unusable',
      `${model.model} returns no vectors`,
      'Check EMBEDDINGS_URL, EMBEDDINGS_MODEL and EMBEDDINGS_KEY. Until it answers, the built-in model takes its place.',
    );
  }
}
