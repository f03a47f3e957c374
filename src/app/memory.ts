import type { Memory } from '../core/memory.ts';
import { createVault } from '../store/installations.ts';
import type { Store } from '../store/open-store.ts';
import { createSealer } from '../store/seal.ts';
import { takeEvent } from '../store/seen.ts';
import { listOwned, removeTeam } from '../store/subscriptions.ts';

/** What the platform with this name may store in the database. */
export function createMemory({ db }: Store, platform: string, now: () => number): Memory {
  return {
    openVault: (keys, setting) => createVault(db, createSealer(keys, setting), now),
    take: (event) => takeEvent(db, `${platform}:${event}`, now()),
    digestsOf: (user, team) => listOwned(db, { platform, team }, user),
    forgetTeam: (team) => removeTeam(db, platform, team),
  };
}
