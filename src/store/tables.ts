import type { Schema } from './schema.ts';

/** Every table with its key; those that others refer to come first. */
export const TABLES: { readonly [Table in keyof Schema]: readonly (keyof Schema[Table] & string)[] } = {
  subscriptions: ['id'],
  rotation: ['subscription', 'topic'],
  deliveries: ['subscription', 'due'],
  pace: ['key'],
  installations: ['id'],
  seen: ['id'],
  choices: ['platform', 'team'],
  feedback: ['question', 'voter'],
  gaps: ['question', 'asker'],
  settled: ['id'],
  keys: ['id'],
  audit: ['id'],
  uses: ['day', 'claim', 'how'],
};
/** Every table. */
export const TABLE_NAMES = Object.keys(TABLES) as (keyof Schema)[];
