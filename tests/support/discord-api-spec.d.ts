/** The package has no types for this part: schemas made from Discord's published description of its HTTP API. */
declare module 'discord-api-spec/zod' {
  const schemas: Readonly<Record<string, import('zod').ZodType>>;
  export = schemas;
}
