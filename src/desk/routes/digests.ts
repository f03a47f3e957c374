import type { Hono } from 'hono';
import { type Desk, NotThere } from '../desk.ts';
import { readForm } from '../form.ts';
import { ROOT } from '../paths.ts';
import { composeDigests } from '../views/digests.ts';
import { drawReply } from '../views/panes.ts';

/** The digests that people subscribed to, each of which can be sent now. */
export function addDigests(app: Hono, desk: Desk): void {
  const { digests } = desk.options;
  app.get('/digests', async (context) => {
    const said = {
      sent: 'It is on its way.',
      before: 'It was sent a moment ago. Wait a minute before you send another.',
    };
    const how = context.req.query('how') as keyof typeof said | undefined;
    const token = desk.protection.token(context);
    const { live } = await desk.read();
    const topics = live?.topics ?? [];
    const topic = topics.find(({ slug }) => slug === context.req.query('topic')) ?? topics[0];
    const preview = live &&
      topic && {
        topics,
        chosen: topic.slug,
        panes: await drawReply(await desk.trials.of(live), desk.options.composeDigest(topic)),
      };
    const page = composeDigests({ digests: await digests?.list(), token, said: how && said[how], preview });
    return desk.show(context, 'Digests', page);
  });

  app.post('/digests', async (context) => {
    const id = (await readForm(context)).get('id');
    const known = (await digests?.list())?.some((one) => one.id === id);
    if (!digests || !known) throw new NotThere('There is no such digest', 'It may have ended.');
    return context.redirect(`${ROOT}/digests?how=${(await digests.send(id)) ? 'sent' : 'before'}`, 303);
  });
}
