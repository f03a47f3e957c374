import { z } from 'zod';
import { writeAddress } from '../core/address.ts';
import type { Change, Paragraph, Quantity } from '../core/article.ts';
import { DATE_PATTERN } from '../core/date.ts';
import { parseNumber, parseQuantity, QUALIFIERS } from '../core/quantity.ts';
import { weightOf } from '../core/weight.ts';
import type { Details, FaultCode } from './fault.ts';
import { TEXT_LIMITS } from './limits.ts';
import { tell } from './source.ts';

/** Lower-case letters, digits and hyphens: what Discord and Slack take as a slash command. */
export const SLUG_PATTERN = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A text, trimmed. `what` names it in faults, `remedy` says what to do if it is missing. */
export function text(what: string, limit: number, remedy: string) {
  return z
    .string({
      error: ({ input }) => (input == null ? tell('missing', what, remedy) : tell('not-a-text', what, remedy)),
    })
    .trim()
    .min(1, tell('missing', what, remedy))
    .superRefine((value, context) => {
      const add = (message: string) => context.addIssue({ code: 'custom', message });
      const weight = weightOf(value);
      if (weight > limit) add(tell('too-long', what, weight, limit, weight > value.length));
      if (/\p{Cc}/u.test(value.replace(/[\t\r\n]/g, ''))) add(tell('control-character', what));
    });
}

/** One of several words. */
export function oneOf<const T extends readonly [string, ...string[]]>(what: string, values: T) {
  return z.enum(values, {
    error: ({ input }) =>
      input == null
        ? tell('choice-missing', what, values.join(', '))
        : tell('choice-unknown', what, String(input), values.join(', ')),
  });
}

export function list<T extends z.ZodType>(what: string, entry: T, remedy: string) {
  return z.array(entry, { error: () => tell('not-a-list', what, remedy) });
}

/** Names in YAML: `[one, another]`; none if left out. */
export function nameList(what: string) {
  return list(
    what,
    text(`an entry of ${what}`, TEXT_LIMITS.name, 'write a name, or remove it'),
    'write it as [one, another]',
  ).default([]);
}

/** A table whose values may be left empty; none if left out. */
export function table<T extends z.ZodType>(what: string, example: string, entry: T) {
  return z
    .record(
      z.string(),
      z.preprocess((value) => value ?? {}, entry),
      { error: () => tell('not-a-table', what, `write "${example}" below it`) },
    )
    .default({});
}

/** A table of exactly these keys. `where` names it in faults; `known` are the keys as people write them. */
export function record<T extends z.core.$ZodLooseShape>(where: string, shape: T, known = Object.keys(shape)) {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === 'unrecognized_keys'
        ? tell('field-unknown', where, issue.keys.join('", "'), known.join(', '))
        : tell('not-a-table', where, `the keys are ${known.join(', ')}`),
  });
}

export function flag(what: string) {
  return z.boolean(tell('not-a-switch', what)).default(false);
}

/** A text that `read` turns into a value; undefined makes it a fault. */
function value<T>(what: string, read: (written: string) => T | undefined, remedy: string) {
  return z
    .preprocess((input) => (typeof input === 'number' ? String(input) : input), z.string(tell('missing', what, remedy)))
    .transform((written, context): T => {
      const found = read(written.trim());
      if (found !== undefined) return found;
      return fail(context, 'value-wrong', what, written.slice(0, 60), remedy);
    });
}

function fail<C extends FaultCode>(context: z.core.$RefinementCtx, code: C, ...details: Details<C>): never {
  context.issues.push({ code: 'custom', message: tell(code, ...details), input: context.value });
  return z.NEVER;
}

/** `7`, `7, 9` or `author`. */
export const paragraphs = value<Paragraph[]>(
  'paragraph',
  (written) => {
    const parts = written.split(',').map((part) => part.trim());
    if (!parts.every((part) => part === 'author' || /^[1-9]\d*$/.test(part))) return undefined;
    return parts.map((part) => (part === 'author' ? part : Number(part)));
  },
  'add "- paragraph: 7", "7, 9", or "author" for the note on the author',
);

export const date = value(
  'date',
  (written) => (DATE_PATTERN.test(written) && isCalendarDate(written) ? written : undefined),
  'write it as 1991, 2025-10, 2025-10-07, 2016/2020 or --10-07',
);

export function day(what: string) {
  return value(what, (written) => (isDay(written) ? written : undefined), 'write a day as 2027-06-01');
}

function isDay(written: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(written) && isCalendarDate(written);
}

function isCalendarDate(written: string): boolean {
  const full = written.startsWith('--') ? `2000${written.slice(1)}` : written;
  return full.split('/').every((part) => {
    const [year, month = '01', date = '01'] = part.split('-');
    const time = new Date(`${year}-${month}-${date}T00:00:00Z`);
    return !Number.isNaN(time.getTime()) && time.getUTCDate() === Number(date);
  });
}

export const quantity = value<Quantity>(
  'number',
  (written) => (weightOf(written) <= TEXT_LIMITS.quantity ? parseQuantity(written) : undefined),
  `write a number and its unit, such as "24 points", "£38 million" or "over 60 % of imports" (${QUALIFIERS.join(', ')})`,
);

/** `450; 900 drones`; none if left out. */
export const numbers = value<Quantity[]>(
  'numbers',
  (written) => {
    const parts = split(written);
    const found = parts.flatMap((part) => (part.length <= TEXT_LIMITS.quantity ? (parseNumber(part) ?? []) : []));
    return found.length === parts.length ? found : undefined;
  },
  'write numbers as "450; 900 drones"',
).default([]);

/** Names with "; " between them; none if left out. */
export function names(what: string) {
  return value(
    what,
    (written) => {
      const found = split(written);
      return found.every((name) => weightOf(name) <= TEXT_LIMITS.name) ? found : undefined;
    },
    `write names of at most ${TEXT_LIMITS.name} characters, with "; " between them`,
  ).default([]);
}

function split(written: string): string[] {
  return written
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean);
}

/** A day, and after a semicolon what happened: `2026-11-25; the year was wrong`. */
export function change(what: string) {
  return value<Change>(
    what,
    (written) => {
      const [, date = '', said = ''] = /^(\S+);\s*(.+)$/s.exec(written) ?? [];
      return isDay(date) && said && weightOf(said) <= TEXT_LIMITS.change ? { date, what: said } : undefined;
    },
    `write a day, a semicolon and at most ${TEXT_LIMITS.change} characters, such as "2026-11-25; the year was wrong"`,
  );
}

export const address = value(
  'url',
  (written) => (isAddress(written) && writeAddress(written).length <= TEXT_LIMITS.url ? written : undefined),
  `write an address that begins with https:// and has at most ${TEXT_LIMITS.url} characters, those that have to be escaped counted as such`,
);

function isAddress(written: string): boolean {
  const url = /\s/.test(written) ? null : URL.parse(written);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:') && url.host !== '';
}

/** A language tag of BCP 47. */
export const language = value(
  'language',
  (written) => (/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(written) ? written : undefined),
  'write a language such as en or pt-BR',
);
