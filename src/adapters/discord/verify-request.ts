import { createPublicKey, type KeyObject, verify } from 'node:crypto';

/** How far a request's time may be from ours, in seconds. Discord wants its answer within 3. */
const MAX_AGE_SECONDS = 60;

/** Reads DISCORD_PUBLIC_KEY, 64 hexadecimal digits. Throws TypeError if it isn't an Ed25519 key. */
export function readPublicKey(hex: string): KeyObject {
  if (!/^[0-9a-f]{64}$/i.test(hex)) throw new TypeError('a public key of Discord has 64 hexadecimal digits');
  const x = Buffer.from(hex, 'hex').toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}

/**
 * Whether Discord signed this body, at about this time. `nowSeconds` is in seconds since 1970.
 * https://docs.discord.com/developers/interactions/overview#setting-up-an-endpoint
 */
export function verifyRequest(key: KeyObject, headers: Headers, body: string, nowSeconds: number): boolean {
  const signature = headers.get('x-signature-ed25519') ?? '';
  const timestamp = headers.get('x-signature-timestamp') ?? '';
  if (!/^[0-9a-f]{128}$/i.test(signature) || !/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(nowSeconds - Number(timestamp)) > MAX_AGE_SECONDS) return false;
  return verify(null, Buffer.from(timestamp + body), key, Buffer.from(signature, 'hex'));
}
