import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ChangedMeanwhile, createFileWriter, readVersion, versionOf } from '../../src/desk/files.ts';

let folder: string;
let root: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'briefing-files-'));
  root = join(folder, 'content');
  await mkdir(root);
});
afterEach(() => rm(folder, { recursive: true }));

it('writes a file whole, keeps its mode, and leaves nothing beside it', async () => {
  const path = join(root, 'a.md');
  await writeFile(path, 'one');
  await chmod(path, 0o640);
  await createFileWriter(root).save([{ path, version: versionOf('one'), text: 'two' }]);
  expect(await readFile(path, 'utf8')).toBe('two');
  expect((await stat(path)).mode & 0o777).toBe(0o640);
  expect(await readdir(root)).toEqual(['a.md']);
});

it('writes a new file, and only if there is still none', async () => {
  const path = join(root, 'wordings', 'a.yaml');
  const writer = createFileWriter(root);
  await writer.save([{ path, version: versionOf(''), text: 'new' }]);
  await expect(writer.save([{ path, version: versionOf(''), text: 'newer' }])).rejects.toThrow(ChangedMeanwhile);
  expect(await readVersion(path)).toEqual({ text: 'new', version: versionOf('new') });
});

it('writes none of several files if one of them changed, and says what it is now', async () => {
  const [first, second] = [join(root, 'a.md'), join(root, 'b.md')];
  await writeFile(first, 'a');
  await writeFile(second, 'changed');
  const error = await createFileWriter(root)
    .save([
      { path: first, version: versionOf('a'), text: 'x' },
      { path: second, version: versionOf('b'), text: 'y' },
    ])
    .catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'ChangedMeanwhile', current: { text: 'changed' } });
  expect(await readFile(first, 'utf8')).toBe('a');
});

it('lets one of two saves at the same time win, and refuses the other', async () => {
  const path = join(root, 'a.md');
  await writeFile(path, 'one');
  const writer = createFileWriter(root);
  const saves = ['mine', 'theirs'].map((text) => writer.save([{ path, version: versionOf('one'), text }]));
  expect((await Promise.allSettled(saves)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(await readFile(path, 'utf8')).toBe('mine');
});

it('never writes outside the folder, by a path or by a link', async () => {
  const outside = join(folder, 'outside');
  await mkdir(outside);
  await writeFile(join(outside, 'secret.md'), 'kept');
  await symlink(outside, join(root, 'linked'));
  await symlink(join(outside, 'secret.md'), join(root, 'secret.md'));
  const writer = createFileWriter(root);
  for (const path of [
    '../outside/secret.md',
    'linked/secret.md',
    'secret.md',
    'linked/new.md',
    'linked/a/b.md',
    '../new/a.md',
    '..',
  ]) {
    const { version } = await readVersion(join(root, path)).catch(() => ({ version: versionOf('') }));
    await expect(writer.save([{ path: join(root, path), version, text: 'gone' }])).rejects.toThrow(
      'outside the content folder',
    );
  }
  expect(await readFile(join(outside, 'secret.md'), 'utf8')).toBe('kept');
  expect(await readdir(outside)).toEqual(['secret.md']);
  expect(await readdir(folder)).toEqual(['content', 'outside']);
});

it('writes through a link that stays inside, and where the folder itself is one', async () => {
  await writeFile(join(root, 'real.md'), 'one');
  await symlink(join(root, 'real.md'), join(root, 'a.md'));
  await symlink(root, join(folder, 'current'));
  const path = join(folder, 'current', 'a.md');
  await createFileWriter(join(folder, 'current')).save([{ path, version: versionOf('one'), text: 'two' }]);
  expect(await readFile(join(root, 'real.md'), 'utf8')).toBe('two');
});

it('refuses a file that no bot would read', async () => {
  const path = join(root, 'a.md');
  await expect(
    createFileWriter(root).save([{ path, version: versionOf(''), text: 'x'.repeat(1024 * 1024 + 1) }]),
  ).rejects.toThrow('at most 1 MB');
});
