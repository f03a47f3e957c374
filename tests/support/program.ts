import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { run } from '../../src/cli/run.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
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

/** These settings, and no others of ours. */
function composeEnvironment(env: Record<string, string>): Record<string, string> {
  const { PATH = '', HOME = '' } = process.env;
  // Search by meaning takes seconds to get ready and leaves a cache: tests of it switch it on themselves.
  return { PATH, HOME, NO_COLOR: '1', SEMANTIC_SEARCH: 'off', GAPS: 'off', CONTENT_DIR: CONTENT, ...env };
}

/** Starts the real program with these settings. */
export function startProgram(args: readonly string[], env: Record<string, string> = {}, input?: string): Program {
  const child = spawn(process.execPath, [resolve('bin/briefing.js'), ...args], {
    env: composeEnvironment(env),
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

/** Runs the real program to its end, in a process of its own. */
export function runProcess(args: readonly string[], env?: Record<string, string>, input?: string): Promise<Finished> {
  return startProgram(args, env, input).ended;
}

/** Runs a command of the program to its end in this process, which takes a tenth of the time. */
export async function runProgram(
  args: readonly string[],
  env: Record<string, string> = {},
  input = '',
): Promise<Finished> {
  const [stdout, stderr] = [collect(), collect()];
  const terminal: Terminal = {
    stdin: Readable.from([input]),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: composeEnvironment(env),
  };
  await run(args, terminal);
  return { code: Number(terminal.exitCode ?? 0), stdout: stdout.text(), stderr: stderr.text() };
}

/** A stream, and what was written to it. */
function collect(): { readonly stream: Writable; text(): string } {
  let text = '';
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      text += chunk;
      done();
    },
  });
  return { stream, text: () => text };
}
