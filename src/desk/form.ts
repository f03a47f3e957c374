import type { Context } from 'hono';

/** What a form holds. */
export interface SentForm {
  /** A field's value, its lines ending in \n whatever the browser sends; empty if the field isn't there. */
  get(name: string): string;
  all(name: string): readonly string[];
  /** Every field but the token. */
  readonly entries: readonly (readonly [name: string, value: string])[];
}

export async function readForm(context: Context): Promise<SentForm> {
  const body = await context.req.parseBody({ all: true });
  const entries = Object.entries(body).flatMap(([name, value]) =>
    [value]
      .flat()
      .flatMap((one): [string, string][] =>
        name !== 'csrf' && typeof one === 'string' ? [[name, one.replaceAll('\r\n', '\n')]] : [],
      ),
  );
  const all = (name: string) => entries.filter(([own]) => own === name).map(([, value]) => value);
  return { entries, all, get: (name) => all(name)[0] ?? '' };
}

/** The lines of a text, without empty ones. */
export function listLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}
