/**
 * What is wrong and what to do about it, by the code of the fault: the one place where faults of content are worded. Each
 * text completes `file:line: WHAT; REMEDY`.
 */
export const FAULT_TEXTS = Object.freeze({
  // Files and folders.
  'file-missing': () => ['the file is missing', 'add it'],
  'file-unreadable': (code: string) => [`the file cannot be read (${code})`, 'correct its permissions'],
  'file-kind': () => ['this is not an ordinary file', 'put a text file in its place, or remove it'],
  'file-size': (limit: string) => [
    `the file is larger than ${limit}`,
    'divide it, or remove what does not belong in it',
  ],
  'file-encoding': () => ['the file is not UTF-8', 'save it as UTF-8'],
  'folder-unreadable': (code: string) => [`the folder cannot be read (${code})`, 'correct its permissions'],
  'folder-broken-link': () => ['this link leads nowhere', 'correct or remove it'],
  'no-article': () => ['there is no article', 'add a folder with an article.yaml and topics/'],
  'no-topic': () => ['there is no topic', 'add one with "npx briefing new topic NAME"'],
  'all-drafts': () => ['everything is a draft', 'take "draft: true" out of what may be answered from'],
  'format-old': (format: number, current: number) => [
    `this content is written in format ${format}`,
    `run "npx briefing content upgrade", which writes format ${current}`,
  ],
  'format-new': (format: number, current: number) => [
    `this content is written in format ${format}, and this program reads format ${current}`,
    'update the program',
  ],
  'format-unknown': (current: number) => ['the format is not a number', `write "format: ${current}"`],

  // How a file is written.
  yaml: (error: string) => [
    `this is not valid YAML (${error})`,
    'put a text with a colon or a quote in "quotation marks"',
  ],
  'yaml-alias': (error: string) => [
    `this is not valid YAML (${error})`,
    'put a text with an asterisk in "quotation marks"',
  ],
  'yaml-table': () => ['this file is not a table of settings', 'write each as "name: value"'],
  'line-length': (length: number, limit: number) => [
    `the line has ${length} characters`,
    `break it after ${limit} at most`,
  ],
  'section-unknown': (name: string, known: string) => [`section "${name}" is unknown`, `the sections are ${known}`],
  'section-moved': (name: string, file: string) => [
    `"${name}" no longer belongs in the page`,
    `move its questions below "open:" in ${file}, or run "npx briefing content upgrade"`,
  ],
  'field-moved': (name: string, file: string) => [
    `"${name}" no longer belongs in the page`,
    `move the questions below the claim's id in ${file}, or run "npx briefing content upgrade"`,
  ],
  'text-stray': () => ['this text belongs to no part of a topic', 'make it a list item below "## Claims", or a note'],
  'list-stray': () => ['this list stands in no section', 'put claims below "## Claims"'],
  'block-stray': () => ['only headings, a summary, lists and notes belong in a topic', 'remove this'],
  'notes-stray': () => [
    'only a heading and notes belong here',
    'write each note as "[^label]: **Context.** …", and indent its list by four spaces',
  ],
  indentation: (field: string, spaces: number, owner: string) => [
    `"- ${field}:" is not indented as part of ${owner}`,
    `put ${spaces} spaces before it and before the fields that follow it`,
  ],
  'field-without-key': (text: string) => [`"${text}" has no key`, 'write it as "- kind: figure"'],
  'field-twice': (field: string) => [`"${field}" is here twice`, 'remove one'],
  'field-unknown': (where: string, names: string, known: string) => [
    `${where} has no "${names}"`,
    `the keys are ${known}`,
  ],
  'link-foreign': () => ['this does not link to a topic', 'write it as "[Title](slug.md)"'],
  'link-dead': (slug: string) => [`there is no topic ${slug}.md`, 'correct the link, or remove it'],

  // Values.
  missing: (what: string, remedy: string) => [`${what} is missing`, remedy],
  'not-a-text': (what: string, remedy: string) => [`${what} is not a text`, remedy],
  'not-a-list': (what: string, remedy: string) => [`${what} is not a list`, remedy],
  'not-a-table': (what: string, remedy: string) => [`${what} is not a table`, remedy],
  'not-a-switch': (what: string) => [`${what} is neither true nor false`, 'write one of the two'],
  'too-long': (what: string, length: number, limit: number, doubled: boolean) => [
    `${what} has ${length} characters${doubled ? ' (characters of markup count twice)' : ''}`,
    `shorten it to ${limit}`,
  ],
  'too-many-notes': (what: string, limit: number) => [
    `${what} refers to more than ${limit} ${limit === 1 ? 'note' : 'notes'}`,
    'join some of them',
  ],
  'control-character': (what: string) => [`${what} holds a control character`, 'remove it'],
  'choice-unknown': (what: string, value: string, known: string) => [
    `${what} "${value}" is unknown`,
    `write one of ${known}`,
  ],
  'choice-missing': (what: string, known: string) => [`${what} is missing`, `write one of ${known}`],
  'value-wrong': (what: string, value: string, remedy: string) => [`${what} "${value}" isn't valid`, remedy],
  'paragraphs-wrong': () => ['paragraphs is not a whole number above 0', 'write how many the article has'],
  'publication-empty': () => ['publication is empty', 'say where and when it appeared, or that it is not known'],
  'short-comma': () => ['short has a comma, which stands between articles', 'take it out'],
  'locale-unknown': () => ['the locale is unknown', 'write a language such as de or pt-BR'],
  'no-claims': () => ['there is no list of claims', 'add "## Claims" and a list below it'],
  'claims-empty': () => ['the topic has no claim', 'add a list item below "## Claims"'],
  'note-kind': (keywords: string) => ['the note does not say what it is', `begin it with ${keywords}`],
  placeholder: (what: string) => [
    `the ${what} is not worded yet`,
    'word it, or make the file a draft with "draft: true"',
  ],

  // Between files.
  'slug-wrong': (slug: string, limit: number) => [
    `the file name "${slug}" isn't a valid slash command`,
    `use lower-case letters, digits and hyphens, at most ${limit} characters`,
  ],
  'slug-command': (slug: string) => [`/${slug} is a command of the bot`, 'give the file another name'],
  'slug-taken': (slug: string, by: string) => [`the name "${slug}" is taken by ${by}`, 'rename the file'],
  'slug-shared': (slug: string, other: string) => [
    `the command /${slug} is also that of ${other}`,
    'write another "short:" in article.yaml',
  ],
  'slug-long': (name: string, slug: string) => [
    `another article has a topic ${name}, and /${slug} is too long to tell them apart`,
    'write a shorter "short:" in article.yaml, or rename the file',
  ],
  'short-taken': (short: string, other: string) => [
    `the short name "${short}" is also that of ${other}`,
    'write another "short:"',
  ],
  'alias-taken': (alias: string, by: string) => [`alias "${alias}" is taken by ${by}`, 'remove it or choose another'],
  'locale-taken': (locale: string, name: string, other: string) => [
    `the ${locale} name "${name}" is taken by ${other}`,
    'choose another',
  ],
  'id-taken': (id: string, by: string) => [`id "${id}" is taken by a claim in ${by}`, 'choose another'],
  'note-missing': (label: string) => [
    `note [^${label}] is not written`,
    `add "[^${label}]: **Context.** …" at the end of the file, or in notes.md`,
  ],
  'note-twice': (label: string) => [`note [^${label}] is written twice`, 'rename one'],
  'note-here-and-shared': (label: string) => [
    `note [^${label}] is written here and in notes.md`,
    'remove one, or rename it',
  ],
  'note-unused': (label: string) => [
    `note [^${label}] belongs to no claim`,
    `put [^${label}] after a claim, or remove the note`,
  ],
  'wordings-orphan': (slug: string) => [`there is no topic ${slug}.md`, 'rename the file, or remove it'],
  'wordings-claim': (topic: string, id: string, known: string) => [
    `${topic} has no claim "${id}"`,
    `its claims are ${known}`,
  ],
  'speaker-author': () => [
    "an attributed statement is somebody else's, not the author's",
    'name who says it, or choose another kind',
  ],
  'paragraph-unknown': (paragraph: number, count: number) => [
    `paragraph ${paragraph} is unknown`,
    `the article has ${count}`,
  ],
  'paragraph-author': () => [
    'the article has no author note',
    'correct the paragraph, or write "authorNote: true" in article.yaml',
  ],
  'paragraph-uncovered': (paragraphs: string) => [
    `no topic covers paragraph ${paragraphs}`,
    'add a claim that cites it, or correct the number of paragraphs',
  ],
  'anchor-unknown': (paragraph: string) => [
    `the article has no paragraph ${paragraph}`,
    'write the number of a paragraph, or "author"',
  ],
  'anchor-address': () => ['anchors lead nowhere without an address', 'add "url:", or remove them'],
  'fragments-anchors': () => [
    'textFragments needs the first words of each paragraph',
    'add "anchors:", or take textFragments out',
  ],
} satisfies Record<string, (...details: never[]) => readonly [what: string, remedy: string]>);
