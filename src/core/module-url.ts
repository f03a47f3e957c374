/**
 * The URL of the module at `path`, which has no ending, seen from the module at `from`: TypeScript in the repository, and JavaScript
 * in the released package. For what loads a module by its URL, such as a thread.
 *
 * @example
 * moduleUrl('card-worker', import.meta.url)
 */
export function moduleUrl(path: string, from: string): URL {
  return new URL(`${path}${from.endsWith('.ts') ? '.ts' : '.js'}`, from);
}
