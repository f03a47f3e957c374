import type { Choice, Context } from '../src/core/command.ts';
import { findArticle, type Library, matchArticles } from '../src/core/library.ts';
import { english } from '../src/i18n/words.ts';

/** The option that narrows a command to one of several articles. */
export function articleOption(command: 'brief' | 'topics' | 'sources') {
  const description = english(`command.${command}.article`);
  return { name: 'article', description, required: false, complete: completeArticle } as const;
}

function completeArticle(typed: string, { library }: Context): Choice[] {
  return matchArticles(library, typed).map(({ short, title }) => ({ name: title.slice(0, 100), value: short }));
}

/** The library narrowed to the named article, or all of it if none is named. Throws RefusedQuestion, which lists the articles. */
export function narrow(library: Library, article: string | undefined): Library {
  return article ? library.only([findArticle(library, article).slug]) : library;
}
