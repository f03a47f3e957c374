import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { linkTree } from './link-tree.ts';

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly devOptional?: boolean }>>;
}

/**
 * Puts a packed package and everything that it needs into a folder, as `npm install` does, without the network: the packages are
 * those of this checkout that the lockfile doesn't keep for development.
 */
export function installPacked(tarball: string, folder: string): void {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as Lock;
  for (const [path, { dev, devOptional }] of Object.entries(packages)) {
    // The package doesn't depend on Node: it runs on its user's own.
    const isNode = /^node_modules\/node(-bin-[\w-]+)?$/.test(path);
    if (!path || dev || devOptional || isNode || !existsSync(path)) continue;
    // Packages within a package have entries of their own.
    linkTree(path, join(folder, path), (name) => name === 'node_modules');
  }
  const own = join(folder, 'node_modules/briefing-bot');
  execFileSync('mkdir', ['-p', own]);
  execFileSync('tar', ['-xzf', tarball, '-C', own, '--strip-components=1']);
}
