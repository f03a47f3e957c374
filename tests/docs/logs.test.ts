import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { keysOf, listCalls, type SourceCall, textsOf } from '../support/source-calls.ts';

const LEVELS = ['debug', 'info', 'warn', 'error', 'fatal'];
/** Lines whose words come from elsewhere: a library, or a caller that is looked at by itself. */
const PASSED_ON = ['src/adapters/slack/log.ts', 'src/app/open-models.ts', 'src/cli/audit.ts'];

interface Line {
  readonly level: string;
  readonly message: string;
  /** `…` if there are more than can be seen. */
  readonly fields: readonly string[];
  readonly file: string;
}

/** What may be logged, by a logger or by a function that passes an error and its words on to one. */
function readLine({ file, call: { callee, arguments: parts }, nodes }: SourceCall): Line[] {
  const [details, words] = parts;
  const isDetails = details && details.type !== 'SpreadElement';
  if (!isDetails || !words) return [];
  if (callee.type === 'Identifier' && /^(warn|onFailure)$/.test(callee.name)) {
    const fields = details.type === 'ObjectExpression' ? keysOf(details, nodes) : ['err'];
    return textsOf(words).flatMap((message = '') => ({ level: 'warn', message, fields, file }));
  }
  if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return [];
  const { object, property } = callee;
  const owner = object.type === 'MemberExpression' ? object.property : object;
  if (!LEVELS.includes(property.name) || owner.type !== 'Identifier' || owner.name !== 'log') return [];
  return textsOf(words).flatMap((message) => {
    if (message !== undefined) return { level: property.name, message, fields: keysOf(details, nodes), file };
    if (PASSED_ON.includes(file)) return [];
    throw new Error(`${file}: a line is logged whose words can't be told: write them where they are logged`);
  });
}

const lines = listCalls().flatMap(readLine);
const documented = [
  ...readFileSync('docs/logs.md', 'utf8').matchAll(/^\| (debug|info|warn|error|fatal) \| `(.+?)` \| ([^|]*)\|/gm),
].map(([, level = '', message = '', fields = '']) => ({
  level,
  message,
  fields: [...fields.matchAll(/\w+/g)].map(([name]) => name),
}));
const keyOf = ({ level, message }: Pick<Line, 'level' | 'message'>) => `${level}: ${message}`;

it('every line that the bot logs is in docs/logs.md, and no other', () => {
  expect(lines.length).toBeGreaterThan(60);
  expect([...new Set(documented.map(keyOf))].sort()).toEqual([...new Set(lines.map(keyOf))].sort());
  expect(documented).toHaveLength(new Set(documented.map(keyOf)).size);
});

it.each(documented)('the fields of “$message” are those that it has', ({ level, message, fields }) => {
  const own = lines.filter((line) => keyOf(line) === keyOf({ level, message })).flatMap((line) => line.fields);
  const seen = new Set(own.filter((name) => name !== '…'));
  expect([...seen].filter((name) => !fields.includes(name))).toEqual([]);
  if (!own.includes('…')) expect(fields.filter((name) => !seen.has(name))).toEqual([]);
});
