import { MAX_SLUG } from '../core/slug.ts';

/**
 * Limits of texts, so that every one fits on both platforms: a command's description has 100 characters on Discord, a
 * button's label 75 on Slack, a Slack command 32 with its slash. Characters of markup count twice, since escaping doubles
 * them.
 */
export const TEXT_LIMITS = Object.freeze({
  slug: MAX_SLUG,
  title: 60,
  summary: 100,
  alias: 50,
  claim: 500,
  claimId: 40,
  speaker: 100,
  quantity: 80,
  ask: 150,
  note: 500,
  articleTitle: 150,
  articleShort: 24,
  author: 80,
  genre: 60,
  publication: 300,
  disclosure: 500,
  name: 80,
  source: 150,
  change: 200,
  url: 250,
  anchor: 100,
  notesOfClaim: 2,
  notesOfTopic: 1,
});

/** The size of one content file, in bytes: far above any page, far below what would stop the bot. */
export const MAX_FILE_BYTES = 1024 * 1024;

/** The length of one line of Markdown: its parser takes time that grows with the square of it. */
export const MAX_LINE_LENGTH = 4000;
