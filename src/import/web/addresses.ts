import { lookup as lookupHost } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { UserError } from '../../core/errors.ts';

/** A network, such as `10.2.0.0/16`: an address and how many of its bits count. */
export type Network = readonly [address: ipaddr.IPv4 | ipaddr.IPv6, bits: number];

/** Reads `10.2.0.0/16, 192.168.1.5, fd00::/8`; undefined if a part isn't a network or an address. */
export function parseNetworks(text: string): Network[] | undefined {
  const parts = text.split(/[\s,;]+/).filter(Boolean);
  const networks = parts.flatMap((part): Network[] => {
    try {
      if (part.includes('/')) return [ipaddr.parseCIDR(part)];
      const address = ipaddr.process(part);
      return [[address, address.kind() === 'ipv4' ? 32 : 128]];
    } catch {
      return [];
    }
  });
  return networks.length === parts.length ? networks : undefined;
}

/**
 * Whether a page may be read from an IP address: one of the internet at large, or of these networks. Loopback, private,
 * link-local and all other special addresses are not, nor an IPv4 address of these kinds written as IPv6.
 */
export function isAllowed(address: string, networks: readonly Network[]): boolean {
  if (isIP(address) === 0) return false;
  // ::ffff:127.0.0.1 is 127.0.0.1.
  const parsed = ipaddr.process(address.split('%')[0] ?? '');
  if (parsed.range() === 'unicast') return true;
  return networks.some(([network, bits]) => parsed.kind() === network.kind() && parsed.match(network, bits));
}

/** A host that leads to an address from which no page may be read. */
export class PrivateAddress extends UserError {
  override readonly name = 'PrivateAddress';

  constructor(host: string) {
    super(
      `${host} is an address inside a network, not on the public web`,
      'Save the page and import the file, or name the network in IMPORT_PRIVATE_ADDRESSES.',
    );
  }
}

/**
 * Looks a host up for a connection and refuses it if any of its addresses isn't allowed. The connection is made to the very
 * addresses that were checked, so that a name that leads elsewhere a moment later changes nothing.
 */
export function createLookup(networks: readonly Network[], lookup: typeof lookupHost = lookupHost): LookupFunction {
  return (host, options, done) => {
    lookup(host, { ...options, all: true }, (error, found) => {
      if (error) return done(error, '');
      const [first] = found;
      if (!first || found.some(({ address }) => !isAllowed(address, networks)))
        return done(new PrivateAddress(host), '');
      if (options.all) done(null, found);
      else done(null, first.address, first.family);
    });
  };
}
