import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { CONTENT } from './folders.ts';

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

/** A line that takes longer never comes: the test then says what came instead. */
const LINE_MS = 60_000;

/** Starts the real program with these settings and no others of ours. */
export function startProgram(args: readonly string[], env: Record<string, string> = {}, input?: string): Program {
  const { PATH = '', HOME = '' } = process.env;
  const child = spawn(process.execPath, [resolve('bin/briefing.js'), ...args], {
    // Search by meaning takes seconds to get ready and leaves a cache: tests of it switch it on themselves.
    env: { PATH, HOME, NO_COLOR: '1', SEMANTIC_SEARCH: 'off', GAPS: 'off', CONTENT_DIR: CONTENT, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(input ?? '');
  let stdout = '';
  let stderr = '';
  const listeners = new Set<() => void>();
  const notify = () => {
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', (chunk) => {
    stdout += chunk;
    notify();
  });
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
    notify();
  });
  const ended = new Promise<Finished>((done) => child.once('close', (code) => done({ code, stdout, stderr })));
  return {
    process: child,
    ended,
    line: (pattern) =>
      new Promise((found, fail) => {
        const miss = (what: string) => {
          clearTimeout(timer);
          listeners.delete(look);
          fail(new Error(`the program ${what} without ${pattern}:\n${stdout}\n${stderr}`));
        };
        const timer = setTimeout(() => miss('went on'), LINE_MS);
        const look = () => {
          const match = pattern.exec(`${stdout}\n${stderr}`);
          if (!match) return;
          clearTimeout(timer);
          listeners.delete(look);
          found(match);
        };
        listeners.add(look);
        look();
        ended.then(() => miss('ended'));
      }),
  };
}

/** Runs the real program to its end. */
export function runProgram(args: readonly string[], env?: Record<string, string>, input?: string): Promise<Finished> {
  return startProgram(args, env, input).ended;
}
