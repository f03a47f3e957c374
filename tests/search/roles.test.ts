import { describe, expect, it } from 'vitest';
import type { Article, Party } from '../../src/core/article.ts';
import { turnRound } from '../../src/search/fit/turn-round.ts';
import { createActorFinder } from '../../src/search/roles/actors.ts';
import { compareRoles } from '../../src/search/roles/agreement.ts';
import { readRoles } from '../../src/search/roles/read-roles.ts';
import { ARTICLE } from '../support/content.ts';

const party = (parts: Partial<Party>): Party => ({ adjectives: [], also: [], people: [], ...parts });
const TRADE: Article = {
  ...ARTICLE,
  parties: {
    Norland: party({ adjectives: ['Norlandic'], also: ['the Norlanders'], people: ['Ada Berg'] }),
    Sudria: party({ adjectives: ['Sudrian'], also: ['Sudrians'] }),
  },
  people: { 'Ada Berg': { role: 'President of Norland', also: ['Berg'], groups: ['presidents'] } },
  places: { Eastport: { also: [], groups: [] }, Westport: { also: [], groups: [] } },
};
const findActors = createActorFinder([TRADE]);
const roles = (text: string) => Object.fromEntries(readRoles(text, findActors));

describe('who gives and who takes', () => {
  it.each([
    ['Which ships did Norland sell to Sudria?', { Norland: 'giver', Sudria: 'taker' }],
    ['Which ships does Sudria buy from Norland?', { Norland: 'giver', Sudria: 'taker' }],
    ['Who sells Sudria its ships?', { Sudria: 'taker' }],
    ['Was Sudria attacked by Norland?', { Norland: 'giver', Sudria: 'taker' }],
    ['Were Norlandic ships used by Sudria?', { Norland: undefined, Sudria: 'taker' }],
    ['Were Norlandic weapons used by Sudria?', { Norland: 'giver', Sudria: 'taker' }],
    ['the Norlandic invasion of Sudria', { Norland: 'giver', Sudria: 'taker' }],
    ['threats against Sudria', { Sudria: 'taker' }],
    ['Sudrian victims', { Sudria: 'taker' }],
    ['Does Sudria rely on Norland for grain?', { Norland: 'giver', Sudria: 'taker' }],
    ['What did Berg thank Sudria for?', { Norland: 'giver', 'Ada Berg': 'giver', Sudria: 'taker' }],
    ['When did the depot move from Eastport to Westport?', { Eastport: 'giver', Westport: 'taker' }],
    ['Are Norland and Sudria allies?', { Norland: 'giver', Sudria: 'giver' }],
    ['talks between Norland and Sudria', { Norland: undefined, Sudria: undefined }],
    ['nobody that anyone knows', {}],
  ])('%s', (text, expected) => {
    expect(roles(text)).toEqual(expected);
  });
});

it('a question turned round clashes with what it turns round, and a like one agrees', () => {
  const behind = (text: string) => ({ roles: readRoles(text, findActors), weight: 1 });
  const asks = [behind('Which ships did Norland sell to Sudria?'), behind('Does Sudria get ships from Norland?')];
  const compare = (text: string) => compareRoles(readRoles(text, findActors), asks);
  expect(compare('What did the Norlanders sell the Sudrians?')).toMatchObject({ agrees: 1, clashes: 0 });
  expect(compare('Which ships did Sudria sell to Norland?')).toMatchObject({ agrees: 0, clashes: 1 });
  expect(compare('Which ships did Eastport sell to Sudria?').substituted).toBe(1);
});

describe('turning a question round', () => {
  it.each([
    ['Which ships does Sudria buy from Norland?', 'which ships does norland buy from sudria'],
    ['Did Norlandic troops attack Sudria?', 'did sudrian troops attack norland'],
    ['Are Norland and Sudria allies?', undefined],
    ['Which ships does Sudria buy?', undefined],
  ])('%s', (question, turned) => {
    expect(turnRound(question, TRADE)).toBe(turned);
  });
});
