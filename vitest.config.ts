import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    // Tests start the whole program and a browser; on a busy machine that takes a while. No test waits for time to pass.
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
