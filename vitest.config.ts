import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { LongFirst } from './tests/long-first.ts';
import { ALONE, POSTGRES, WHOLE } from './tests/projects.ts';

export default defineConfig({
  test: {
    // On a busy machine the whole program and a browser take a while to start. No test waits for time to pass.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // No file leaves anything behind, so that the files of a worker share the modules that one of them loaded.
    isolate: false,
    // Whoever starts a program or asks a server waits, so that more workers than processors are busy.
    maxWorkers: availableParallelism() * 2,
    sequence: { sequencer: LongFirst },
    // What the programs that tests start have compiled once, the next of them need not.
    env: { NODE_COMPILE_CACHE: join(tmpdir(), 'briefing-compile-cache') },
    // A test that looks at nothing fails.
    expect: { requireAssertions: true },
    projects: [
      {
        extends: true,
        test: {
          name: 'fast',
          pool: 'threads',
          include: ['tests/**/*.test.ts'],
          exclude: [...POSTGRES, ...WHOLE, ...ALONE],
        },
      },
      { extends: true, test: { name: 'alone', include: [...ALONE], isolate: true } },
      { extends: true, test: { name: 'whole', include: [...WHOLE] } },
      {
        extends: true,
        test: { name: 'postgres', include: [...POSTGRES], globalSetup: 'tests/support/shared-postgres.ts' },
      },
    ],
  },
});
