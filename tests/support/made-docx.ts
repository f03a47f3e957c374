import { strToU8, zipSync } from 'fflate';

const WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"';
const TYPE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const MAIN = 'application/vnd.openxmlformats-officedocument.wordprocessingml';

/** Word's names of the styles that the documents of the tests use, by their ids. */
const STYLES: Readonly<Record<string, string>> = {
  Titel: 'Title',
  Untertitel: 'Subtitle',
  berschrift1: 'heading 1',
  Beschriftung: 'caption',
};

/** A paragraph in a style; `^1` in its text is a reference to footnote 1, `*…*` is in italics. */
export function wordParagraph(text: string, style?: string): string {
  const runs = text.split(/(\^\d+|\*[^*]+\*)/).map((part) => {
    const [, note] = /^\^(\d+)$/.exec(part) ?? [];
    if (note) return `<w:r><w:footnoteReference w:id="${note}"/></w:r>`;
    const [, italic] = /^\*(.+)\*$/.exec(part) ?? [];
    const set = italic ? '<w:rPr><w:i/></w:rPr>' : '';
    return `<w:r>${set}<w:t xml:space="preserve">${escapeXml(italic ?? part)}</w:t></w:r>`;
  });
  const named = style ? `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>` : '';
  return `<w:p>${named}${runs.join('')}</w:p>`;
}

export function wordTable(rows: readonly (readonly string[])[]): string {
  const cells = (row: readonly string[]) => row.map((cell) => `<w:tc>${wordParagraph(cell)}</w:tc>`).join('');
  return `<w:tbl>${rows.map((row) => `<w:tr>${cells(row)}</w:tr>`).join('')}</w:tbl>`;
}

/** The parts of a Word document with this body, by their names. */
export function wordParts(body: string, footnotes: readonly string[] = []): Record<string, Uint8Array> {
  const notes = footnotes.map((text, index) => `<w:footnote w:id="${index + 1}">${wordParagraph(text)}</w:footnote>`);
  const styles = Object.entries(STYLES).map(
    ([id, name]) => `<w:style w:type="paragraph" w:styleId="${id}"><w:name w:val="${name}"/></w:style>`,
  );
  const parts = {
    '[Content_Types].xml': `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="${MAIN}.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="${MAIN}.styles+xml"/><Override PartName="/word/footnotes.xml" ContentType="${MAIN}.footnotes+xml"/></Types>`,
    '_rels/.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${TYPE}/officeDocument" Target="word/document.xml"/></Relationships>`,
    'word/_rels/document.xml.rels': `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="${TYPE}/styles" Target="styles.xml"/><Relationship Id="r2" Type="${TYPE}/footnotes" Target="footnotes.xml"/></Relationships>`,
    'word/document.xml': `<w:document ${WORD}><w:body>${body}</w:body></w:document>`,
    'word/styles.xml': `<w:styles ${WORD}>${styles.join('')}</w:styles>`,
    'word/footnotes.xml': `<w:footnotes ${WORD}>${notes.join('')}</w:footnotes>`,
  };
  return Object.fromEntries(
    Object.entries(parts).map(([name, xml]) => [name, strToU8(`<?xml version="1.0" encoding="UTF-8"?>${xml}`)]),
  );
}

/** A Word document as a file. */
export function makeDocx(body: string, footnotes: readonly string[] = []): Buffer {
  return Buffer.from(zipSync(wordParts(body, footnotes)));
}

function escapeXml(text: string): string {
  return text.replace(/[&<>]/g, (sign) => `&#${sign.codePointAt(0)};`);
}
