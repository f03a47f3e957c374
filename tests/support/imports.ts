/** Every module that a source file names, in any form of import or re-export. */
export function importsOf(source: string): string[] {
  const patterns = [/\bfrom '([^'\n]+)';?$/gm, /\bimport\s*'([^']+)'/g, /\bimport\(\s*'([^']+)'\s*\)/g];
  return patterns.flatMap((pattern) => [...source.matchAll(pattern)].map(([, name]) => name as string));
}
