import type { Reply } from './reply.ts';

/** Who sees an answer on the local page. */
export interface Audience {
  /** Only the asker, such as after "Ask privately". */
  readonly hidden: boolean;
  /** The asker has shared it with the channel. */
  readonly shared: boolean;
}

/** What the local page provides for drawing a message. */
export interface Drawing {
  /** The address of the reply's picture. */
  readonly picture?: string | undefined;
  /** The attributes of a button that carries this value, for a template of `hono/html`. */
  press(value: string): unknown;
}

/** What a platform is sent, and how it looks there. */
export interface DrawnReply {
  /** The message as the platform takes it, for people to read as JSON. */
  readonly payload: unknown;
  /**
   * The message in HTML, every text escaped. A button has the attributes that `press` gives. One that shares the answer with
   * the channel has `data-shares` too, and says in `data-notice` what that does. No inline style or script: the page's policy
   * allows none.
   */
  readonly html: string;
}

/** How one platform shows answers, for the local page. */
export interface Preview {
  /** A style sheet for what `draw` gives. Its rules begin with `.NAME`, the platform's own name. */
  readonly style: URL;
  draw(reply: Reply, audience: Audience, drawing: Drawing): Promise<DrawnReply>;
}
