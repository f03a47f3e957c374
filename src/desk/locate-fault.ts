import type { Fault } from '../content/fault.ts';
import type { ContentFile, Folder } from '../content/read.ts';
import { elementOf } from './claim-fields.ts';
import { articlePath, claimPath, recordPath, topicPath } from './paths.ts';
import { keyAt } from './place-faults.ts';
import { RECORD_FIELDS } from './record-fields.ts';

/** Where in the desk a fault of an article is mended: the field of a form if there is one. */
export function locateFault(folder: Folder, fault: Fault): string {
  const { article, topics, wordings, notes } = folder;
  const { slug } = article;
  if (fault.file === article.file) {
    const key = keyAt(fault, article.lines, RECORD_KEYS);
    return `${recordPath(slug)}${key === undefined ? '' : `#${elementOf(key).field}`}`;
  }
  const page = topics.find(({ file }) => file === fault.file);
  if (page) return inPage(slug, page, fault);
  const asked = wordings.find(({ file }) => file === fault.file);
  if (asked) {
    const [part, claim] = pathAt(asked, fault);
    const topic = topicPath(slug, asked.slug);
    if (part === 'open') return `${topic}/open#${elementOf('open').field}`;
    return part === 'asks' && claim !== undefined
      ? `${topic}?claim=${encodeURIComponent(claim)}#${elementOf('asks').field}`
      : topic;
  }
  return fault.file === notes?.file ? `${articlePath(slug)}/notes` : articlePath(slug);
}

const RECORD_KEYS = RECORD_FIELDS.map(({ key }) => key);

function inPage(article: string, page: ContentFile<unknown>, fault: Fault): string {
  const topic = topicPath(article, page.slug);
  const [part, key, field = 'text'] = pathAt(page, fault);
  if (part === 'claims' && key !== undefined) {
    const { claims = [] } = (page.value ?? page.written ?? {}) as { claims?: { id?: unknown }[] };
    const id = claims[Number(key)]?.id;
    return typeof id === 'string' ? claimPath(article, page.slug, id, elementOf(field).field) : topic;
  }
  if (part === 'definitions' && key !== undefined) return `${topic}/notes#note-${key}`;
  if (part === 'title' || part === 'summary' || part === 'aliases') return `${topic}/head#${elementOf(part).field}`;
  return topic;
}

/** The path of the value that stands on a fault's line, the one of a field before those that hold it. */
function pathAt({ lines }: ContentFile<unknown>, { line }: Fault): readonly (string | undefined)[] {
  const paths = [...lines].flatMap(([path, at]) => (at === line ? [path.split('.')] : []));
  return paths.find(([part]) => part === 'claims' || part === 'definitions') ?? paths[0] ?? [];
}
