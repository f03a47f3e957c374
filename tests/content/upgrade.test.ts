import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { loadContent } from '../../src/content/load.ts';
import { upgradeArticle } from '../../src/content/upgrade.ts';
import { upgradeContent } from '../../src/content/upgrade-content.ts';
import { COMMAND_NAMES, HARBOUR } from '../support/content.ts';
import { loadedWith } from '../support/imports.ts';

const RECORD = `# The record.
title: Wind on the Coast
author: Ida Holm
kind: opinion
paragraphs: 1
publication:
  - Nowhere.
disclosure: Made up for a test.
`;
const PAGE = `# Turbines

What the author says of the turbines.

## Claims

- Twelve turbines turn off the coast.
  - kind: figure
  - paragraph: 1
  - speaker: author
  <!-- counted by the author -->
  - asks:
    - How many turbines are there?
    - Count the turbines

- Twelve turbines turn off the coast at night too, the author writes.
  - kind: reported
  - paragraph: 1
  - speaker: author

## Not in the article

- What does a turbine cost?
`;

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'briefing-upgrade-'));
  mkdirSync(join(directory, 'wind', 'topics'), { recursive: true });
  writeFileSync(join(directory, 'wind', 'article.yaml'), RECORD);
  writeFileSync(join(directory, 'wind', 'topics', 'turbines.md'), PAGE);
});
afterEach(() => rmSync(directory, { recursive: true }));

it('turns content of format 1 into content that loads, with an id for each claim and its questions moved', async () => {
  await expect(loadContent(directory, COMMAND_NAMES)).rejects.toThrow('npx briefing content upgrade');
  await upgradeContent(directory);
  const { topics } = await loadContent(directory, COMMAND_NAMES);
  const [first, second] = topics[0]?.claims ?? [];
  expect(first?.id).toMatch(/^wind\/[a-z0-9-]+$/);
  expect(first?.asks).toEqual(['How many turbines are there?', 'Count the turbines']);
  expect(second?.id).not.toBe(first?.id);
  expect(topics[0]?.unanswered).toEqual(['What does a turbine cost?']);
});

it('keeps comments, and changes nothing the second time', async () => {
  await upgradeContent(directory);
  expect(readFileSync(join(directory, 'wind', 'article.yaml'), 'utf8')).toContain('# The record.');
  expect(readFileSync(join(directory, 'wind', 'topics', 'turbines.md'), 'utf8')).toContain('counted by the author');
  expect(await upgradeContent(directory)).toEqual([]);
});

it('leaves content of the current format alone', async () => {
  const copy = join(directory, 'current');
  cpSync(HARBOUR, copy, { recursive: true });
  expect(readdirSync(copy)).not.toEqual([]);
  expect(await upgradeContent(copy)).toEqual([]);
});

it('refuses content of a newer format', () => {
  expect(() => upgradeArticle(new Map([['article.yaml', 'format: 99\n']]))).toThrow('update the program');
});

it('reads content without the labels that readers see, so that these may be reworded', () => {
  const loaded = [...loadedWith('src/content/load.ts')];
  expect(loaded).toContain('src/content/keywords.ts');
  expect(loaded).not.toContain('src/core/reply.ts');
});
