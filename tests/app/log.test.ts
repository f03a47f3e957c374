import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { loadConfig } from '../../src/app/config.ts';

const ENV = {
  DISCORD_TOKEN: 'discord-secret',
  SLACK_BOT_TOKEN: 'xoxb-secret',
  SLACK_APP_TOKEN: 'xapp-secret',
  ACCESS_TOKEN: 'access-secret-0123456789',
  DATABASE_URL: 'postgres://user:pass%2Fword@host/name',
};

it('hides every secret, wherever in a line it stands', async () => {
  const { secrets } = loadConfig(ENV);
  expect(secrets).toEqual([
    ENV.ACCESS_TOKEN,
    'pass%2Fword',
    'pass/word',
    'discord-secret',
    'xoxb-secret',
    'xapp-secret',
  ]);
  const script = `
    import { createLog } from './src/app/log.ts';
    const secrets = ${JSON.stringify(secrets)};
    for (const terminal of [false, true]) {
      const log = createLog('info', terminal, secrets);
      for (const secret of secrets) {
        log.error({ err: new Error('refused ' + secret), url: 'https://x/' + secret, deep: [{ list: [secret] }] }, secret);
      }
    }`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], { timeout: 60_000 });
  let output = '';
  child.stderr.on('data', (part) => {
    output += part;
  });
  const [code] = await once(child, 'close');
  expect(code).toBe(0);
  expect(output.match(/\[secret\]/g)?.length).toBeGreaterThanOrEqual(4 * 2 * secrets.length);
  for (const secret of secrets) expect(output).not.toContain(secret);
});
