import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { CONTENT } from './folders.ts';
import { createWaiting } from './waiting.ts';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Program {
  readonly process: ChildProcess;
  /** Resolves to what a line of output that matches holds; rejects if the program ends or a minute passes before it. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
  readonly ended: Promise<Finished>;
}

/** A program that runs longer is killed, so that whoever waits for its end gets it. */
const LIFE_MS = 150_000;

/** Starts the real program with these settings and no others of ours. */
export function startProgram(args: readonly string[], env: Record<string, string> = {}, input?: string): Program {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [resolve('bin/briefing.js'), ...args], {
    // Search by meaning takes seconds to get ready and leaves a cache: tests of it switch it on themselves.
    env: { PATH, HOME, NO_COLOR: '1', SEMANTIC_SEARCH: 'off', GAPS: 'off', CONTENT_DIR: CONTENT, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    timeout: LIFE_MS,
    killSignal: 'SIGKILL',
  });
  child.stdin.end(input ?? '');
  let stdout = '';
  let stderr = '';
  const { changed, until } = createWaiting(() => `${stdout}\n${stderr}`);
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
    changed();
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
    changed();
  });
  let end: Finished | undefined;
  const ended = new Promise<Finished>((done) =>
    child.once('close', (code) => {
      end = { code, stdout, stderr };
      done(end);
      changed();
    }),
  );
  return {
    process: child,
    ended,
    line: (pattern) =>
      until(`a line like ${pattern}`, () => {
        const match = pattern.exec(`${stdout}\n${stderr}`);
        if (!match && end) throw new Error(`the program ended without ${pattern}:\n${stdout}\n${stderr}`);
        return match ?? undefined;
      }),
  };
}

/** Runs the real program to its end. */
export function runProgram(args: readonly string[], env?: Record<string, string>, input?: string): Promise<Finished> {
  return startProgram(args, env, input).ended;
}
