import { parseDocument } from 'yaml';
import { splitHeader } from '../../content/split-header.ts';
import { EditError } from './edit-error.ts';

/** Makes a topic's page a draft, or not. Everything else stays as it is. */
export function setPageDraft(text: string, draft: boolean): string {
  const { header, body } = splitHeader(text);
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  if (!header) return draft ? `---${end}draft: true${SEEN}${end}---${end}${end}${body}` : text;
  const next = setDraft(`${header}${end}`, draft);
  // A header that says nothing is no use to anyone.
  if (!next.trim()) return body.replace(/^(\r?\n)+/, '');
  return `---${end}${next}---${end}${body}`;
}

/** Makes an article's record a draft, or not. */
export function setRecordDraft(text: string, draft: boolean): string {
  return setDraft(text, draft);
}

/** What the line says of a draft that was live before: whoever changes it then changes what readers have seen. */
const SEEN = ' # readers have seen it';

/** Whether a page or a record is a draft that was live before. */
export function wasLive(text: string): boolean {
  return text.split('\n').some((line) => line.startsWith(`draft: true${SEEN}`));
}

const LINE = /^draft:[^\r\n]*(\r?\n|$)/m;

function setDraft(yaml: string, draft: boolean): string {
  const end = yaml.includes('\r\n') ? '\r\n' : '\n';
  const isThere = LINE.test(yaml);
  const isDraft = (parseDocument(yaml).toJS() as { draft?: unknown } | null)?.draft === true;
  const line = `draft: true${SEEN}${end}`;
  const without = draft && isDraft ? yaml : yaml.replace(LINE, draft ? line : '');
  // In a record the format comes first.
  const lines = yaml.split(/(?<=\n)/);
  const format = lines.findIndex((line) => line.startsWith('format:') && line.endsWith('\n'));
  const at = lines.slice(0, format + 1).join('').length;
  const next = draft && !isThere ? `${yaml.slice(0, at)}${line}${yaml.slice(at)}` : without;
  const read = parseDocument(next).toJS() as { draft?: unknown } | null;
  if ((read?.draft === true) !== draft)
    throw new EditError('the line "draft" can’t be changed here', 'Change it in the file itself.');
  return next;
}
