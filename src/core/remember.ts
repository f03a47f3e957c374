import type { Reply } from './reply.ts';

/** Sets of options under which one reply is kept; few are in use. */
const KEPT = 8;

/**
 * Wraps a pure renderer so that it renders each reply once for each set of options: the bot gives the same reply object to
 * everyone who asks the same. Callers must not change what it returns.
 */
export function rememberRendering<Options extends object, Message>(
  render: (reply: Reply, options: Options) => Message,
): (reply: Reply, options?: Options) => Message {
  const rendered = new WeakMap<Reply, Map<string, Message>>();
  return (reply, options = {} as Options) => {
    const key = JSON.stringify(options);
    const known = rendered.get(reply) ?? new Map<string, Message>();
    const found = known.get(key);
    if (found) return found;
    const message = render(reply, options);
    if (known.size >= KEPT) known.clear();
    rendered.set(reply, known.set(key, message));
    return message;
  };
}
