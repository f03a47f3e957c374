import { z } from 'zod';
import type { DiscordMessage } from '../../src/adapters/discord/render-reply.ts';

// Discord's documented limits, written from its documentation and not from our renderer:
// https://docs.discord.com/developers/components/reference

const button = z.strictObject({
  type: z.literal(2),
  style: z.union([z.literal(1), z.literal(2)]),
  label: z.string().min(1).max(80),
  custom_id: z.string().min(1).max(100),
});
const vote = z.strictObject({
  type: z.literal(2),
  style: z.literal(2),
  emoji: z.strictObject({ name: z.string().min(1).max(8) }),
  custom_id: z.string().min(1).max(100),
});
const menu = z.strictObject({
  type: z.literal(3),
  custom_id: z.string().min(1).max(100),
  placeholder: z.string().min(1).max(150),
  options: z
    .array(z.strictObject({ label: z.string().min(1).max(100), value: z.string().min(1).max(100) }))
    .min(1)
    .max(25),
});
const link = z.strictObject({
  type: z.literal(2),
  style: z.literal(5),
  label: z.string().min(1).max(80),
  url: z.url({ protocol: /^https?$/ }).max(512),
});
const text = z.strictObject({ type: z.literal(10), content: z.string().min(1).max(4000) });
const separator = z.strictObject({ type: z.literal(14) });
const gallery = z.strictObject({
  type: z.literal(12),
  items: z
    .array(
      z.strictObject({
        media: z.strictObject({ url: z.string().regex(/^attachment:\/\/[\w.-]+$/) }),
        description: z.string().min(1).max(1024),
      }),
    )
    .min(1)
    .max(10),
});
const row = z.strictObject({
  type: z.literal(1),
  components: z
    .array(z.union([button, link, vote]))
    .min(1)
    .max(5),
});
const menuRow = z.strictObject({ type: z.literal(1), components: z.tuple([menu]) });
const container = z.strictObject({
  type: z.literal(17),
  accent_color: z.int().min(0).max(0xffffff),
  components: z.array(z.union([text, separator, gallery])).min(1),
});

const message = z
  .strictObject({
    flags: z.literal([1 << 15, (1 << 15) | (1 << 6)]),
    allowed_mentions: z.strictObject({ parse: z.tuple([]) }),
    components: z.array(z.union([row, menuRow, container])).min(1),
  })
  .superRefine(({ components }, context) => {
    const all = components.flatMap((one): { type: number }[] => [one, ...one.components]);
    if (all.length > 40) context.addIssue(`${all.length} components; 40 are allowed`);
    const characters = textsOf({ components }).join('').length;
    if (characters > 4000) context.addIssue(`${characters} characters of text; 4000 are allowed`);
    const ids = components.flatMap((one) =>
      one.type === 1 ? one.components.flatMap((inner) => ('custom_id' in inner ? [inner.custom_id] : [])) : [],
    );
    if (new Set(ids).size < ids.length) context.addIssue('a custom id stands twice');
    const values = menuOptions({ components } as DiscordMessage).map(({ value }) => value);
    if (new Set(values).size < values.length) context.addIssue('a choice stands twice');
  });

/** Throws where a message breaks a limit that Discord documents. */
export function checkDiscordMessage(payload: unknown): void {
  message.parse(payload);
}

/** What the menus of a message offer. */
export function menuOptions({ components }: Pick<DiscordMessage, 'components'>) {
  return components.flatMap((one) =>
    one.type === 1 ? one.components.flatMap((inner) => (inner.type === 3 ? inner.options : [])) : [],
  );
}

/** All text that a message shows, in order. */
export function textsOf({ components }: Pick<DiscordMessage, 'components'>): string[] {
  return components.flatMap((one) =>
    one.type === 17 ? one.components.flatMap((inner) => (inner.type === 10 ? [inner.content] : [])) : [],
  );
}
