import { expect, it } from 'vitest';
import { createWaiting } from './waiting.ts';

it('waits for a change, and says what there is if nothing comes', async () => {
  const said: string[] = [];
  const waiting = createWaiting(() => said.join('\n'), 20);
  const found = waiting.until('a word', () => said.find((word) => word === 'ready'));
  said.push('starting', 'ready');
  waiting.changed();
  expect(await found).toBe('ready');
  await expect(waiting.until('the end', () => said.find((word) => word === 'ended'))).rejects.toThrow(
    'waited in vain for the end; there is:\nstarting\nready',
  );
});

it('fails with what looking throws', async () => {
  const waiting = createWaiting(() => '');
  await expect(
    waiting.until('a word', () => {
      throw new Error('ended');
    }),
  ).rejects.toThrow('ended');
});
