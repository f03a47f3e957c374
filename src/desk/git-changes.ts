import { execFile } from 'node:child_process';

/** Bounds of one call of git. */
const LIMITS = { timeout: 5000, maxBuffer: 2 * 1024 * 1024 } as const;

/** What changed in the content folder since the last commit. */
export interface GitChanges {
  /** Lines as `git diff` writes them. */
  readonly diff: readonly string[];
  /** Files that git doesn't know yet. */
  readonly added: readonly string[];
}

/** Asks git. Undefined if the folder is in no repository, if there is no commit yet, or if git isn't there. */
export async function readGitChanges(directory: string): Promise<GitChanges | undefined> {
  // Nothing that a repository's own settings name is run, and no lock is taken.
  const safe = ['-C', directory, '--no-optional-locks', '-c', 'core.fsmonitor=false', '-c', 'core.quotePath=false'];
  const diff = await run([
    ...safe,
    'diff',
    '--no-color',
    '--no-ext-diff',
    '--no-textconv',
    '--relative',
    'HEAD',
    '--',
    '.',
  ]);
  const added = await run([...safe, 'ls-files', '--others', '--exclude-standard', '--', '.']);
  if (diff === undefined || added === undefined) return undefined;
  return { diff: diff.split('\n').slice(0, -1), added: added.split('\n').filter(Boolean) };
}

function run(args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile('git', args, LIMITS, (error, stdout) => resolve(error ? undefined : stdout));
  });
}
