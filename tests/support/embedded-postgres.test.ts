import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isOpenToOthers } from './embedded-postgres.ts';

it('knows a folder that only its owner can enter, however deep the file lies', () => {
  const closed = mkdtempSync(join(tmpdir(), 'briefing-closed-'));
  const folder = join(closed, 'node_modules/package');
  mkdirSync(folder, { recursive: true });
  try {
    chmodSync(closed, 0o700);
    expect(isOpenToOthers(join(folder, 'index.js'))).toBe(false);
    chmodSync(closed, 0o711);
    expect(isOpenToOthers(join(folder, 'index.js'))).toBe(true);
  } finally {
    rmSync(closed, { recursive: true });
  }
});
