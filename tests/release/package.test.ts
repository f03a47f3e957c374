import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { installPacked } from '../support/installed.ts';

const run = promisify(execFile);
/** The same steps as those of .github/workflows/release.yml. */
const STAGE = resolve('deploy/release/stage.ts');
const NOTES = resolve('deploy/release/notes.ts');
const TRY = resolve('deploy/release/try.sh');

let root: string;
let tarball: string;
let installed: string;
/** The pinned Node is the first that the scripts find. */
const env = {
  PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
  HOME: process.env.HOME ?? '',
  SEMANTIC_SEARCH: 'off',
};

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'briefing-release-'));
  const staged = join(root, 'dist');
  await run(process.execPath, [STAGE, staged], { env: { ...env, GITHUB_REPOSITORY: 'our/briefing-bot' } });
  await run('npm', ['pack', '--offline', '--ignore-scripts', '--pack-destination', root], { cwd: staged, env });
  tarball = join(root, readdirSync(root).find((name) => name.endsWith('.tgz')) ?? '');
  installed = join(root, 'somewhere');
  installPacked(tarball, installed);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('the package', () => {
  const list = () => execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');

  it('is small, and holds the compiled bot, the demo and the guides, and no source, test or secret', () => {
    const files = list().map((path) => path.replace(/^package\//, ''));
    expect(statSync(tarball).size).toBeLessThan(1024 * 1024);
    for (const path of ['bin/briefing.js', 'src/cli/main.js', 'commands/index.js', 'docs/mcp.md', 'LICENSE'])
      expect(files).toContain(path);
    expect(
      files.filter((path) => /\.ts$|(^|\/)(tests?|bench|node_modules|\.env|paragraphs\.md)(\/|$)/.test(path)),
    ).toEqual([]);
    const others = readdirSync('src', { recursive: true, withFileTypes: true }).filter(
      (one) => one.isFile() && !one.name.endsWith('.ts'),
    );
    expect(others.length).toBeGreaterThan(10);
    for (const { parentPath, name } of others) expect(files).toContain(join(parentPath, name));
    for (const path of files.filter((one) => /^(src|commands)\/.*\.js$/.test(one) && !one.includes('/page/')))
      expect(existsSync(path.replace(/\.js$/, '.ts')), path).toBe(true);
  });

  it('names no program of the repository, needs no Node of its own, and says where it comes from', () => {
    const manifest = JSON.parse(readFileSync(join(installed, 'node_modules/briefing-bot/package.json'), 'utf8'));
    const own = JSON.parse(readFileSync('package.json', 'utf8'));
    const { node, ...needed } = own.dependencies;
    expect(manifest).toMatchObject({ name: own.name, version: own.version });
    expect(manifest.dependencies).toEqual(needed);
    expect(manifest.engines.node).toBe(`>=${node.split('.')[0]}`);
    expect(manifest.repository.url).toBe('git+https://github.com/our/briefing-bot.git');
    for (const field of ['scripts', 'devDependencies', 'private', 'allowScripts'])
      expect(Object.keys(manifest)).not.toContain(field);
    // Only the workflow's package can be published.
    expect(own.private).toBe(true);
  });

  it('names a file that is there, wherever it imports one or starts a thread of one', () => {
    const folder = join(installed, 'node_modules/briefing-bot');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /^(src|commands)\/.*\.js$/.test(name),
    );
    const broken = files.flatMap((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const threads = [...text.matchAll(/(?<!^ \* )moduleUrl\('([^']+)', import\.meta\.url\)/gm)].map(
        ([, path]) => `${path}.js`,
      );
      const imports = [...text.matchAll(/(?:from|import\(|import) ?['"](\.[^'"]+)['"]/g)].map(([, path = '']) => path);
      return [...imports, ...threads]
        .filter((path) => !existsSync(join(folder, dirname(file), path)))
        .map((path) => `${file}: ${path}`);
    });
    expect(broken).toEqual([]);
  });
});

describe('the package in an empty folder', () => {
  it('answers, declines, shows a digest, starts the demo and begins a repository, as the workflow tries it', async () => {
    const { stdout } = await run(TRY, [installed], { env });
    expect(
      stdout
        .trim()
        .split('\n')
        .map((line) => line.split(':')[0]),
    ).toEqual([...['version', 'ask', 'ask', 'digest preview', 'start', 'start', 'init, import, lint']]);
    // What it keeps is where it was run, and not in the package.
    expect(existsSync(join(installed, 'data/briefing.db'))).toBe(true);
    expect(existsSync(join(installed, 'node_modules/briefing-bot/data'))).toBe(false);
  });

  it('says on an older Node what to do', async () => {
    const program = join(installed, 'node_modules/briefing-bot/bin/briefing.js');
    const old = join(root, 'old.cjs');
    writeFileSync(old, "Object.defineProperty(process.versions, 'node', { value: '20.1.0' });");
    const failed = await run(process.execPath, ['--require', old, program], { env }).catch((error) => error);
    expect(failed.code).toBe(1);
    expect(failed.stderr).toMatch(
      /^briefing-bot needs Node 24; this is .*Install it from https:\/\/nodejs\.org, or run: npx --package node@24 --package briefing-bot briefing\n$/,
    );
  });
});

describe('the release notes', () => {
  it('are the changelog’s section, and there are none for another tag', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    const hasSection = new RegExp(`^## ${version.replaceAll('.', '\\.')}\\s`, 'm').test(
      readFileSync('CHANGELOG.md', 'utf8'),
    );
    const right = run(process.execPath, [NOTES, `v${version}`]);
    if (hasSection) expect((await right).stdout.length).toBeGreaterThan(100);
    else await expect(right).rejects.toThrow(/Rename Unreleased to/);
    await expect(run(process.execPath, [NOTES, 'v99.0.0'])).rejects.toThrow(
      /The tag is v99\.0\.0, and package\.json says/,
    );
    await expect(run(process.execPath, [NOTES])).rejects.toThrow(/The tag is missing/);
  });
});

describe('the workflow', () => {
  const workflow = readFileSync('.github/workflows/release.yml', 'utf8');

  it('runs for tags of versions alone, and takes the steps that are tried here', () => {
    const { on } = parse(workflow);
    expect(on).toEqual({ push: { tags: ['v*.*.*'] } });
    for (const step of ['stage.ts', 'notes.ts', 'install.sh', 'try.sh'])
      expect(workflow).toContain(`deploy/release/${step}`);
  });

  it('gives each job only the rights that it needs, and publishes with provenance', () => {
    const { permissions, jobs } = parse(workflow);
    expect(permissions).toEqual({ contents: 'read' });
    const rights = Object.entries(jobs as Record<string, { permissions?: object }>).flatMap(([name, job]) =>
      job.permissions ? [[name, job.permissions]] : [],
    );
    expect(Object.fromEntries(rights)).toEqual({
      npm: { contents: 'read', 'id-token': 'write' },
      image: { contents: 'read', packages: 'write', 'id-token': 'write', attestations: 'write' },
      notes: { contents: 'write' },
    });
    expect(workflow).toMatch(/npm publish .*--provenance/);
    expect(workflow).toMatch(/install\.sh .* > packed\/sbom\.cyclonedx\.json/);
  });
});
