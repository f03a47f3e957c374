/** A problem with a setting, or with settings that don't fit together. Never repeats a value: it may be a secret. */
export interface Problem {
  /** The same for the same mistake, such as `invalid-setting`. */
  readonly code: string;
  /** The setting, or the first of several. */
  readonly setting: string;
  /** What is wrong, without a full stop. */
  readonly what: string;
  /** What to do about it, in whole sentences. */
  readonly remedy: string;
}

/** Reads a setting's text, or undefined if it isn't set. Every zod schema is one. */
export interface ValueSchema<T> {
  safeParse(text: string | undefined): { readonly success: true; readonly data: T } | { readonly success: false };
}

/** One setting, as an environment variable holds it. */
export interface Setting<T> {
  readonly schema: ValueSchema<T>;
  /** What is wrong with a value that cannot be read, to follow the setting's name, such as `isn't a port`. */
  readonly fault: string;
  /** What to write instead, in whole sentences. */
  readonly remedy: string;
  /** Its value must not be shown or logged. */
  readonly secret?: boolean;
}

/** Settings by their names. */
export type SettingsShape = Readonly<Record<string, Setting<unknown>>>;

/** The values of settings by their names. */
export type SettingValues<Shape extends SettingsShape> = {
  readonly [Name in keyof Shape]: Shape[Name] extends Setting<infer Value> ? Value : never;
};

/** Environment variables, those that are empty left out. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The values of all settings, or everything that is wrong with them. */
export type ReadSettings<Shape extends SettingsShape> =
  | { readonly values: SettingValues<Shape>; readonly problems: readonly [] }
  | { readonly values: undefined; readonly problems: readonly Problem[] };

/** Reads the settings of `shape` from `env`. */
export function readSettings<Shape extends SettingsShape>(shape: Shape, env: Environment): ReadSettings<Shape> {
  const values: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const [name, { schema, fault, remedy }] of Object.entries(shape)) {
    const read = schema.safeParse(env[name]);
    if (read.success) values[name] = read.data;
    else problems.push({ code: 'invalid-setting', setting: name, what: `${name} ${fault}`, remedy });
  }
  return problems.length > 0
    ? { values: undefined, problems }
    : { values: values as SettingValues<Shape>, problems: [] };
}

/** The values that must not be shown or logged; each item of a list by itself. */
export function listSecretValues<Shape extends SettingsShape>(shape: Shape, values: SettingValues<Shape>): string[] {
  return Object.entries(shape)
    .filter(([, { secret }]) => secret)
    .flatMap(([name]) => values[name] ?? [])
    .map(String);
}
