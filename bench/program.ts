import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

export interface RunningProgram {
  readonly url: string;
  /** From the start of the process to its first ready answer, in milliseconds. */
  readonly startMs: number;
  /** Resident memory in megabytes, as the program's own metrics tell it. */
  memory(): Promise<number>;
  /** Asks a question on the page; gives the milliseconds that it took. */
  ask(text: string): Promise<number>;
  stop(): Promise<void>;
}

/** Starts the whole program with its page on a free port. */
export async function startProgram(env: Readonly<Record<string, string>> = {}): Promise<RunningProgram> {
  const start = performance.now();
  const { PATH = '', HOME = '' } = process.env;
  const child: ChildProcess = spawn(process.execPath, ['bin/briefing.js', 'start'], {
    env: { PATH, HOME, PORT: '0', GAPS: 'off', LOG_LEVEL: 'error', SEMANTIC_SEARCH: 'off', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout as NonNullable<typeof child.stdout>, 'data')) as [Buffer];
  const url = /http:\S+/.exec(String(line))?.[0] ?? '';
  while (
    !(await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    ))
  )
    await sleep(5);
  const startMs = performance.now() - start;
  return {
    url,
    startMs,
    async memory() {
      const text = await (await fetch(`${url}/metrics`)).text();
      return Number(/^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]) / 1e6;
    },
    async ask(text) {
      const before = performance.now();
      const response = await fetch(`${url}/api/answer`, { method: 'POST', body: JSON.stringify({ text }) });
      await response.arrayBuffer();
      return performance.now() - before;
    },
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

/** Questions of several sorts: topics, lists and free words. */
export const QUESTIONS = [
  '/drones',
  '/energy',
  'who buys the oil?',
  '/timeline',
  '/figures',
  'what about tourism?',
  '/help',
];
