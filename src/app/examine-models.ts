import { bad, type Finding, good } from '../core/finding.ts';
import { openRemote, type RemoteModel } from '../search/embed/remote.ts';
import { createHttpSelector } from '../search/select/http-selector.ts';
import { SelectionFailed, type SelectionFailure, type SelectionRequest } from '../search/select/selector.ts';
import type { Models } from './model-settings.ts';

/** A question that every model that can choose answers right. */
const TRIAL: SelectionRequest = {
  question: 'Who buys the oil?',
  articles: [{ title: 'A trial', author: 'Nobody', kind: 'report' }],
  claims: [{ id: 'trial/oil', text: 'The harbour buys the oil.', kind: 'reported', speaker: 'Nobody' }],
};

const REMEDIES: Readonly<Record<SelectionFailure, string>> = {
  unreachable: 'Is the server of SELECTOR_URL running? Until it answers, the search decides by itself.',
  slow: 'Take a smaller model, or raise SELECTOR_TIMEOUT_MS.',
  refused: 'Check SELECTOR_MODEL and SELECTOR_KEY against what the server has.',
  broken: 'Take a model and a server that know structured outputs (response_format with a JSON schema).',
  invented: 'Take a better model: this one names claims that it was not shown.',
};

/** Tries the models that the settings name, each with one question. Never rejects. */
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
    return bad('selector-wrong', `${selector.model} chose nothing for an easy question`, 'Take a better model.');
  } catch (error) {
    const reason = error instanceof SelectionFailed ? error.reason : 'broken';
    return bad(`selector-${reason}`, `${selector.model} gave no answer that can be used (${reason})`, REMEDIES[reason]);
  }
}

async function examineEmbeddings(model: RemoteModel): Promise<Finding> {
  try {
    const { dimension } = await openRemote(model);
    return good('embeddings', `${model.model} gives vectors of ${dimension} numbers`);
  } catch {
    return bad(
      'embeddings-unusable',
      `${model.model} gives no vectors`,
      'Check EMBEDDINGS_URL, EMBEDDINGS_MODEL and EMBEDDINGS_KEY. Until it answers, the built-in model does.',
    );
  }
}
