import { createRewriter } from '../synonyms.ts';

const FILLERS =
  'is are does do did the a an of in for to me us you i please can could would want need like give show write send get ' +
  'short brief quick whole entire all just mainly up one two three few sentence word line paragraph';
const SUMMARIES =
  'summarize, summarise, sum, overview, gist, outline, synopsis, recap, tldr, tl dr, takeaway, key takeaway, ' +
  'main point, key point, main idea, key idea, main argument, key argument';

/** Leaves of a text only what tells whether it wants a summary. */
const reduce = createRewriter({
  '': [...FILLERS.split(' '), 'tell me', 'tell us'],
  article: ['this', 'it', 'everything', 'essay', 'text', 'piece', 'story', 'this article', 'this essay', 'this text'],
  author: ['writer', 'he', 'she'],
  summary: SUMMARIES.split(', '),
  about: ['say', 'argue', 'claim', 'tell', 'discuss', 'cover'],
});

const SUMMARY = /^((article )?(what )?summary( article)?|what (article|author)( about)+|about article)$/;

/** Whether a text asks what the article says as a whole, such as “what is this about?”, “tl;dr” or “summarize the article”. */
export function asksForSummary(text: string): boolean {
  return SUMMARY.test(reduce(text).replace(/ +/g, ' ').trim());
}
