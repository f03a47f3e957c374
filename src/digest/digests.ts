import { createHash } from 'node:crypto';
import type { Asker } from '../core/asker.ts';
import type { Audit, AuditAction, AuditEntry, Author } from '../core/audit.ts';
import {
  type Digests,
  type FixedDigest,
  isReport,
  type Subscription,
  type Target,
  type Wish,
} from '../core/digests.ts';
import { RefusedQuestion } from '../core/errors.ts';
import { createQuestion } from '../core/question.ts';
import type { Reply } from '../core/reply.ts';
import { say } from '../core/text.ts';
import { planDelivery } from '../store/due.ts';
import { readRotation } from '../store/ledger.ts';
import type { Database } from '../store/open-store.ts';
import {
  addSubscription,
  findSubscription,
  listAll,
  listOwned,
  listSubscriptions,
  pauseSubscription,
  removeSubscription,
  resumeSubscription,
} from '../store/subscriptions.ts';
import { composeDigest } from './compose-digest.ts';
import { chooseTurn } from './rotation.ts';
import { nextDue } from './schedule.ts';
import type { Turn } from './turn.ts';

/** The most digests one channel may have. */
const MAX_IN_CHANNEL = 10;
/** A digest is sent by hand once in this time, in milliseconds. */
const MINUTE_MS = 60_000;
/** Whoever changes DIGEST_CHANNELS. */
const SETTINGS: Author = { platform: 'settings', user: '' };
/** A delivery's mark holds it, and fits Discord's nonce. */
const ID_LENGTH = 12;

export interface DigestsOptions {
  /** Absent if nothing is stored: then there is only a preview. */
  readonly db?: Database | undefined;
  readonly illustrate: (reply: Reply, turn: Turn) => Promise<Reply>;
  /** The report of what readers missed before then, in milliseconds since 1970. */
  readonly report?: ((due: number) => Promise<Reply>) | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly defaultZone: string;
  /** Called for every subscription that somebody changed. */
  readonly onChange?: (subscription: Subscription) => void;
  readonly audit?: Audit | undefined;
}

/** The digests as commands see them, kept in the database. */
export function createDigests(options: DigestsOptions): Digests {
  const { illustrate, report, now, defaultZone, audit, onChange = () => undefined } = options;
  const open = (): Database => {
    if (options.db) return options.db;
    throw new RefusedQuestion((words) => ({
      title: words('digest.needs-channel'),
      remedy: words('digest.needs-platform'),
    }));
  };
  const current = async (id: string): Promise<Subscription> => {
    const found = await findSubscription(open(), id);
    if (!found)
      throw new RefusedQuestion((words) => ({
        title: words('digest.gone'),
        remedy: say(words, 'digest.gone.remedy', { command: createQuestion('digest', { action: 'status' }) }),
      }));
    onChange(found);
    return found;
  };

  return {
    defaultZone,
    // Outside a channel, such as on a home tab, people see all the digests they own.
    list: (asker) => (asker.channel ? listSubscriptions(open(), asker) : listOwned(open(), asker, asker.user)),
    async subscribe(asker, wish) {
      const there = await listSubscriptions(open(), asker);
      const subscription = composeSubscription(asker, wish, now());
      const equal = there.find(({ id }) => id === subscription.id);
      if (equal) return { subscription: equal, isNew: false };
      if (there.length >= MAX_IN_CHANNEL) {
        throw new RefusedQuestion((words) => ({
          title: words('digest.too-many'),
          remedy: words('digest.too-many.remedy', { limit: MAX_IN_CHANNEL }),
        }));
      }
      const isNew = await addSubscription(open(), subscription, now());
      onChange(subscription);
      if (isNew) await audit?.record(describeChange('digest.subscribe', subscription, asker));
      return { subscription, isNew };
    },
    async pause(subscription, by) {
      const { id } = subscription;
      const isNew = await pauseSubscription(open(), id, null);
      if (isNew) await audit?.record(describeChange('digest.pause', subscription, by));
      return current(id);
    },
    async resume(subscription, by) {
      await resumeSubscription(open(), subscription.id, nextDue(subscription, now()));
      await audit?.record(describeChange('digest.resume', subscription, by));
      return current(subscription.id);
    },
    async unsubscribe(subscription, by) {
      await removeSubscription(open(), subscription.id);
      await audit?.record(describeChange('digest.unsubscribe', subscription, by));
      onChange(subscription);
    },
    async sendNow(subscription, by) {
      const due = Math.floor(now() / MINUTE_MS) * MINUTE_MS;
      const isNew = await planDelivery(open(), { subscription: subscription.id, due }, now());
      if (isNew) await audit?.record(describeChange('digest.send', subscription, by));
      return isNew;
    },
    async preview(subscription, library, spoken) {
      if (subscription && report && isReport(subscription)) return report(now());
      const history = subscription ? await readRotation(open(), subscription.id) : [];
      const turn = chooseTurn(library, subscription?.topics ?? [], history);
      if (!turn) throw nothingToPreview();
      return illustrate(composeDigest(turn.topic, turn.claims, spoken), turn);
    },
  };
}

/** What is recorded of a change to a digest. */
export function describeChange(action: AuditAction, subscription: Subscription, by: Author): AuditEntry {
  const { id, team, channel, direct, time, zone, days, topics } = subscription;
  const note = `${time} ${zone} ${days}${topics.length > 0 ? `, ${topics.join(',')}` : ''}`;
  const { platform, user } = by;
  return { action, platform, user, team, channel, direct, about: id, note };
}

function nothingToPreview(): RefusedQuestion {
  return new RefusedQuestion((words) => ({ title: words('digest.empty'), remedy: words('digest.empty.remedy') }));
}

/** The same for the same wish in the same channel, so that pressing twice subscribes once. */
function identify({ platform, team, channel }: Target, { time, zone, days, topics }: Wish, fixed: boolean): string {
  const text = JSON.stringify([platform, team, channel, time, zone, days, topics.toSorted(), fixed]);
  return createHash('sha256').update(text).digest('hex').slice(0, ID_LENGTH);
}

function composeSubscription(asker: Asker, wish: Wish, now: number): Subscription {
  const { platform, team, channel, user, direct } = asker;
  return {
    id: identify(asker, wish, false),
    platform,
    team,
    channel,
    owner: user,
    direct,
    ...wish,
    state: 'active',
    nextDue: nextDue(wish, now),
    fixed: false,
  };
}

/** Makes the fixed digests in the database those of the settings. One that was paused because of its channel starts again. */
export async function syncFixedDigests(
  db: Database,
  declared: readonly FixedDigest[],
  now: number,
  audit?: Audit,
): Promise<void> {
  const wanted = new Map(declared.map((one) => [identify(one, one, true), one]));
  const all = await listAll(db);
  for (const one of all) {
    const { id, fixed, state } = one;
    if (!fixed) continue;
    const declaration = wanted.get(id);
    if (!declaration) {
      await removeSubscription(db, id);
      await audit?.record(describeChange('digest.unsubscribe', one, SETTINGS));
    } else if (state === 'paused') await resumeSubscription(db, id, nextDue(declaration, now));
  }
  for (const [id, one] of wanted) {
    const parts = { id, owner: '', direct: false, state: 'active' as const, nextDue: nextDue(one, now), fixed: true };
    const isNew = await addSubscription(db, { ...one, ...parts }, now);
    if (isNew) await audit?.record(describeChange('digest.subscribe', { ...one, ...parts }, SETTINGS));
  }
}
