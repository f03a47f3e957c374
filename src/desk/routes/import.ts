import { basename } from 'node:path';
import type { Context, Hono } from 'hono';
import { UserError } from '../../core/errors.ts';
import { capitalize } from '../../core/text.ts';
import { APART } from '../../import/blocks.ts';
import { type Document, formatOf } from '../../import/read-document.ts';
import type { Desk } from '../desk.ts';
import { EditError } from '../edit/edit-error.ts';
import { readForm, type SentForm } from '../form.ts';
import { articlePath } from '../paths.ts';
import { composeImport, type ImportForm } from '../views/import.ts';

/** As large as a file for the terminal's import. */
const MOST_BYTES = 10 * 1024 * 1024;

/** Brings an article without the terminal. */
export function addImport(app: Hono, desk: Desk): void {
  // Reading a page takes a thread and much memory.
  let isBusy = false;

  app.get('/bring', (context) => showForm(context, { address: '', name: '', counted: [] }));

  app.post('/bring', async (context) => {
    const sent = await readForm(context);
    const form = { address: sent.get('address').trim(), name: sent.get('name').trim(), counted: sent.all('count') };
    try {
      const source = await readSource(context, sent);
      if (isBusy) throw new EditError('another article is being read', 'Try again in a moment.');
      isBusy = true;
      const counted = APART.filter((role) => form.counted.includes(role));
      const { folder, warning } = await desk.options
        .importArticle(source, { name: form.name || undefined, counted })
        .finally(() => {
          isBusy = false;
        });
      await desk.options.record?.({ action: 'content.save', about: basename(folder) });
      return context.redirect(`${articlePath(basename(folder))}?imported=${warning ? 'guessed' : '1'}`, 303);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const problem =
        error.name === 'NameTaken'
          ? 'There is an article of this name already. Write another name for its folder below.'
          : capitalize(error.message);
      return showForm(context, form, problem);
    }
  });

  function showForm(context: Context, form: ImportForm, problem?: string): Promise<Response> {
    const page = composeImport({ form, token: desk.protection.token(context), problem });
    return desk.show(context, 'Bring an article', page, problem ? 422 : 200);
  }
}

/** The file or the address that was sent. Throws UserError. */
async function readSource(context: Context, sent: SentForm): Promise<string | Document> {
  const { file } = await context.req.parseBody();
  const address = sent.get('address').trim();
  if (file instanceof File && file.size > 0) {
    const name = basename(file.name);
    if (file.size > MOST_BYTES)
      throw new EditError(`${name} is larger than 10 MB`, 'Give a file that holds only the article.');
    return { name, format: formatOf(name), bytes: new Uint8Array(await file.arrayBuffer()) };
  }
  // A path would be one on the bot's machine.
  if (/^https?:\/\//i.test(address)) return address;
  throw new EditError(
    address ? `${address} isn’t an address on the web` : 'there is neither a file nor an address',
    `Choose a file, or write an address that begins with https://.`,
  );
}
