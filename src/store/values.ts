import { type RawBuilder, sql } from 'kysely';

type ColumnType = 'text' | 'bigint' | 'integer';

/** The rows of one statement; SQLite binds at most 32,766 values. */
export const CHUNK = 500;

/**
 * Rows as a table that a statement names in its `with`, such as `with('given(id, due)', () => valuesOf(…))`. At least one
 * row; each has a value for each type. PostgreSQL takes the types of all rows from the first.
 */
export function valuesOf<Row>(
  types: readonly ColumnType[],
  rows: readonly (readonly (string | number | null)[])[],
): RawBuilder<Row> {
  const [first = [], ...others] = rows;
  const typed = first.map((value, index) => sql`cast(${value} as ${sql.raw(types[index] ?? 'text')})`);
  const lines = [sql`(${sql.join(typed)})`, ...others.map((row) => sql`(${sql.join(row)})`)];
  return sql<Row>`(values ${sql.join(lines)})`;
}

/** A list in pieces that fit one statement. */
export function chunks<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / CHUNK) }, (_, index) =>
    list.slice(index * CHUNK, (index + 1) * CHUNK),
  );
}
