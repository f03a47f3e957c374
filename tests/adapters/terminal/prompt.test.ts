import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { promptInTerminal } from '../../../src/adapters/terminal/prompt.ts';
import { openTestBot } from '../../support/content.ts';

/** What the terminal shows, from the first line to the end of what is typed. */
async function talk(typed: readonly string[], columns?: number): Promise<string> {
  const output = new PassThrough();
  let shown = '';
  output.on('data', (chunk) => {
    shown += chunk;
  });
  const input = new PassThrough();
  const ended = promptInTerminal(await openTestBot(), {
    input: input as unknown as NodeJS.ReadStream,
    output: Object.assign(output, { columns }) as unknown as NodeJS.WriteStream,
    style: (_, text) => text,
  });
  input.end(typed.map((line) => `${line}\n`).join(''));
  await ended;
  return shown;
}

describe('the prompt', () => {
  it('says what numbers do, and presses a button by its number', async () => {
    const shown = await talk(['cargo', '4']);
    expect(shown.split('\n')[0]).toContain('A number presses a button.');
    expect(shown).toMatch(/3 Sources {3}4\s+Ferries[\s\S]*\nFerries\n/);
  });

  it.each(['0', '6', '99'])('says that there is no button %s, and keeps the others', async (number) => {
    const shown = await talk(['cargo', number, '4']);
    expect(shown).toContain(`There is no button ${number}; the last answer has 5.`);
    expect(shown).not.toContain(`“${number}”`);
    expect(shown).toContain('every hour');
  });

  it('takes a number for a question if there is no button yet, and anything else always', async () => {
    expect(await talk(['99'])).toContain('nothing on “99”');
    expect(await talk(['cargo', '99 red balloons'])).toContain('“99 red balloons”');
  });

  it.each([undefined, 0])('writes 80 columns if the terminal has %s', async (columns) => {
    const shown = await talk(['ferries'], columns);
    expect(shown).toContain("In the author's view the ferry should sail every hour.");
    expect(Math.max(...shown.split('\n').map((line) => line.length))).toBeLessThanOrEqual(82);
  });
});
