import { describe, expect, it } from 'vitest';
import { answerJson } from '../../../src/adapters/terminal/json.ts';
import { openTestBot } from '../../support/content.ts';

describe('an answer for programs', () => {
  it('gives each claim its notes and those of its topic, whichever way it was asked for', async () => {
    const bot = await openTestBot();
    for (const question of ['/ferries', 'who promised another vessel?']) {
      const { claims } = await answerJson(bot, question);
      const ship = claims.find(({ speaker }) => speaker === 'the mayor');
      expect(ship?.notes.map(({ kind }) => kind)).toEqual(['framing', 'outdated']);
      expect(ship?.notes[1]?.text).toBe('The order was cancelled later.');
    }
  });

  it('marks what is contested, and nothing else', async () => {
    const { claims, byline } = await answerJson(await openTestBot(), '/cargo');
    expect(claims.map(({ notes }) => notes)).toEqual([
      [
        {
          kind: 'contested',
          text: 'The customs office counts 3.6 million.',
          source: 'Customs office, annual report for 2020',
        },
      ],
      [],
      [],
    ]);
    expect(byline).toBe('“A Harbour Worth Keeping” by Mara Lindqvist · opinion');
  });

  it('says why it declines, and nothing of its own if there is nothing to say', async () => {
    const bot = await openTestBot();
    expect(await answerJson(bot, 'what is the weather in Oslo?')).toMatchObject({
      answered: false,
      lead: expect.stringContaining('The article has nothing on “what is the weather in Oslo?”'),
    });
    expect((await answerJson(bot, '/sources')).lead).toBeNull();
  });
});
