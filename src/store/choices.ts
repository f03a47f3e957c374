import type { Choices } from '../core/choices.ts';
import type { Database } from './open-store.ts';

/** Choices kept in the database, one row for each community that made one. */
export function createChoices(db: Database): Choices {
  return {
    async of({ platform, team }) {
      if (!team) return undefined;
      const row = await db
        .selectFrom('choices')
        .select('articles')
        .where('platform', '=', platform)
        .where('team', '=', team)
        .executeTakeFirst();
      return row?.articles.split(',');
    },
    async choose({ platform, team }, articles) {
      if (articles.length === 0) {
        await db.deleteFrom('choices').where('platform', '=', platform).where('team', '=', team).execute();
        return;
      }
      const chosen = articles.join(',');
      await db
        .insertInto('choices')
        .values({ platform, team, articles: chosen })
        .onConflict((conflict) => conflict.columns(['platform', 'team']).doUpdateSet({ articles: chosen }))
        .execute();
    },
  };
}
