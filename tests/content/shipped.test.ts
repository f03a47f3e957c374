import { describe, expect, it } from 'vitest';
import { formatFault } from '../../src/content/fault.ts';
import { lintContent } from '../../src/content/lint/lint-content.ts';
import { loadContent } from '../../src/content/load.ts';
import { COMMAND_NAMES } from '../support/content.ts';
import { expectDigest } from '../support/digest-contract.ts';
import { isShipped, SHIPPED } from '../support/folders.ts';

describe.skipIf(!isShipped())('what is in content/', () => {
  it('has no fault, and lint has no advice', async () => {
    const { advice, faults } = await lintContent(SHIPPED, COMMAND_NAMES);
    expect([...faults, ...advice].map(formatFault)).toEqual([]);
  });

  it('makes a whole digest of every topic', async () => {
    const { topics } = await loadContent(SHIPPED, COMMAND_NAMES);
    expect(topics.length).toBeGreaterThan(0);
    for (const topic of topics) expectDigest(topic);
  });
});
