import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { linkTree } from './link-tree.ts';

/** What a Dockerfile leaves behind: the last stage's folder, and how it is run there. */
export interface Built {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly command: readonly string[];
  readonly healthCheck: readonly string[];
  /** Who runs it, where this process may choose: somebody without rights, who owns the data folder alone. */
  readonly user: { readonly uid?: number; readonly gid?: number };
}

const NOBODY = 65_534;

/**
 * Carries out the steps of a Dockerfile below an empty folder, with the shell as they stand. Two programs are ours:
 * `npm ci --omit=dev` lays out the packages of this checkout that the lockfile does not keep for development, without the
 * network, and `chown` gives to whoever runs the result.
 */
export function buildByHand(dockerfile: string, root: string): Built {
  const tools = join(root, 'tools');
  writeTools(tools);
  const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
  const stages = new Map<string, string>();
  let folder = root;
  let env: Record<string, string> = {};
  let command: string[] = [];
  let healthCheck: string[] = [];
  const inStage = (path: string) => path.replace(/^\/app(?=\/|$)/, folder);

  for (const [, instruction = '', rest = ''] of readInstructions(dockerfile)) {
    switch (instruction) {
      case 'FROM': {
        folder = join(root, `stage-${stages.size}`);
        mkdirSync(folder);
        stages.set(/ AS (\w+)$/.exec(rest)?.[1] ?? '', folder);
        env = {};
        break;
      }
      case 'ENV':
        for (const [, name = '', value = ''] of rest.matchAll(/(\w+)=(\S+)/g)) env[name] = inStage(value);
        break;
      case 'COPY': {
        const [, stage, paths = ''] = /^(?:--from=(\w+) )?(.+)$/.exec(rest) ?? [];
        const sources = paths.split(' ');
        const target = join(folder, sources.pop() ?? '');
        for (const source of sources) {
          const from = stage ? source.replace(/^\/app/, stages.get(stage) ?? '') : source;
          const isFolder = sources.length === 1 && basename(target) === basename(source);
          if (isFolder) linkTree(from, target);
          else cpSync(from, join(target, basename(source)));
        }
        break;
      }
      case 'RUN':
        execFileSync('sh', ['-euc', rest], { cwd: folder, env: { ...env, PATH: `${tools}:${process.env.PATH}` } });
        break;
      case 'HEALTHCHECK':
        healthCheck = JSON.parse(/CMD (\[.*\])$/.exec(rest)?.[1] ?? '[]') as string[];
        break;
      case 'CMD':
        command = JSON.parse(rest) as string[];
        break;
      case 'WORKDIR':
      case 'USER':
      case 'VOLUME':
      case 'EXPOSE':
        break;
      default:
        throw new Error(`${dockerfile}: ${instruction} is not known here`);
    }
  }
  const data = join(folder, 'data');
  if (user.uid !== undefined && existsSync(data)) chownSync(data, user.uid, user.gid);
  return { folder, env, command, healthCheck, user };
}

function readInstructions(dockerfile: string): RegExpMatchArray[] {
  const text = readFileSync(dockerfile, 'utf8')
    .replace(/^#.*\n/gm, '')
    .replace(/\\\n\s*/g, '');
  return [...text.matchAll(/^([A-Z]+) +(.+)$/gm)];
}

function writeTools(folder: string): void {
  mkdirSync(folder);
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    chmodSync(join(folder, name), 0o755);
  };
  const layOut = LAY_OUT.replace('CHECKOUT', JSON.stringify(process.cwd())).replace(
    'LINK_TREE',
    JSON.stringify(new URL('link-tree.ts', import.meta.url).href),
  );
  write('npm', `#!/bin/sh\nexec "${process.execPath}" "${join(folder, 'lay-out.mjs')}" "$@"\n`);
  write('chown', '#!/bin/sh\n');
  write('lay-out.mjs', layOut);
}

const LAY_OUT = `
import { existsSync, readFileSync } from 'node:fs';
import { linkTree } from LINK_TREE;
if (!process.argv.join(' ').includes(' ci --omit=dev')) throw new Error('not npm ci --omit=dev');
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
for (const [path, { dev, devOptional }] of Object.entries(packages)) {
  const source = CHECKOUT + '/' + path;
  if (!path || dev || devOptional || !existsSync(source)) continue;
  // Packages within a package have entries of their own.
  linkTree(source, path, (name) => name === 'node_modules');
}
`;
