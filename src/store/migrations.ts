import type { Migration } from 'kysely/migration';

/** Every change of the tables, in order. A released one is never edited: a new one follows it. */
export const migrations: Readonly<Record<string, Migration>> = {
  '2026-11-01-digests': {
    async up(db) {
      await db.schema
        .createTable('subscriptions')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('team', 'text', (column) => column.notNull())
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('owner', 'text', (column) => column.notNull())
        .addColumn('direct', 'integer', (column) => column.notNull())
        .addColumn('time', 'text', (column) => column.notNull())
        .addColumn('zone', 'text', (column) => column.notNull())
        .addColumn('days', 'text', (column) => column.notNull())
        .addColumn('topics', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('reason', 'text')
        .addColumn('next_due', 'bigint')
        .addColumn('fixed', 'integer', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('subscriptions_due').on('subscriptions').columns(['next_due']).execute();
      await db.schema
        .createIndex('subscriptions_place')
        .on('subscriptions')
        .columns(['platform', 'team', 'channel'])
        .execute();
      await db.schema
        .createTable('rotation')
        .addColumn('subscription', 'text', (column) =>
          column.notNull().references('subscriptions.id').onDelete('cascade'),
        )
        .addColumn('topic', 'text', (column) => column.notNull())
        .addColumn('fingerprint', 'text', (column) => column.notNull())
        .addColumn('shown_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('rotation_key', ['subscription', 'topic'])
        .execute();
      await db.schema
        .createTable('deliveries')
        .addColumn('subscription', 'text', (column) =>
          column.notNull().references('subscriptions.id').onDelete('cascade'),
        )
        .addColumn('due', 'bigint', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('topic', 'text')
        .addColumn('fingerprint', 'text')
        .addColumn('attempts', 'integer', (column) => column.notNull())
        .addColumn('next_attempt', 'bigint', (column) => column.notNull())
        .addColumn('lease_until', 'bigint', (column) => column.notNull())
        .addColumn('doubtful', 'integer', (column) => column.notNull())
        .addColumn('message', 'text')
        .addColumn('error', 'text')
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('deliveries_key', ['subscription', 'due'])
        .execute();
      await db.schema.createIndex('deliveries_open').on('deliveries').columns(['state', 'next_attempt']).execute();
      await db.schema
        .createTable('pace')
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('next_at', 'double precision', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('installations')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('sealed', 'text', (column) => column.notNull())
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema
        .createTable('seen')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('seen_at', 'bigint', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('seen_time').on('seen').columns(['seen_at']).execute();
    },
  },
  '2026-11-24-choices': {
    async up(db) {
      await db.schema
        .createTable('choices')
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('team', 'text', (column) => column.notNull())
        .addColumn('articles', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('choices_key', ['platform', 'team'])
        .execute();
    },
  },
  '2026-11-24-sent-at': {
    async up(db) {
      await db.schema
        .alterTable('deliveries')
        .addColumn('sent_at', 'bigint', (column) => column.notNull().defaultTo(0))
        .execute();
    },
  },
  '2026-11-25-feedback': {
    async up(db) {
      await db.schema
        .createTable('feedback')
        .addColumn('question', 'text', (column) => column.notNull())
        .addColumn('voter', 'text', (column) => column.notNull())
        .addColumn('vote', 'text', (column) => column.notNull())
        .addColumn('wanted', 'text')
        .addColumn('day', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('feedback_key', ['question', 'voter'])
        .execute();
      await db.schema.createIndex('feedback_day').on('feedback').columns(['day']).execute();
      await db.schema
        .createTable('keys')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('value', 'text', (column) => column.notNull())
        .execute();
    },
  },
  '2026-11-25-gaps': {
    async up(db) {
      await db.schema
        .createTable('gaps')
        .addColumn('question', 'text', (column) => column.notNull())
        .addColumn('asker', 'text', (column) => column.notNull())
        .addColumn('verdict', 'text', (column) => column.notNull())
        .addColumn('article', 'text')
        .addColumn('claim', 'text')
        .addColumn('first_day', 'bigint', (column) => column.notNull())
        .addColumn('last_day', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('gaps_key', ['question', 'asker'])
        .execute();
      await db.schema.createIndex('gaps_day').on('gaps').columns(['last_day']).execute();
      await db.schema
        .createTable('settled')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('hidden_until', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
  '2026-11-25-sought-from': {
    async up(db) {
      await db.schema
        .alterTable('deliveries')
        .addColumn('sought_from', 'bigint', (column) => column.notNull().defaultTo(0))
        .execute();
    },
  },
  '2026-11-26-audit': {
    async up(db) {
      await db.schema
        .createTable('audit')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('at', 'bigint', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('user', 'text', (column) => column.notNull())
        .addColumn('action', 'text', (column) => column.notNull())
        .addColumn('team', 'text', (column) => column.notNull())
        .addColumn('channel', 'text', (column) => column.notNull())
        .addColumn('direct', 'integer', (column) => column.notNull())
        .addColumn('about', 'text', (column) => column.notNull())
        .addColumn('note', 'text', (column) => column.notNull())
        .execute();
      await db.schema.createIndex('audit_time').on('audit').columns(['at']).execute();
      await db.schema.createIndex('audit_person').on('audit').columns(['platform', 'user']).execute();
    },
  },
  '2026-11-26-uses': {
    async up(db) {
      await db.schema
        .createTable('uses')
        .addColumn('day', 'bigint', (column) => column.notNull())
        .addColumn('claim', 'text', (column) => column.notNull())
        .addColumn('how', 'text', (column) => column.notNull())
        .addColumn('count', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('uses_key', ['day', 'claim', 'how'])
        .execute();
    },
  },
};
