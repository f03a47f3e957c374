import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { showReading } from '../../src/cli/progress.ts';
import { withTerminal } from '../../src/cli/terminal.ts';

/** What is said on standard error while this many wordings are read. */
async function said(total: number): Promise<string> {
  const stderr = new PassThrough();
  const other = new PassThrough();
  await withTerminal({ stdin: other, stdout: other, stderr, env: {} }, async () => {
    const reading = showReading();
    for (const done of [0, total / 2, total]) reading.onReading({ done, total });
    reading.stop();
  });
  stderr.end();
  return text(stderr);
}

it('says once that many wordings are read for the first time, and nothing of a few', async () => {
  expect(await said(8000)).toBe('Reading 8,000 wordings, once. It takes about a minute.\n');
  expect(await said(40)).toBe('');
});
