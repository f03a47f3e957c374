import { createQuestion, fitsButton, type Question } from './question.ts';

/**
 * What became of a question for the editors:
 * - sent: it stands in their channel
 * - known: the same question was passed on today
 * - busy: this person, or everybody together, passes on too many
 */
export type Passed = 'sent' | 'known' | 'busy';

/** The editors' channel, to which readers may pass on what the article does not answer. */
export interface Editors {
  /** `person` is a key over all platforms; it is never passed on. Rejects if the channel can't be written to. */
  pass(question: string, person: string): Promise<Passed>;
}

/** The option by which a question says that it is for the editors. It isn't offered where people type. */
const TO_OPTION = 'to';
const EDITORS = 'editors';

/** A question that passes on another to the editors; one that is too long for a button is cut. */
export function composePassing(text: string): Question {
  const letters = [...text];
  const compose = (shown: string) => createQuestion<string>('ask', { question: shown, [TO_OPTION]: EDITORS });
  let question = compose(text);
  while (!fitsButton(question) && letters.length > 0) {
    letters.pop();
    question = compose(`${letters.join('').trimEnd()}…`);
  }
  return question;
}

/** Whether a question is for the editors, and not for the bot. */
export function isPassing({ command, options }: Pick<Question, 'command' | 'options'>): boolean {
  return command === 'ask' && options[TO_OPTION] === EDITORS;
}
