import { z } from 'zod';

// Slack's documented limits, written from its documentation and not from our renderer:
// https://docs.slack.dev/reference/block-kit/blocks and https://docs.slack.dev/reference/views

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
const link = z.strictObject({
  type: z.literal('button'),
  text: plain(75),
  action_id: z.string().min(1).max(255),
  url: z.url({ protocol: /^https?$/ }).max(3000),
});
const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: z.string().min(1).max(255),
  options: z
    .array(z.strictObject({ text: plain(75), value: z.string().min(1).max(150) }))
    .min(2)
    .max(5),
});
const select = z.strictObject({
  type: z.literal('static_select'),
  action_id: z.string().min(1).max(255),
  placeholder: plain(150),
  options: z
    .array(z.strictObject({ text: plain(75), value: z.string().min(1).max(150) }))
    .min(1)
    .max(100),
});
const vote = z.strictObject({
  text: plain(75),
  accessibility_label: z.string().min(1).max(75),
  value: z.string().min(1).max(2000),
});
const votes = z.strictObject({
  type: z.literal('context_actions'),
  elements: z
    .array(
      z.strictObject({
        type: z.literal('feedback_buttons'),
        action_id: z.string().min(1).max(255),
        positive_button: vote,
        negative_button: vote,
      }),
    )
    .min(1)
    .max(5),
});
const shared = [
  z.strictObject({ type: z.literal('header'), text: plain(150) }),
  z.strictObject({ type: z.literal('section'), text: mrkdwn(3000) }),
  z.strictObject({
    type: z.literal('context'),
    elements: z.array(mrkdwn(2000)).min(1).max(10),
    block_id: z.string().min(1).max(255).optional(),
  }),
  z.strictObject({ type: z.literal('divider') }),
  z.strictObject({
    type: z.literal('image'),
    slack_file: z.strictObject({ id: z.string().regex(/^F\w+$/) }),
    alt_text: z.string().min(1).max(2000),
  }),
  z.strictObject({
    type: z.literal('actions'),
    elements: z
      .array(z.union([button, link, overflow, select]))
      .min(1)
      .max(25),
  }),
] as const;
// Feedback buttons stand in messages alone.
const block = z.discriminatedUnion('type', [...shared, votes]);
const input = z.strictObject({
  type: z.literal('input'),
  block_id: z.string().min(1).max(255),
  label: plain(2000),
  element: z.strictObject({
    type: z.literal('plain_text_input'),
    action_id: z.string().min(1).max(255),
    max_length: z.int().min(1).max(3000),
    focus_on_load: z.boolean(),
  }),
});

type Blocks = readonly z.infer<typeof block | typeof input>[];

/** Within a message or view, an action id stands once in a block. */
function checkIds(blocks: Blocks, context: z.RefinementCtx): void {
  for (const one of blocks) {
    if (one.type !== 'actions') continue;
    const ids = one.elements.map(({ action_id }) => action_id);
    if (new Set(ids).size < ids.length) context.addIssue('an action id stands twice in a block');
  }
}

const message = z
  .strictObject({
    text: z.string().min(1).max(40_000),
    mrkdwn: z.literal(true),
    unfurl_links: z.literal(false),
    unfurl_media: z.literal(false),
    blocks: z.array(block).min(1).max(50),
  })
  .superRefine(({ blocks }, context) => checkIds(blocks, context));

const view = z
  .discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('home'),
      blocks: z.array(z.discriminatedUnion('type', shared)).min(1).max(100),
    }),
    z.strictObject({
      type: z.literal('modal'),
      callback_id: z.string().min(1).max(255),
      title: plain(24),
      close: plain(24),
      submit: plain(24).optional(),
      private_metadata: z.string().max(3000).optional(),
      blocks: z
        .array(z.discriminatedUnion('type', [...shared, input]))
        .min(1)
        .max(100),
    }),
  ])
  .superRefine(({ blocks }, context) => checkIds(blocks, context));

/** Throws where a message breaks a limit that Slack documents. */
export function checkSlackMessage(payload: unknown): void {
  message.parse(payload);
}

/** Throws where a modal or a home tab breaks a limit that Slack documents. */
export function checkSlackView(payload: unknown): void {
  view.parse(payload);
}

/** Checks a message or a view as it goes over the wire, with where it goes beside it. */
export function checkSlackBody(kind: 'message' | 'view', body: Record<string, unknown>): void {
  const { text, mrkdwn: marked, unfurl_links, unfurl_media, blocks } = body;
  if (kind === 'view') checkSlackView(body);
  else checkSlackMessage({ text, mrkdwn: marked, unfurl_links, unfurl_media, blocks });
}
