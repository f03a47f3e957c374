import { copyStore } from '../../src/store/copy-store.ts';
import { openStore } from '../../src/store/open-store.ts';

/** Copies one database into another and dies after so many batches. */
const [, , from = '', to = '', batches = '1'] = process.argv;
let left = Number(batches);
const [source, target] = [await openStore(from), await openStore(to)];
await copyStore(source, target, () => {
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
});
process.exit(0);
