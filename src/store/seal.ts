import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A sealed text that no known key opens. */
export class UnknownKey extends Error {
  override readonly name = 'UnknownKey';
}

/** Encrypts texts with the newest of several keys, and decrypts what any of them encrypted. */
export interface Sealer {
  /** `name` is bound to the text: it opens under the same one only. */
  seal(name: string, text: string): string;
  /** Throws UnknownKey, or Error if the sealed text was changed. */
  open(name: string, sealed: string): string;
  /** Whether the newest key sealed it. */
  isCurrent(sealed: string): boolean;
}

/** AES-256-GCM with keys of 32 bytes in base64, newest first. `setting` names them in errors. */
export function createSealer(keys: readonly string[], setting = 'The list of keys'): Sealer {
  const known = keys.map((text) => {
    const key = Buffer.from(text, 'base64');
    return { key, id: createHash('sha256').update(key).digest('hex').slice(0, 8) };
  });
  const [newest] = known;
  if (!newest) throw new TypeError('a sealer needs a key');
  return {
    isCurrent: (sealed) => sealed.startsWith(`${newest.id}.`),
    seal(name, text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, newest.key, nonce).setAAD(Buffer.from(name));
      const parts = [nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()];
      return `${newest.id}.${Buffer.concat(parts).toString('base64')}`;
    },
    open(name, sealed) {
      const [id, text = ''] = sealed.split('.');
      const found = known.find((one) => one.id === id);
      if (!found) {
        throw new UnknownKey(`${setting} lacks the key of a stored secret. Add the old key after the new one.`);
      }
      const bytes = Buffer.from(text, 'base64');
      const nonce = bytes.subarray(0, NONCE_BYTES);
      const decipher = createDecipheriv(ALGORITHM, found.key, nonce).setAAD(Buffer.from(name));
      decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
      return Buffer.concat([
        decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES)),
        decipher.final(),
      ]).toString('utf8');
    },
  };
}
