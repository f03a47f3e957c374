import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type OnReading, type Semantics, startSemantics } from '../semantic.ts';
import type { RemoteModel } from './remote.ts';
import { type FallbackOptions, withFallback } from './with-fallback.ts';

/**
 * The model that the settings name: the one on a server, with the built-in one in its place while it fails, or the built-in
 * one alone. The vectors of each are kept in a file of their own in `directory`.
 */
export function openSemantics(
  directory: string,
  remote: RemoteModel | undefined,
  { onReading, ...options }: FallbackOptions & { readonly onReading?: OnReading | undefined },
): Semantics {
  const openBuiltIn = () => startSemantics(join(directory, 'embeddings.bin'), undefined, onReading);
  if (!remote) return openBuiltIn();
  const name = createHash('sha256').update(remote.model).digest('hex').slice(0, 12);
  return withFallback(
    startSemantics(join(directory, `embeddings-${name}.bin`), remote, onReading),
    openBuiltIn,
    options,
  );
}
