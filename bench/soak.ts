// An hour at a bounded rate, watching memory: SOAK_MINUTES shortens it. Run with: npx node bench/soak.ts
import { setTimeout as sleep } from 'node:timers/promises';
import { QUESTIONS, startProgram } from './program.ts';
import { print, quantile, report } from './report.ts';

const MINUTES = Number(process.env.SOAK_MINUTES ?? 60);
/** Below what the page takes of one address, 300 a minute. */
const A_SECOND = 4;
const SAMPLE_MS = 5000;

/** The slope of a line through the points, by least squares. */
function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([a]) => a)), mean(points.map(([, b]) => b))];
  const [top, bottom] = points.reduce(([t, d], [a, b]) => [t + (a - x) * (b - y), d + (a - x) ** 2], [0, 0]);
  return bottom === 0 ? 0 : top / bottom;
}

const program = await startProgram();
const start = performance.now();
const end = start + MINUTES * 60_000;
const memory: [number, number][] = [];
const times: number[] = [];
let next = start;
let sampled = Number.NEGATIVE_INFINITY;
for (let index = 0; performance.now() < end; index += 1) {
  times.push(await program.ask(`${QUESTIONS[index % QUESTIONS.length]}`));
  const now = performance.now();
  if (now - sampled >= SAMPLE_MS) {
    sampled = now;
    memory.push([(now - start) / 3_600_000, await program.memory()]);
  }
  next += 1000 / A_SECOND;
  await sleep(Math.max(0, next - performance.now()));
}
await program.stop();
// The first half warms up: code is compiled, pools fill.
const settled = memory.slice(Math.floor(memory.length / 2));
const slope = slopeOf(settled);
const values = settled.map(([, megabytes]) => megabytes);
print(`${times.length} questions in ${MINUTES} min; ${memory.length} samples of memory`);
report({
  what: `Soak of ${MINUTES} min at ${A_SECOND} questions a second`,
  ours: `memory ${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)} MB in its second half, slope ${slope.toFixed(1)} MB an hour; p50 ${quantile(times, 0.5).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms`,
  peer: `at its start ${memory[0]?.[1].toFixed(0)} MB`,
});
