import { Unzip, UnzipInflate } from 'fflate';
import { UserError } from '../core/errors.ts';

/** What an archive may hold once it is unpacked: files, and bytes in all those that are read. */
export interface UnpackLimits {
  readonly files: number;
  readonly bytes: number;
}

/** Bytes that are unpacked at a time: what they may become is bounded, too. */
const SLICE = 16 * 1024;

/**
 * The files of an archive whose names `isWanted` likes. What the archive says of their sizes is not believed: they are counted
 * while they are unpacked. Throws UserError if there are too many, and other errors if the archive is damaged.
 */
export function unpack(
  bytes: Uint8Array,
  isWanted: (name: string) => boolean,
  limits: UnpackLimits,
): Record<string, Uint8Array> {
  const parts = new Map<string, Uint8Array[]>();
  let files = 0;
  let size = 0;
  const check = (): void => {
    if (files > limits.files || size > limits.bytes) throw new UserError('it unpacks to too much');
  };
  const unzip = new Unzip((file) => {
    files += 1;
    check();
    if (!isWanted(file.name)) return;
    const chunks: Uint8Array[] = [];
    parts.set(file.name, chunks);
    file.ondata = (error, chunk) => {
      if (error) throw error;
      size += chunk.length;
      check();
      chunks.push(chunk);
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  for (let at = 0; at < bytes.length; at += SLICE) {
    unzip.push(bytes.subarray(at, at + SLICE), at + SLICE >= bytes.length);
  }
  return Object.fromEntries([...parts].map(([name, chunks]) => [name, Buffer.concat(chunks)]));
}
