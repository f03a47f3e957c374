import type { Audit } from '../core/audit.ts';
import type { Memory } from '../core/memory.ts';
import { createVault } from '../store/installations.ts';
import type { Store } from '../store/open-store.ts';
import { reserveMoments } from '../store/pace.ts';
import { createSealer } from '../store/seal.ts';
import { takeEvent } from '../store/seen.ts';
import { listOwned, removeTeam } from '../store/subscriptions.ts';

/** Nobody waits longer for a turn, in milliseconds. */
const LONGEST_TURN_MS = 3_600_000;

/** What the platform with this name may store in the database. */
export function createMemory({ db }: Store, platform: string, now: () => number, audit?: Audit): Memory {
  return {
    openVault: (keys, setting) => createVault(db, createSealer(keys, setting), now),
    take: (event) => takeEvent(db, `${platform}:${event}`, now()),
    async reserve(name, intervalMs) {
      const key = `${platform}:${name}`;
      const reserved = (await reserveMoments(db, [{ key, intervalMs, count: 1 }], now(), LONGEST_TURN_MS)).get(key);
      if (reserved && 'heldUntil' in reserved) return reserved.heldUntil;
      return reserved?.moments[0] ?? now();
    },
    digestsOf: (user, team) => listOwned(db, { platform, team }, user),
    async forgetTeam(team) {
      await removeTeam(db, platform, team);
      await audit?.record({ action: 'team.remove', platform, user: '', team });
    },
  };
}

/** For a platform that keeps nothing: there may be no database, so using it is a bug. */
export const noMemory: Memory = {
  openVault: refuse,
  take: refuse,
  reserve: refuse,
  digestsOf: refuse,
  forgetTeam: refuse,
};

function refuse(): never {
  throw new Error('a platform that is said to keep nothing wants to keep something');
}
