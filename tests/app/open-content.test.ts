import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openContent } from '../../src/app/open-content.ts';
import { strictLog } from '../support/content.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'briefing-empty-'));
});
afterEach(() => rm(directory, { recursive: true }));

const open = (contentDirectory: string, mayBeEmpty: boolean) => {
  const warnings: string[] = [];
  const log = { ...strictLog, warn: (_: object, message: string) => warnings.push(message) };
  const config = { contentDirectory, dataDirectory: directory, semanticSearch: false };
  return { warnings, opened: openContent(config, log, { mayBeEmpty }) };
};

it('begins with a folder without any article only if that is allowed, and says so', async () => {
  await expect(open(directory, false).opened).rejects.toThrow('there is no article');
  await expect(open(join(directory, 'none'), true).opened).rejects.toThrow("none doesn't exist. Correct CONTENT_DIR");
  const { opened, warnings } = open(directory, true);
  const { content, reload, close } = await opened;
  expect(content.library.topics).toEqual([]);
  expect(warnings).toEqual([expect.stringContaining('there is no article yet')]);
  // What was read once is not lost because a folder is empty for a moment.
  await expect(reload(() => undefined)).rejects.toThrow('there is no article');
  await close();
});
