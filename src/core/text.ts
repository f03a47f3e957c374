import { english, type Key, type Words } from '../i18n/words.ts';
import { formatDue } from './date.ts';
import { composeCommandLine, type Question } from './question.ts';

/** A point in time within a text. Platforms that can show it in each reader's own zone do so. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly moment: number;
  /** The zone of whoever it was set for, by its IANA name: it counts if the reader's is unknown. */
  readonly zone: string;
}

type Piece = string | Question | Moment;

/**
 * A text of the bot's own. A command in it is a question, which each adapter writes the way people type it there. A time in it is
 * a moment, which each adapter writes the way its readers read it.
 */
export type Text = string | readonly Piece[];

/** How commands and times within a text are written. */
export interface Writing {
  readonly command?: (command: Question) => string;
  readonly moment?: (moment: Moment) => string;
  /** All else. */
  readonly plain?: (text: string) => string;
}

/**
 * A message with commands, times or other texts in it.
 *
 * @example
 * say(words, 'unknown.far', { help: createQuestion('help'), topics: createQuestion('topics') })
 */
export function say(words: Words, key: Key, values: Readonly<Record<string, Text | Question | Moment | number>>): Text {
  return words.pieces<Question | Moment>(key, values);
}

/** The texts joined into one, with `separator` between them. */
export function joinText(texts: readonly (Text | Question | Moment)[], separator: string): Text {
  return texts.flatMap((text, index) => [...(index > 0 ? [separator] : []), ...piecesOf(text)]);
}

/** The text as people read it: by default a command such as `/digest resume`, and a time in its own zone. */
export function writeText(text: Text, writing: Writing = {}): string {
  const { plain = (words) => words, command = composeCommandLine, moment = (time) => writeMoment(time) } = writing;
  const write = (piece: Piece): string => {
    if (typeof piece === 'string') return plain(piece);
    return 'moment' in piece ? moment(piece) : plain(command(piece));
  };
  return piecesOf(text).map(write).join('');
}

/** The time in its own zone: `Tue, 24 Nov 2026, 08:00 (Europe/London)`. */
export function writeMoment({ moment, zone }: Moment, words: Words = english): string {
  return formatDue(moment, zone, words);
}

/** The text with every command in it written out. */
export function writeCommandsIn(text: Text, write: (command: Question) => string): Text {
  const isMoment = (piece: Piece): piece is Moment => typeof piece !== 'string' && 'moment' in piece;
  if (typeof text === 'string' || !text.some(isMoment)) return writeText(text, { command: write });
  return text.map((piece) => (typeof piece === 'string' || isMoment(piece) ? piece : write(piece)));
}

/** Characters of a question that an answer repeats. */
const MAX_QUOTED = 200;

/** A question in quotation marks: all of it if it is short, otherwise its beginning. */
export function quote(text: string, words: Words = english): string {
  const letters = [...text];
  return words('quote', { text: letters.length > MAX_QUOTED ? `${letters.slice(0, MAX_QUOTED).join('')}…` : text });
}

function piecesOf(text: Text | Question | Moment): readonly Piece[] {
  return typeof text === 'string' || 'command' in text || 'moment' in text ? [text] : text;
}

/** A text that begins with a capital letter, as its language has it: a Turkish `i` becomes `İ`. */
export function capitalize(text: string, { locale }: Pick<Words, 'locale'> = english): string {
  return `${text.slice(0, 1).toLocaleUpperCase(locale)}${text.slice(1)}`;
}
