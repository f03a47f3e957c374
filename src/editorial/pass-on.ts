import { textKey } from '../content/lint/tokens.ts';
import type { Target } from '../core/digests.ts';
import type { Editors } from '../core/editors.ts';
import { createQuestion } from '../core/question.ts';
import { createReply, type Reply } from '../core/reply.ts';
import { type Sender, SendFailure } from '../core/sender.ts';
import { quote } from '../core/text.ts';
import { tidyQuestion } from './tidy-question.ts';

const DAY_MS = 24 * 3_600_000;
/** Characters of a key that every platform tells a repeated message by. */
const KEY_LENGTH = 12;

export interface PassOnOptions {
  readonly target: Target;
  /** The sender of the target's platform; undefined while the bot isn't on it. */
  readonly sender: () => Sender | undefined;
  /** Notes that something was done, by its id. False if it was done before, by whichever process. */
  readonly take: (id: string) => Promise<boolean>;
  /** Takes that back. */
  readonly giveBack: (id: string) => Promise<void>;
  /** A text as nobody can guess it who has only what it gives. */
  readonly hash: (text: string) => Promise<string>;
  /** Whether this person, and everybody together, may pass on one more now. */
  readonly mayPass: (person: string) => Promise<boolean>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly log: { error(details: object, message: string): void };
}

/** Passes questions on to the editors' channel: each text once a day, and no word of who asked. */
export function createPassOn(options: PassOnOptions): Editors {
  const { target, sender, take, giveBack, hash, mayPass, now, log } = options;
  return {
    async pass(asked, person) {
      const question = tidyQuestion(asked);
      if (!question) throw new Error('nothing of the question can be passed on');
      if (!(await mayPass(person))) return 'busy';
      const day = Math.floor(now() / DAY_MS);
      const id = await hash(`${day} ${textKey(question)}`);
      if (!(await take(`passed:${id}`))) return 'known';
      try {
        const to = sender();
        if (!to) throw new SendFailure('unreachable', 'The bot is not connected.');
        const key = `ask-${id.replace(/[^A-Za-z0-9]/g, '').slice(0, KEY_LENGTH)}`;
        await to.send(target, composePassed(question), key);
        return 'sent';
      } catch (error) {
        const reason = error instanceof SendFailure ? error.message : String(error);
        log.error({ reason }, 'a question could not be passed on to the editors');
        // It may have been posted: then nobody may post it again.
        if (error instanceof SendFailure && error.kind === 'unsure') return 'sent';
        await giveBack(`passed:${id}`);
        throw error;
      }
    },
  };
}

/** What the editors read. */
function composePassed(question: string): Reply {
  return createReply(createQuestion('help'), {
    outcome: 'listed',
    title: 'A reader asks the editors',
    byline: 'The bot found no answer in what is published',
    lead: quote(question),
  });
}
