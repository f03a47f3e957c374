import { html, raw } from 'hono/html';
import type { Library } from '../../core/library.ts';
import { createQuestion } from '../../core/question.ts';
import type { Reply } from '../../core/reply.ts';
import type { Trial } from '../desk-options.ts';
import type { Html } from './layout.ts';

/** A topic as each platform shows it. */
export async function composePanes(
  { bot, sides }: Trial,
  library: Library,
  article: string,
  topic: string,
): Promise<Html> {
  const found = library.topics.find((one) => one.article.slug === article && one.name === topic);
  if (!found) return html`<p class="quiet">It can’t be shown until its faults are fixed.</p>`;
  return drawReply({ sides }, await bot.answer(createQuestion(found.slug)));
}

/** A reply as each platform shows it. Its buttons do nothing here. */
export async function drawReply({ sides }: Pick<Trial, 'sides'>, reply: Reply): Promise<Html> {
  const drawn = await Promise.all(
    sides.map(async ({ name, title, preview }) => {
      const { html: message } = await preview.draw(
        reply,
        { hidden: false, shared: false },
        { press: () => html`disabled` },
      );
      return html`<section class="pane ${name}" aria-label="As ${title} shows it"><h2 class="pane-name">${title}</h2><div class="drawn">${raw(message)}</div></section>`;
    }),
  );
  return html`<div class="panes">${drawn}</div>`;
}
