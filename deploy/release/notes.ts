import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { argv, stderr, stdout } from 'node:process';

// node deploy/release/notes.ts v0.2.0: prints what the changelog says of that version, and fails unless it is the one to release.

/** The changelog's section on a version, without its heading. Undefined if there is none, or if it says nothing. */
function findNotes(changelog: string, version: string): string | undefined {
  const sections = changelog.split(/^## /m).slice(1);
  const own = sections.find((section) => section.split(/\s/)[0] === version);
  return own?.slice(own.indexOf('\n')).trim() || undefined;
}

const root = resolve(import.meta.dirname, '../..');
const tag = argv[2] ?? '';
const read = (path: string) => readFileSync(resolve(root, path), 'utf8');
const { version } = JSON.parse(read('package.json')) as { version: string };
const notes = findNotes(read('CHANGELOG.md'), version);
const problem =
  tag !== `v${version}`
    ? `The tag is ${tag || 'missing'}, and package.json says ${version}. Tag the commit that says the version: v${version}`
    : notes === undefined
      ? `CHANGELOG.md has no section on ${version}. Rename Unreleased to: ## ${version} · ${new Date().toISOString().slice(0, 10)}`
      : undefined;
if (problem) {
  stderr.write(`${problem}\n`);
  process.exitCode = 1;
} else stdout.write(`${notes}\n`);
