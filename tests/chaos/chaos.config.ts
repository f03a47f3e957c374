import { defineConfig } from 'vitest/config';

/** Before this many milliseconds everything is over, or has failed. */
const LIMIT_MS = 10 * 60_000;

const seed = process.env.CHAOS_SEED ?? String(Math.floor(Date.now() / 1000) % 1_000_000);
process.stderr.write(
  `The seeds begin with ${seed}: CHAOS_SEED=${seed} npm run test:chaos makes the same trials again.\n`,
);
setTimeout(() => {
  process.stderr.write('The trials took longer than ten minutes.\n');
  process.exit(1);
}, LIMIT_MS).unref();

/** The long run: more trials, longer ones, and bounds on the time that answers take, which is what they are for. */
export default defineConfig({
  test: {
    include: ['tests/chaos/*.test.ts'],
    reporters: ['default', 'tests/chaos/report.ts'],
    env: { CHAOS: 'long', CHAOS_SEED: seed },
    // Most of the time they wait for each other, not for the processor.
    maxWorkers: 3,
    testTimeout: 180_000,
    hookTimeout: 60_000,
  },
});
