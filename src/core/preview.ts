import type { Reply } from './reply.ts';

/** Who sees an answer on the local page. */
export interface Audience {
  /** The asker alone, such as after "Ask privately". */
  readonly hidden: boolean;
  /** The asker has shared it with the channel. */
  readonly shared: boolean;
}

/** What a platform is sent, and how it looks there. */
export interface DrawnReply {
  /** The message as the platform takes it, for people to read as JSON. */
  readonly payload: unknown;
  /**
   * The message in HTML, every text escaped. A button has `data-path` with the path of the question that it asks, or
   * `data-form` if it opens a form on the platform; `data-shares` if it shares the answer with the channel, and then
   * `data-notice` with what that does. No inline style or script: the page's policy allows none.
   */
  readonly html: string;
}

/** How one platform shows answers, for the local page. */
export interface Preview {
  /** A style sheet for what `draw` gives. Its rules begin with `.NAME`, the platform's own name. */
  readonly style: URL;
  draw(reply: Reply, audience: Audience): Promise<DrawnReply>;
}

/** A reply's picture as an address that holds it; undefined if it has none. */
export function composePictureUrl({ image }: Reply): string | undefined {
  return image && `data:image/png;base64,${Buffer.from(image.png).toString('base64')}`;
}
