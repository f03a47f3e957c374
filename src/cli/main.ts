import { run } from './run.ts';

// Whoever reads the output may stop early, as in `briefing topics | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

await run(process.argv.slice(2), process);
