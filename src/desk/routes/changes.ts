import type { Hono } from 'hono';
import type { Desk } from '../desk.ts';
import { readGitChanges } from '../git-changes.ts';
import { composeChanges } from '../views/changes.ts';

/** What changed since the last commit. */
export function addChanges(app: Hono, desk: Desk): void {
  app.get('/changes', async (context) =>
    desk.show(context, 'Changes', composeChanges(await readGitChanges(desk.options.directory))),
  );
}
