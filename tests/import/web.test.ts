import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { importArticle } from '../../src/import/import-article.ts';
import { createLookup, isAllowed, parseNetworks } from '../../src/import/web/addresses.ts';
import { type FetchOptions, fetchPage } from '../../src/import/web/fetch-page.ts';

const TEXT = 'The canal froze for eleven days in January, and no barge moved between the towns.';
const PAGE = `<html><body><article><h1>Ice</h1>${`<p>${TEXT}</p>`.repeat(4)}</article></body></html>`;

/** What the server answers, by path; every request is counted. */
const answers: Record<string, RequestListener> = {
  '/page': (_, response) => response.setHeader('content-type', 'text/html; charset=utf-8').end(PAGE),
  '/latin': (_, response) =>
    response
      .setHeader('content-type', 'text/html; charset=windows-1252')
      .end(Buffer.from('<p>Caf\xe9 \x93noir\x94</p>', 'latin1')),
  '/gzip': (_, response) =>
    response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }).end(gzipSync(PAGE)),
  '/br': (_, response) =>
    response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'br' }).end(brotliCompressSync(PAGE)),
  '/deflate': (_, response) =>
    response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'deflate' }).end(deflateSync(PAGE)),
  '/torn': (_, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
      .end(gzipSync(PAGE).subarray(0, 40)),
  '/bomb': (_, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' })
      .end(gzipSync(Buffer.alloc(50_000_000, 'a'))),
  '/endless': (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    const write = (): void => {
      while (!response.destroyed && response.write('a'.repeat(65_536)));
    };
    response.on('drain', write);
    write();
  },
  '/silent': () => undefined,
  '/slow': (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).write('<p>'),
  '/picture': (_, response) => response.setHeader('content-type', 'image/png').end('x'),
  '/notes.md': (_, response) => response.setHeader('content-type', 'text/plain').end('# Ice\n\nOne.\n'),
  '/gone': (_, response) => response.writeHead(410).end(),
  '/once': (_, response) => response.writeHead(302, { location: '/page' }).end(),
  '/round': (_, response) => response.writeHead(302, { location: '/round' }).end(),
  '/inside': (_, response) => response.writeHead(302, { location: `http://127.0.0.2:${port}/page` }).end(),
  '/metadata': (_, response) => response.writeHead(307, { location: 'http://169.254.169.254/latest/meta-data/' }).end(),
  '/local-file': (_, response) => response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
};

let server: Server;
let port: number;
let asked: string[] = [];
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    const answer = answers[request.url ?? ''];
    if (answer) answer(request, response);
    else response.writeHead(404).end();
  });
  // All of the machine's own addresses, and IPv6 if it has any.
  await new Promise<void>((ready) => server.listen(0, '0.0.0.0', ready));
  port = (server.address() as AddressInfo).port;
});
afterEach(() => {
  asked = [];
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

/** As an operator allows it who lists this server’s address and no other. */
const OWN: FetchOptions = { networks: parseNetworks('127.0.0.1') ?? [] };
const fetchOwn = (path: string, options: Partial<FetchOptions> = {}) =>
  fetchPage(`http://127.0.0.1:${port}${path}`, { ...OWN, ...options });

it.each(['/page', '/gzip', '/br', '/deflate', '/once'])('reads the page at %s', async (path) => {
  const { format, bytes, address } = await fetchOwn(path);
  expect([format, Buffer.from(bytes).toString()]).toEqual(['html', PAGE]);
  expect(address).toBe(`http://127.0.0.1:${port}${path === '/once' ? '/page' : path}`);
});

it('keeps the encoding that the server names, and knows Markdown by its name', async () => {
  expect(await fetchOwn('/latin')).toMatchObject({ format: 'html', charset: 'windows-1252' });
  expect(await fetchOwn('/notes.md')).toMatchObject({ format: 'markdown' });
});

it.each([
  ['/gone', /answers with 410, not with a page\. Open it/],
  ['/picture', /is neither a page nor a PDF, a Word document or text\. Give/],
  ['/round', /redirects too often\. Give/],
  ['/torn', /can't be read \(.+\)\. Check/],
  ['/bomb', /is larger than 10 MB\. Save/],
  ['/endless', /is larger than 10 MB\. Save/],
  ['/local-file', /leads to something that isn't an address on the web\. Give/],
])('says what is wrong with %s', async (path, message) => {
  await expect(fetchOwn(path)).rejects.toThrow(message);
});

it.each(['/silent', '/slow'])('gives up on %s after its time', async (path) => {
  await expect(fetchOwn(path, { timeoutMs: 50 })).rejects.toThrow(/takes too long to answer\. Try again/);
});

it('asks no further than five redirects', async () => {
  await expect(fetchOwn('/round')).rejects.toThrow();
  expect(asked).toHaveLength(6);
});

it.each(['ftp://example.org/a', 'file:///etc/passwd', 'javascript:alert(1)', 'data:text/html,x', 'https://'])(
  'refuses %s, which isn’t on the web',
  async (address) => {
    await expect(fetchPage(address, OWN)).rejects.toThrow(/isn't an address on the web\. Give/);
  },
);

it('refuses an address with a password in it, and repeats neither that nor what follows a question mark', async () => {
  await expect(fetchPage('https://jane:hunter2@example.org/a?token=s3cret', OWN)).rejects.toThrow(
    /^https:\/\/example\.org\/a has a name or a password in it\./,
  );
  await expect(fetchOwn('/gone?token=s3cret')).rejects.toThrow(/^(?!.*s3cret).*answers with 404/);
});

/** Every way to write the machine's own address, a neighbour's, or that of a cloud's metadata. */
const INSIDE = [
  '127.0.0.1',
  '127.1',
  '2130706433',
  '0x7f000001',
  '0177.0.0.1',
  '0x7f.0.0.1',
  '127.0.0.1.',
  '%31%32%37.0.0.1',
  '①②⑦.0.0.1',
  '0.0.0.0',
  '0',
  '10.0.0.1',
  '172.16.0.1',
  '192.168.0.1',
  '100.64.0.1',
  '169.254.169.254',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '[::1]',
  '[::]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '[0:0:0:0:0:ffff:a9fe:a9fe]',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
  '[2001::1]',
  '[fe80::1]',
  '[fc00::1]',
  '[fd00:ec2::254]',
  '[ff02::1]',
];

it.each(INSIDE)('refuses http://%s, and asks nothing', async (host) => {
  await expect(fetchPage(`http://${host}:${port}/page`, { networks: [] })).rejects.toThrow(
    /is an address inside a network, not on the public web\. Save the page and import the file, or name the network/,
  );
  expect(asked).toEqual([]);
});

it('refuses a name that leads to the machine itself', async () => {
  await expect(fetchPage(`http://localhost:${port}/page`, { networks: [] })).rejects.toThrow(
    /^localhost is an address inside/,
  );
  expect(asked).toEqual([]);
});

/** A name server that answers each time with the next of these. */
function answering(...addresses: string[][]): { lookup: NonNullable<FetchOptions['lookup']>; count: () => number } {
  let count = 0;
  const lookup = ((
    _: string,
    __: object,
    done: (error: null, found: { address: string; family: number }[]) => void,
  ) => {
    const found = addresses[Math.min(count, addresses.length - 1)] ?? [];
    count += 1;
    done(
      null,
      found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    );
  }) as unknown as NonNullable<FetchOptions['lookup']>;
  return { lookup, count: () => count };
}

it.each([['10.0.0.7'], ['93.184.216.34', '127.0.0.1'], ['::ffff:127.0.0.1'], ['fd00::1']])(
  'refuses a name whose addresses are %s %s',
  async (...addresses) => {
    const { lookup } = answering(addresses);
    await expect(fetchPage(`http://rebind.example:${port}/page`, { networks: [], lookup })).rejects.toThrow(
      /^rebind\.example is an address inside/,
    );
    expect(asked).toEqual([]);
  },
);

it('connects to the very address that was checked, and looks a name up once', async () => {
  // First an allowed address, then one that nobody allowed: 127.0.0.2 is this machine, too.
  const { lookup, count } = answering(['127.0.0.1'], ['127.0.0.2']);
  const { format } = await fetchPage(`http://rebind.example:${port}/page`, { ...OWN, lookup });
  expect([format, count(), asked]).toEqual(['html', 1, ['/page']]);
  await expect(fetchPage(`http://rebind.example:${port}/page`, { ...OWN, lookup })).rejects.toThrow(/inside a network/);
});

it('checks every step of a redirect', async () => {
  await expect(fetchOwn('/inside')).rejects.toThrow(/^127\.0\.0\.2 is an address inside/);
  await expect(fetchOwn('/metadata')).rejects.toThrow(/^169\.254\.169\.254 is an address inside/);
  expect(asked).toEqual(['/inside', '/metadata']);
});

it('lets one connection answer one lookup in both of its forms', async () => {
  const lookUp = (all: boolean) =>
    new Promise((resolve, reject) => {
      const { lookup } = answering(['127.0.0.1']);
      createLookup(OWN.networks, lookup)('a.example', { all }, (error, ...found) =>
        error ? reject(error) : resolve(found),
      );
    });
  expect(await lookUp(true)).toEqual([[{ address: '127.0.0.1', family: 4 }]]);
  expect(await lookUp(false)).toEqual(['127.0.0.1', 4]);
});

it.each([
  ['', []],
  ['10.2.0.0/16', ['10.2.3.4']],
  ['10.2.0.0/16, 192.168.1.5', ['10.2.3.4', '192.168.1.5', '::ffff:192.168.1.5']],
  ['fd00::/8', ['fd12::1']],
])('allows of the inside what %j lists', (list, allowed) => {
  const inside = [
    '10.2.3.4',
    '10.3.0.1',
    '192.168.1.5',
    '::ffff:192.168.1.5',
    '192.168.1.6',
    'fd12::1',
    'fe80::1',
    '127.0.0.1',
  ];
  const networks = parseNetworks(list) ?? [];
  expect(inside.filter((address) => isAllowed(address, networks))).toEqual(allowed);
  expect(['93.184.216.34', '2606:2800:220:1::1'].every((address) => isAllowed(address, networks))).toBe(true);
});

it.each(['10.2.0.0/33', 'localhost', '10.2.*', '10.2.0.0/16; everything'])('does not take %j for networks', (list) => {
  expect(parseNetworks(list)).toBeUndefined();
});

it('imports a page from the web, with its address and the day', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'briefing-web-'));
  try {
    const { folder } = await importArticle(directory, `http://127.0.0.1:${port}/page#top`, [], {
      ...OWN,
      now: Date.UTC(2026, 2, 14, 23, 59),
    });
    const record = await readFile(join(folder, 'article.yaml'), 'utf8');
    expect(record).toContain(`url: http://127.0.0.1:${port}/page\nretrieved: 2026-03-14\n`);
  } finally {
    await rm(directory, { recursive: true });
  }
});
