import { LRUCache } from 'lru-cache';
import type { Audit } from '../core/audit.ts';
import type { Choices } from '../core/choices.ts';
import type { Database } from './open-store.ts';
import { soon } from './soon.ts';

/** Communities whose choice is remembered. */
const REMEMBERED = 10_000;

/**
 * Choices kept in the database, one row for each community that made one. While the database does not answer, the last known
 * choice counts, and all articles if none is known.
 */
export function createChoices(db: Database, audit?: Audit): Choices {
  const known = new LRUCache<string, { readonly articles: readonly string[] | undefined }>({ max: REMEMBERED });
  return {
    async of({ platform, team }) {
      if (!team) return undefined;
      const row = db
        .selectFrom('choices')
        .select('articles')
        .where('platform', '=', platform)
        .where('team', '=', team)
        .executeTakeFirst();
      const key = `${platform} ${team}`;
      const answer = await soon(row);
      if (!answer) return known.get(key)?.articles;
      const articles = answer.value?.articles.split(',');
      known.set(key, { articles });
      return articles;
    },
    async choose({ platform, team, user }, articles) {
      const chosen = articles.join(',');
      await (articles.length === 0
        ? db.deleteFrom('choices').where('platform', '=', platform).where('team', '=', team).execute()
        : db
            .insertInto('choices')
            .values({ platform, team, articles: chosen })
            .onConflict((conflict) => conflict.columns(['platform', 'team']).doUpdateSet({ articles: chosen }))
            .execute());
      await audit?.record({ action: 'articles.choose', platform, user, team, about: chosen });
    },
  };
}
