import { execFileSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { argv, env, execPath, stderr } from 'node:process';

// node deploy/release/stage.ts [FOLDER]: makes the npm package in FOLDER, by default dist/.
// The repository's own package.json stays private, so that nothing but this package can be published, and not by accident.

/** What the package has beside the compiled code. Other files of src/ are what the code reads: pages, styles, word lists. */
const FILES = ['bin/briefing.js', 'LICENSE', 'README.md', 'CHANGELOG.md', 'SECURITY.md', '.env.example'];
/** What people pack and run. */
const LISTED = ['bin', 'src', 'commands', 'content', 'docs', 'SECURITY.md', 'CHANGELOG.md', '.env.example'];

interface Manifest {
  readonly [field: string]: unknown;
  readonly dependencies: Readonly<Record<string, string>>;
}

/** The package.json of the package: without what only the repository needs. `repository` is `owner/name` on GitHub. */
function composeManifest(own: Manifest, repository: string | undefined): Manifest {
  // The 190 MB of the npm package `node` are for a repository without the right Node; an installed package runs on its user's own.
  const { node, ...dependencies } = own.dependencies;
  const { name, version, description, license, type } = own;
  return {
    ...{ name, version, description, license, type },
    keywords: ['discord', 'slack', 'mcp', 'bot', 'journalism', 'fact-checking'],
    ...(repository ? { repository: { type: 'git', url: `git+https://github.com/${repository}.git` } } : {}),
    bin: { 'briefing-bot': 'bin/briefing.js', briefing: 'bin/briefing.js' },
    engines: { node: `>=${node?.split('.')[0]}` },
    files: LISTED,
    dependencies,
  };
}

function stage(folder: string): void {
  const root = resolve(import.meta.dirname, '../..');
  const at = (...parts: string[]) => join(root, ...parts);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });

  const compiler = at('node_modules/typescript/bin/tsc');
  const options = ['--project', at('deploy/release/tsconfig.json'), '--outDir', folder];
  execFileSync(execPath, [compiler, ...options], { stdio: ['ignore', 'inherit', 'inherit'] });

  for (const path of listOthers(at('src'))) copy(at('src', path), join(folder, 'src', path));
  for (const path of FILES) copy(at(path), join(folder, path));
  for (const path of readdirSync(at('docs')).filter((name) => name.endsWith('.md')))
    copy(at('docs', path), join(folder, 'docs', path));
  // The demo. An article's own text stays out, wherever an editor keeps it.
  cpSync(at('content'), join(folder, 'content'), {
    recursive: true,
    filter: (path) => !path.endsWith('paragraphs.md'),
  });
  const manifest = JSON.parse(readFileSync(at('package.json'), 'utf8')) as Manifest;
  const composed = composeManifest(manifest, env.GITHUB_REPOSITORY);
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(composed, null, 2)}\n`);
}

/** Files that aren't TypeScript, below a folder. */
function listOthers(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

const folder = resolve(argv[2] ?? 'dist');
stage(folder);
stderr.write(`The package is in ${folder}\n`);
