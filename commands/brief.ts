import { topicAction } from '../src/core/bot.ts';
import { type Choice, type Context, defineCommand } from '../src/core/command.ts';
import { RefusedQuestion } from '../src/core/errors.ts';
import { findClaim, findTopics } from '../src/core/library.ts';
import { createQuestion } from '../src/core/question.ts';
import type { Reply } from '../src/core/reply.ts';
import { say } from '../src/core/text.ts';
import { english } from '../src/i18n/words.ts';
import { articleOption, narrow } from './article-option.ts';
import { composeSharedReply } from './shared.ts';
import { composeClaimReply, composeTopicReply } from './topic.ts';

export const brief = defineCommand({
  name: 'brief',
  description: english('command.brief'),
  options: [
    { name: 'topic', description: english('command.brief.topic'), required: true, complete: completeTopic },
    articleOption('brief'),
  ],
  constant: true,
  run(question, context): Reply {
    const typed = question.options.topic ?? '';
    const library = narrow(context.library, question.options.article);
    const claim = findClaim(library, typed);
    if (claim) return composeClaimReply(claim, question);
    const found = findTopics(library, typed.replace(/^\//, ''));
    const [topic] = found;
    if (found.length > 1) return composeSharedReply(typed, found, question);
    if (topic) return composeTopicReply(topic, createQuestion(topic.slug, {}, question), context.library);

    const near = context.search.names(typed, 5).flatMap((match) => match.topic ?? []);
    const offer = (near.length > 0 ? near : context.library.topics).slice(0, 3);
    const topics = offer.map(({ slug }) => slug).join(', ');
    const command = createQuestion('topics');
    throw new RefusedQuestion(
      (words) => ({
        title: words(typed ? 'topic.none' : 'topic.which'),
        remedy: say(words, near.length > 0 ? 'topic.near' : 'topic.offer', { topics, command }),
      }),
      offer,
    );
  },
});

/** Topics whose title or alias is close to what was typed, or the first ones if nothing was. */
function completeTopic(typed: string, { library, search }: Context): Choice[] {
  const topics = typed.trim() ? search.names(typed, 50).flatMap(({ topic }) => topic ?? []) : library.topics;
  return topics.slice(0, 25).map((topic) => ({ name: topicAction(topic, english).label, value: topic.slug }));
}
