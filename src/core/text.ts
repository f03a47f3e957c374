import { composeCommandLine, type Question } from './question.ts';

/** A text of the bot's own. A command in it is a question, which each adapter writes the way people type it there. */
export type Text = string | readonly (string | Question)[];

/**
 * A text with commands in it.
 *
 * @example
 * say`Type ${createQuestion('help')} to see all commands.`
 */
export function say(strings: TemplateStringsArray, ...values: readonly (Text | Question)[]): Text {
  return strings.flatMap((part, index) => [part, ...piecesOf(values[index] ?? '')]).filter((piece) => piece !== '');
}

/** The texts joined into one, with `separator` between them. */
export function joinText(texts: readonly (Text | Question)[], separator: string): Text {
  return texts.flatMap((text, index) => [...(index > 0 ? [separator] : []), ...piecesOf(text)]);
}

/** The text as people read it, with every command written by `write`; by default such as `/digest resume`. */
export function writeText(text: Text, write: (command: Question) => string = composeCommandLine): string {
  return typeof text === 'string'
    ? text
    : text.map((piece) => (typeof piece === 'string' ? piece : write(piece))).join('');
}

/** Characters of a question that an answer repeats. */
const MAX_QUOTED = 200;

/** A question in quotation marks: all of it if it is short, otherwise its beginning. */
export function quote(text: string): string {
  const letters = [...text];
  return `“${letters.length > MAX_QUOTED ? `${letters.slice(0, MAX_QUOTED).join('')}…` : text}”`;
}

function piecesOf(text: Text | Question): readonly (string | Question)[] {
  return typeof text === 'string' || 'command' in text ? [text] : text;
}
