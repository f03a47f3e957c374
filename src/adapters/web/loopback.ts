import { isIPv4 } from 'node:net';

/** Whether an address reaches this machine only. A name that merely begins like one, such as `127.0.0.1.example.org`, does not. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || (isIPv4(host) && host.startsWith('127.'));
}
