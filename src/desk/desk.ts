import type { Context } from 'hono';
import type { Overlay } from '../content/read.ts';
import { UserError } from '../core/errors.ts';
import { checkWrites, type InSpiteOf } from './check-writes.ts';
import type { ContentChange, DeskOptions } from './desk-options.ts';
import { createFileWriter, type FileWriter, type Write } from './files.ts';
import { createProtection, type Protection } from './protect.ts';
import { type DeskArticle, type DeskContent, type DeskTopic, readDesk } from './read-desk.ts';
import { createTrials, type Trials } from './trials.ts';
import { composeLayout, type Html } from './views/layout.ts';

/** What all pages of the desk share. */
export interface Desk {
  readonly options: DeskOptions;
  /**
   * Saves files. Throws EditError if readers would be left without what is live: a bot can't start on content that has faults.
   * Throws HeldBack if the article speaks against what readers would see, unless it is saved in spite of that. Throws
   * ChangedMeanwhile. `change` says what it is if it is more than a change to these files.
   */
  save(writes: readonly Write[], inSpiteOf?: InSpiteOf, change?: ContentChange): Promise<void>;
  readonly writer: FileWriter;
  readonly trials: Trials;
  readonly protection: Protection;
  /** Today, ISO. */
  today(): string;
  read(overlay?: Overlay): Promise<DeskContent>;
  /** A whole page. */
  show(context: Context, title: string, body: Html, status?: 200 | 404 | 409 | 422): Promise<Response>;
  /** A part of a page. */
  part(context: Context, body: Html): Promise<Response>;
}

/** An address of the desk that leads nowhere. */
export class NotThere extends UserError {
  override readonly name = 'NotThere';
}

export function createDeskParts(options: DeskOptions): Desk {
  const protection = createProtection(options.publicUrl);
  const writer = createFileWriter(options.directory, options.record);
  const today = () => new Date(options.now()).toISOString().slice(0, 10);
  return {
    options,
    writer,
    async save(writes, inSpiteOf, change) {
      await checkWrites(options, writes, inSpiteOf);
      await writer.save(writes, change);
    },
    trials: createTrials(options.open),
    protection,
    today,
    read: (overlay) => readDesk(options.directory, options.commands, today(), overlay),
    async show(context, title, body, status = 200) {
      const page = await composeLayout({ title, body, token: protection.token(context), path: context.req.path });
      return context.html(page.toString(), status);
    },
    part: async (context, body) => context.html((await body).toString()),
  };
}

/** The article of this folder. Throws NotThere. */
export function findArticle({ articles }: DeskContent, slug: string | undefined): DeskArticle {
  const found = articles.find((one) => one.slug === slug);
  if (!found) throw new NotThere('There is no such article', 'It may have been renamed or removed.');
  return found;
}

/** The topic of this name. Throws NotThere. */
export function findTopic({ topics }: DeskArticle, slug: string | undefined): DeskTopic {
  const found = topics.find((one) => one.slug === slug);
  if (!found) throw new NotThere('There is no such topic', 'It may have been renamed or removed.');
  return found;
}
