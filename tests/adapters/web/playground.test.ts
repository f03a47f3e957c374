import { type AdapterHarness, describeAdapter, type Shown } from '../../support/adapter-contract.ts';
import { openPlayground } from '../../support/playground.ts';

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', '#39': "'", amp: '&' };

/** What the HTML of one side shows. */
function readHtml(html: string): Shown {
  const text = (part: string) =>
    part
      .replace(/<[^>]+>/g, '')
      .replace(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => ENTITIES[name] ?? '')
      .replace(/[\u200B\u2060]/g, '');
  const buttons = [...html.matchAll(/<button[^>]*>(.*?)<\/button>/g)].map(([, label]) => text(label ?? ''));
  return { text: text(html.replace(/<(br|\/p|\/h2|\/div)[^>]*>/g, '\n')), buttons };
}

for (const side of ['discord', 'slack'] as const) {
  describeAdapter(`The playground’s ${side} side`, async (bot): Promise<AdapterHarness> => {
    const app = await openPlayground(bot);
    let html = '';
    const post = async (body: object) => {
      const response = await app.request('http://localhost/api/answer', { method: 'POST', body: JSON.stringify(body) });
      const { sides } = (await response.json()) as { sides: Record<typeof side, { html: string }> };
      html = sides[side].html;
      return readHtml(html);
    };
    return {
      ask: (text) => post({ text }),
      press: (label) => {
        const buttons = [...html.matchAll(/data-path="([^"]*)">(.*?)<\/button>/g)];
        const path = buttons.find(([, , text]) => text === label)?.[1]?.replaceAll('&amp;', '&');
        if (!path) throw new Error(`there is no button ${label}`);
        return post({ path });
      },
      close: async () => {},
    };
  });
}
