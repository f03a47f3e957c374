import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { platforms } from '../../src/platforms.ts';
import { listCalls, textsOf } from '../support/source-calls.ts';

/** Codes that follow from what they are given: of faults and settings, which are looked at by themselves, and of a model. */
const GIVEN = /^(selector-…)?$/;

/** The codes that the doctor may give, but for those of faults in content. */
function listCodes(): string[] {
  const calls = listCalls().filter(({ file }) => /^src\/(app|core|adapters)\//.test(file));
  const findings = calls.flatMap(
    ({
      call: {
        callee,
        arguments: [code],
      },
    }) => (callee.type === 'Identifier' && /^(good|note|bad|explain)$/.test(callee.name) ? textsOf(code) : []),
  );
  // Problems with settings are objects with a code, which any call may be given or a function may return.
  const problems = new Map(calls.map(({ file, nodes }) => [file, nodes]));
  const written = [...problems].flatMap(([file, nodes]) =>
    /(settings|setting|config|examine)\.ts$/.test(file)
      ? nodes.flatMap((node) =>
          node.type === 'Property' && node.key.type === 'Identifier' && node.key.name === 'code'
            ? textsOf(node.value)
            : [],
        )
      : [],
  );
  return [...findings, ...written].filter(
    (code) => code !== undefined && code !== 'custom' && !GIVEN.test(code),
  ) as string[];
}

const page = readFileSync('docs/operate.md', 'utf8');
const [, table = ''] = page.split('| part | codes |');
const documented = [...table.matchAll(/`([a-z-]+)`/g)].map(([, code = '']) => code);

it('every code that the doctor gives is in docs/operate.md, and no other', () => {
  const codes = new Set(listCodes());
  expect(codes.size).toBeGreaterThan(50);
  const others = documented.filter((code) => !codes.has(code));
  expect([...codes].filter((code) => !documented.includes(code))).toEqual([]);
  expect(others.filter((code) => !code.startsWith('selector-'))).toEqual([]);
});

it('every part is named there', () => {
  for (const { title } of platforms) expect(table).toContain(`| ${title} |`);
});
