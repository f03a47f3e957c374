import { z } from 'zod';

// Slack's documented limits, written from its documentation and not from our renderer:
// https://docs.slack.dev/reference/block-kit/blocks

const plain = (max: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: z.string().min(1).max(max), emoji: z.boolean() });
const mrkdwn = (max: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: z.string().min(1).max(max), verbatim: z.literal(true) });

const button = z.strictObject({
  type: z.literal('button'),
  text: plain(75),
  action_id: z.string().min(1).max(255),
  value: z.string().min(1).max(2000),
  style: z.literal(['primary', 'danger']).optional(),
});
const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('header'), text: plain(150) }),
  z.strictObject({ type: z.literal('section'), text: mrkdwn(3000) }),
  z.strictObject({ type: z.literal('context'), elements: z.array(mrkdwn(2000)).min(1).max(10) }),
  z.strictObject({ type: z.literal('divider') }),
  z.strictObject({ type: z.literal('actions'), elements: z.array(button).min(1).max(25) }),
]);

const message = z
  .strictObject({
    text: z.string().min(1).max(40_000),
    mrkdwn: z.literal(true),
    unfurl_links: z.literal(false),
    unfurl_media: z.literal(false),
    blocks: z.array(block).min(1).max(50),
  })
  .superRefine(({ blocks }, context) => {
    for (const one of blocks) {
      if (one.type !== 'actions') continue;
      const ids = one.elements.map(({ action_id }) => action_id);
      if (new Set(ids).size < ids.length) context.addIssue('an action id stands twice in a block');
    }
  });

/** Throws where a message breaks a limit that Slack documents. */
export function checkSlackMessage(payload: unknown): void {
  message.parse(payload);
}
