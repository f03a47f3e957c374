import { formatDate } from '../../core/date.ts';
import { formatQuantity } from '../../core/quantity.ts';
import type { Fault } from '../fault.ts';
import type { ArticleFile } from '../schema.ts';
import { isMonth, readDate } from './claims-in-source.ts';
import { type Entity, listEntities, names } from './entities.ts';
import { valuesOf } from './numbers.ts';
import { type PlacedClaim, placeClaims, type Rule } from './rule.ts';
import { type Token, tokenize } from './tokens.ts';

const FIELDS = ['people', 'organisations', 'places'] as const;

/** A claim's data that neither its text bears out nor what it stands under. */
export const dataInText: Rule = (linted) => {
  const { title, author } = linted.article.value;
  const entities = new Map(listEntities(linted.article.value).map((entity) => [entity.name, entity]));
  return placeClaims(linted).flatMap((placed) => {
    const { claim, topic } = placed;
    const text = tokenize(claim.text);
    // What an article or a topic is about is plainly meant by its claims.
    const around = [claim.speaker === 'author' ? author : claim.speaker, title, topic.value.title, topic.value.summary];
    const said = [...text, ...around.flatMap(tokenize)];
    return [
      ...FIELDS.flatMap((field) =>
        claim[field].flatMap((name) => checkName(placed, field, name, said, entities, linted.article.value)),
      ),
      ...checkNumbers(placed, text),
      ...checkDate(placed, text),
    ];
  });
};

function checkName(
  { fault }: PlacedClaim,
  field: (typeof FIELDS)[number],
  name: string,
  said: readonly Token[],
  entities: ReadonlyMap<string, Entity>,
  record: ArticleFile,
): Fault[] {
  const table: Readonly<Record<string, { also: string[]; role?: string | undefined }>> = record[field];
  if (!Object.hasOwn(table, name)) {
    const form = Object.keys(table).find((one) => table[one]?.also.includes(name));
    if (form !== undefined) return fault(field, 'data-form', field, name, form);
  }
  const entity = entities.get(name);
  const words = tokenize(name);
  const isNamed =
    (entity && names(said, entity, true)) || words.every((word) => said.some(({ key }) => key === word.key));
  return isNamed || isMeant(said, table[name]?.role) ? [] : fault(field, 'data-name', field, name);
}

/** Whether a text means somebody by their office: `the mayor` for a person whose role is `Mayor of Halmbruck`. */
function isMeant(said: readonly Token[], role = ''): boolean {
  const words = tokenize(role);
  const end = words.findIndex(({ key }) => /^(of|at|in|from|to|for|on|and|who|when|that)$/.test(key));
  const office = words.at(end < 0 ? -1 : end - 1);
  return office !== undefined && said.some(({ key }) => key === office.key);
}

function checkNumbers({ claim, fault }: PlacedClaim, text: readonly Token[]): Fault[] {
  const values = valuesOf(text);
  const check = (field: string, quantities: readonly Parameters<typeof formatQuantity>[0][]) =>
    quantities
      .filter(({ value }) => !values.has(value))
      .flatMap((quantity) => fault(field, 'data-number', formatQuantity(quantity)));
  return [...check('number', claim.number ? [claim.number] : []), ...check('numbers', claim.numbers)];
}

/** Words by which a text dates something without naming the date. */
const RELATIVE = new Set(
  'first later earlier ago last next following previous after before since day week month'.split(' '),
);

/** A year or a month in the text that the date contradicts. A text that names none may imply the date. */
function checkDate({ claim, fault }: PlacedClaim, text: readonly Token[]): Fault[] {
  const { date } = claim;
  if (!date || text.some(({ key }) => RELATIVE.has(key))) return [];
  const years = text.filter(({ text: word }) => /^[12]\d{3}$/.test(word)).map(({ text: word }) => Number(word));
  const months = [...Array(12).keys()]
    .map((index) => index + 1)
    .filter((month) => text.some(({ text: word, key }) => /^\p{Lu}/u.test(word) && isMonth(key, month)));
  const isBorneOut = date.split('/').every((part) => {
    const { year, month } = readDate(part);
    return agrees(year, years) && agrees(month, months);
  });
  return isBorneOut ? [] : fault('date', 'data-date', formatDate(date));
}

function agrees(value: number | undefined, stated: readonly number[]): boolean {
  return value === undefined || stated.length === 0 || stated.includes(value);
}
