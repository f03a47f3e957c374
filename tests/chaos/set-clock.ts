// Loaded before a program, it lets another one set its clock: by as many milliseconds as the file in CHAOS_CLOCK says, once
// it gets SIGUSR2.
import { readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const { now } = Date;
const RealDate = Date;
let offset = 0;
RealDate.now = () => now() + offset;

/** A date without a time is this moment’s, by the clock as it is set. */
globalThis.Date = new Proxy(RealDate, {
  construct: (target, parts: [], newTarget) =>
    Reflect.construct(target, parts.length === 0 ? [target.now()] : parts, newTarget),
});

if (isMainThread) {
  process.on('SIGUSR2', () => {
    offset = Number(readFileSync(process.env.CHAOS_CLOCK ?? '', 'utf8'));
  });
}
