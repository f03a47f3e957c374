import type { Reply } from '../core/reply.ts';
import { composeReport } from '../editorial/compose-report.ts';
import { countFeedback } from '../store/feedback.ts';
import { listGroups, type MissedOptions } from './open-missed.ts';

const DAY_MS = 24 * 3_600_000;
/** Whole days that a weekly report covers, before the one on which it comes. */
const DAYS = 7;

/** Composes the report that is due at a time, in milliseconds since 1970: of what was last asked in the seven days before. */
export function openReport(options: MissedOptions, takesVotes: boolean): (due: number) => Promise<Reply> {
  return async (due) => {
    const today = Math.floor(due / DAY_MS) * DAY_MS;
    const since = today - DAYS * DAY_MS;
    const toDay = (time: number) => new Date(time).toISOString().slice(0, 10);
    return composeReport({
      from: toDay(since),
      to: toDay(today - DAY_MS),
      missed: await listGroups(options, since),
      votes: takesVotes ? await countFeedback(options.db, since) : undefined,
    });
  };
}
