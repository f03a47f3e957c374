// Fits src/search/decide/weights.ts on the content's own questions, each asked of content without it, and on the questions of
// tests/questions/*.tune.jsonl. Prints the weights, those without meaning with --words. Run with: npm run fit
import { aboutExamples } from '../../src/search/fit/examples.ts';
import { fitLogistic } from '../../src/search/fit/logistic-regression.ts';
import { startSemantics } from '../../src/search/semantic.ts';
import { examplesOf, measureArticles } from './measure.ts';

const words = process.argv.includes('--words');
const semantics = words ? undefined : startSemantics('data/fit-embeddings.bin');
const articles = await measureArticles(semantics);
const weights = {
  answer: fitLogistic(examplesOf(articles), ['noOthers']),
  about: fitLogistic(articles.flatMap(({ own, written }) => aboutExamples([...own, ...written]))),
};
process.stdout.write(`${words ? 'LEXICAL_WEIGHTS' : 'SEMANTIC_WEIGHTS'}: ${JSON.stringify(weights, null, 2)}\n`);
await semantics?.close();
