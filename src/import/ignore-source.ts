import { execFile } from 'node:child_process';
import { appendFile } from 'node:fs/promises';
import { join, resolve as toAbsolute } from 'node:path';

const LINES = '\n# Somebody else’s text, to work from\nparagraphs.md\n';

/**
 * Keeps an article's own text out of a newsroom's repository: if git wouldn't ignore the `paragraphs.md` in `folder`, a line in
 * the .gitignore of `directory`, above it, makes it do so. Returns what was done, or what an editor has to do, in a sentence;
 * undefined if git ignores the file already, if `directory` isn't in a repository, or if git isn't there.
 */
export async function ignoreSource(directory: string, folder: string): Promise<string | undefined> {
  if ((await checkIgnored(directory, toAbsolute(folder, 'paragraphs.md'))) !== 'no') return undefined;
  const file = join(directory, '.gitignore');
  try {
    await appendFile(file, LINES);
    return `paragraphs.md is somebody else’s text: ${file} keeps it out of git from now on.`;
  } catch {
    return `paragraphs.md is somebody else’s text: keep it out of git with a line "paragraphs.md" in ${file}, which can't be written.`;
  }
}

/** By the exit code of git, https://git-scm.com/docs/git-check-ignore#_exit_status; any other means that git can't tell. */
function checkIgnored(directory: string, path: string): Promise<'yes' | 'no' | undefined> {
  const safe = ['-C', directory, '-c', 'core.fsmonitor=false'];
  return new Promise((resolve) => {
    execFile('git', [...safe, 'check-ignore', '--quiet', '--', path], { timeout: 5000 }, (error) => {
      if (!error) resolve('yes');
      else resolve(error.code === 1 ? 'no' : undefined);
    });
  });
}
