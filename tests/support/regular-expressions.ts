import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { type AnyNode, parse } from 'acorn';

/** A regular expression in a source file. */
export interface Found {
  readonly file: string;
  readonly source: string;
  readonly flags: string;
}

/** What a file says of its regular expressions. */
export interface Patterns {
  readonly literals: readonly Found[];
  /** It builds some from text when it is loaded. */
  readonly builds: boolean;
  /** The lines on which it builds one whenever a function runs, so that nobody can check it beforehand. */
  readonly hidden: readonly number[];
}

/** Every source file below these folders that is ours to run. */
export function listSources(folders: readonly string[]): string[] {
  return folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|js)$/.test(name))
      .map((name) => join(folder, name)),
  );
}

/** Reads a file's regular expressions without running it. */
export function readPatterns(file: string, code = readFileSync(file, 'utf8')): Patterns {
  const tree = parse(file.endsWith('.ts') ? stripTypeScriptTypes(code) : code, {
    ecmaVersion: 'latest',
    sourceType: 'module',
    locations: true,
  });
  const literals: Found[] = [];
  const hidden: number[] = [];
  let builds = false;
  const visit = (node: AnyNode, inFunction: boolean): void => {
    if (node.type === 'Literal' && node.regex) {
      literals.push({ file, source: node.regex.pattern, flags: node.regex.flags });
    }
    const isBuilt = node.type === 'NewExpression' || node.type === 'CallExpression';
    if (isBuilt && node.callee.type === 'Identifier' && node.callee.name === 'RegExp') {
      if (inFunction) hidden.push(node.loc?.start.line ?? 0);
      else builds = true;
    }
    const inside = inFunction || /Function|MethodDefinition/.test(node.type);
    for (const child of childrenOf(node)) visit(child, inside);
  };
  visit(tree, false);
  return { literals, builds, hidden };
}

function childrenOf(node: AnyNode): AnyNode[] {
  return Object.values(node)
    .flat()
    .filter((child): child is AnyNode => typeof child === 'object' && child !== null && 'type' in child);
}

/** The regular expressions that a file builds from text while it is loaded. */
export async function loadBuilt(file: string): Promise<Found[]> {
  const found: Found[] = [];
  const Original = globalThis.RegExp;
  const construct = (target: typeof RegExp, parts: unknown[]) => {
    const made = Reflect.construct(target, parts) as RegExp;
    if (new Error().stack?.includes(file)) found.push({ file, source: made.source, flags: made.flags });
    return made;
  };
  globalThis.RegExp = new Proxy(Original, { construct });
  try {
    await import(join(process.cwd(), file));
  } finally {
    globalThis.RegExp = Original;
  }
  return found;
}
