#!/usr/bin/env node
// Plain JavaScript, so that an older Node can run it and say what is wrong. The bot itself is TypeScript, which Node 24 runs as is;
// the released package holds it compiled, because Node strips no types of what is installed.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { fileURLToPath } from 'node:url';

const NEEDED = 24;
const pinned = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url));
const source = new URL('../src/cli/main.ts', import.meta.url);
const isPackage = !existsSync(source);

if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
  // Compiled code, with its types stripped, is cached in the folder for temporary files.
  module.enableCompileCache();
  await import(isPackage ? new URL('../src/cli/main.js', import.meta.url).href : source.href);
} else if (existsSync(pinned)) {
  const child = spawn(pinned, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
} else {
  const remedy = isPackage
    ? `Install it from https://nodejs.org, or run: npx --package node@${NEEDED} --package briefing-bot briefing`
    : 'Run "npm ci" in its folder: it installs the right Node.';
  process.stderr.write(`briefing-bot needs Node ${NEEDED}; this is ${process.version}. ${remedy}\n`);
  process.exit(1);
}
