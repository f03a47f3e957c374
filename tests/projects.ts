/** Tests of databases: one PostgreSQL is started for all of them. */
export const POSTGRES: readonly string[] = [
  'tests/adapters/slack/processes.test.ts',
  'tests/app/open-editors.test.ts',
  'tests/digest/{deliver,kill,report}.test.ts',
  'tests/store/{audit,copy-store,feedback,gaps,store,uses,versions}.test.ts',
];

/** Tests of libraries that take it amiss if another version of undici was loaded in their process before. */
export const ALONE: readonly string[] = ['tests/support/discord-server.test.ts'];

/** Tests that start the whole program, a browser or the language model, which takes seconds, or that search for long. */
export const WHOLE: readonly string[] = [
  'tests/adapters/conversations.test.ts',
  'tests/adapters/mcp/stdio.test.ts',
  'tests/adapters/slack/manifest.test.ts',
  'tests/adapters/web/page.test.ts',
  'tests/app/{contained,deploy,log}.test.ts',
  'tests/chaos/**/*.test.ts',
  'tests/cli/**/*.test.ts',
  'tests/content/{faults,review}.test.ts',
  'tests/desk/{browser,desk,import}.test.ts',
  'tests/fuzz.test.ts',
  'tests/release/package.test.ts',
  'tests/i18n/every-reply.test.ts',
  'tests/import/**/*.test.ts',
  'tests/regular-expressions.test.ts',
  'tests/search/{answers,parts}.test.ts',
  'tests/store/restore.test.ts',
  'tests/search/embed/**/*.test.ts',
];
