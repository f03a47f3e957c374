import { parseTime } from '../core/date.ts';
import { findTimeZone } from '../core/time-zones.ts';

/** Where and when the database is backed up. */
export interface BackupPlan {
  readonly folder: string;
  /** Local time, `HH:MM`. */
  readonly time: string;
  readonly zone: string;
  /** How many backups stay. */
  readonly keep: number;
}

/** `03:30` or `03:30 Europe/London`. Undefined if it can't be read. */
export function parseBackupTime(text: string): { readonly time: string; readonly zone?: string } | undefined {
  const [clock = '', zoneName, ...others] = text.trim().split(/ +/);
  const time = parseTime(clock);
  const zone = zoneName === undefined ? undefined : findTimeZone(zoneName);
  if (!time || others.length > 0 || (zoneName !== undefined && !zone)) return undefined;
  return { time, ...(zone ? { zone } : {}) };
}
