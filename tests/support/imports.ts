import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

/** Every module that a source file names, in any form of import or re-export. */
export function importsOf(source: string): string[] {
  const patterns = [/\bfrom '([^'\n]+)';?$/gm, /(?<!')\bimport\s*'([^']+)'/g, /\bimport\(\s*'([^']+)'\s*\)/g];
  return patterns.flatMap((pattern) => [...source.matchAll(pattern)].map(([, name]) => name as string));
}

/** What a module loads with itself, its imports and theirs: neither types, nor what it imports when it runs. */
export function loadedWith(file: string, seen = new Set<string>()): Set<string> {
  const source = readFileSync(file, 'utf8').replace(/^(import|export) type [^;]*;/gm, '');
  for (const [, from = ''] of source.matchAll(/^(?:import|export)\b[^;]*?\bfrom '([^']+)';$/gm)) {
    const target = from.startsWith('.') ? relative('.', resolve(dirname(file), from)) : from;
    if (seen.has(target)) continue;
    seen.add(target);
    if (from.startsWith('.')) loadedWith(target, seen);
  }
  return seen;
}
