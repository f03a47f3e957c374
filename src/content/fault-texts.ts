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
    'split it, or remove what does not belong in it',
  ],
  'file-encoding': () => ['the file is not UTF-8', 'save it as UTF-8'],
  'folder-unreadable': (code: string) => [`the folder cannot be read (${code})`, 'correct its permissions'],
  'folder-broken-link': () => ['this link leads nowhere', 'correct or remove it'],
  'no-article': () => ['there is no article', 'add a folder with an article.yaml and topics/'],
  'no-topic': () => ['there is no topic', 'add one with "npx briefing new topic NAME"'],
  'format-old': (format: number, current: number) => [
    `this content is written in format ${format}`,
    `run "npx briefing content upgrade", which writes format ${current}`,
  ],
  'format-new': (format: number, current: number) => [
    `this content has format ${format}, but this program reads format ${current}`,
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
  'text-stray': () => ["this text isn't part of a topic", 'make it a list item below "## Claims", or a note'],
  'list-stray': () => ['this list is in no section', 'put claims below "## Claims"'],
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
    `${what} has ${length} characters${doubled ? ', those of markup counted twice' : ''}`,
    `shorten it to ${limit}`,
  ],
  'too-many-notes': (what: string, limit: number) => [
    `${what} refers to more than ${limit} ${limit === 1 ? 'note' : 'notes'}`,
    'merge some of them',
  ],
  'control-character': (what: string) => [`${what} holds a control character`, 'remove it'],
  'choice-unknown': (what: string, value: string, known: string) => [
    `${what} "${value}" is unknown`,
    `write one of ${known}`,
  ],
  'choice-missing': (what: string, known: string) => [`${what} is missing`, `write one of ${known}`],
  'value-wrong': (what: string, value: string, remedy: string) => [`${what} "${value}" isn't valid`, remedy],
  'paragraphs-wrong': () => ['paragraphs is not a whole number above 0', 'write how many paragraphs the article has'],
  'publication-empty': () => ['publication is empty', 'say where and when it appeared, or that it is not known'],
  'short-comma': () => ['short has a comma, which separates articles', 'take it out'],
  'locale-unknown': () => ['the locale is unknown', 'write a language such as de or pt-BR'],
  'no-claims': () => ['there is no list of claims', 'add "## Claims" and a list below it'],
  'claims-empty': () => ['the topic has no claim', 'add a list item below "## Claims"'],
  'note-kind': (keywords: string) => ['the note does not say what it is', `begin it with ${keywords}`],
  placeholder: (what: string) => [
    `the ${what} is not written yet`,
    'write it, or make the file a draft with "draft: true"',
  ],

  // Between files.
  'slug-wrong': (slug: string, limit: number) => [
    `the file name "${slug}" isn't a valid slash command`,
    `use lower-case letters, digits and hyphens, at most ${limit} characters`,
  ],
  'slug-command': (slug: string) => [`/${slug} is a command of the bot`, 'choose another name'],
  'slug-taken': (slug: string, by: string) => [`the name "${slug}" is taken by ${by}`, 'rename the file'],
  'slug-shared': (slug: string, other: string) => [
    `the command /${slug} is also used by ${other}`,
    'write another "short:" in article.yaml',
  ],
  'slug-long': (name: string, slug: string) => [
    `another article has a topic ${name}, and /${slug} is too long to tell them apart`,
    'write a shorter "short:" in article.yaml, or rename the file',
  ],
  'short-taken': (short: string, other: string) => [
    `the short name "${short}" is also used by ${other}`,
    'write another "short:"',
  ],
  'alias-taken': (alias: string, by: string) => [`alias "${alias}" is taken by ${by}`, 'remove it or choose another'],
  'locale-taken': (locale: string, name: string, other: string) => [
    `the ${locale} name "${name}" is taken by ${other}`,
    'choose another',
  ],
  'id-taken': (id: string, by: string) => [`id "${id}" is taken by a claim in ${by}`, 'choose another'],
  'note-missing': (label: string) => [
    `note [^${label}] doesn't exist`,
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
  'translation-language': (language: string, known: string) => [
    `the bot doesn't speak "${language}"`,
    `its languages are ${known}`,
  ],
  'translation-note': (topic: string, label: string) => [
    `${topic} has no note [^${label}]`,
    'correct the label, or remove the translation',
  ],
  'translation-number': (id: string, missing: string) => [
    `the translation of "${id}" does not have the numbers of the original: ${missing}`,
    'write the same numbers, in digits',
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
  'anchor-address': () => ["anchors need the article's address", 'add "url:", or remove them'],
  'fragments-anchors': () => [
    'textFragments needs the first words of each paragraph',
    'add "anchors:", or remove textFragments',
  ],

  // What an editor should look at: the claims beside the article's text.
  'source-size': (found: number, stated: number) => [
    `paragraphs.md has ${found} numbered paragraphs, but article.yaml says ${stated}`,
    'correct the one that is wrong',
  ],
  'source-number': (number: string, paragraphs: string) => [
    `"${number}" is not in paragraph ${paragraphs} of the article`,
    'correct the number or the paragraph',
  ],
  'source-number-elsewhere': (number: string, paragraphs: string, others: string) => [
    `"${number}" is in paragraph ${others} of the article, not in ${paragraphs}`,
    'correct the number or the paragraph',
  ],
  'source-count': (claimed: string, found: string, paragraphs: string) => [
    `the claim says "${claimed}", but paragraph ${paragraphs} of the article says "${found}"`,
    'correct the number or the paragraph',
  ],
  'source-name': (name: string, paragraphs: string) => [
    `"${name}" is not in paragraph ${paragraphs} of the article`,
    'correct the name or the paragraph, or add what the article calls it to "also:" in article.yaml',
  ],
  'source-name-elsewhere': (name: string, paragraphs: string, others: string) => [
    `"${name}" is in paragraph ${others} of the article, not in ${paragraphs}`,
    'correct the name or the paragraph, or cite both paragraphs',
  ],
  'source-date': (date: string, paragraphs: string) => [
    `the date ${date} is not in paragraph ${paragraphs} of the article`,
    'correct the date or the paragraph',
  ],
  'source-heading': (words: string, part: string) => [
    `"${words}" is nowhere in the article, and readers see the ${part} without a paragraph and a speaker`,
    `correct the ${part}: it says what the topic is about, and claims say the rest`,
  ],
  'source-copied': (words: string, paragraph: string) => [
    `"${words}" is the article's own wording, in paragraph ${paragraph}`,
    'say it in your own words',
  ],

  // The claims by themselves.
  'claim-opening': (words: string) => [
    `the claim opens with "${words}", so it does not stand alone`,
    'name what is meant: each claim is shown without the others',
  ],
  'claim-pair': (words: string) => [
    `"${words}" is not explained in the claim`,
    'name both: each claim is shown without the others',
  ],
  'claim-also': () => [
    'the claim begins with an "also" that refers to another claim',
    'remove it: each claim is shown without the others',
  ],
  'loaded-bare': (word: string, what: string) => [
    `${what} uses "${word}" as if it were a plain fact`,
    'say whose word it is, as in "what the author calls …", or use another word',
  ],
  'loaded-note': (word: string, other: string, label: string) => [
    `the author uses "${word}" here without a note, but claim ${other} explains it with [^${label}]`,
    'refer to that note, or to another one that gives other views',
  ],
  'contested-note': (number: string, other: string, label: string) => [
    `"${number}" has no note here, but claim ${other} has [^${label}] on it`,
    'refer to that note here too',
  ],
  'contested-number': (number: string, label: string) => [
    `note [^${label}] says that others disagree with "${number}", but not what number they give`,
    'give their number in the note, and say whose it is',
  ],
  'note-source': (label: string) => [`note [^${label}] names no source`, 'add "- source: …" below it'],
  'note-repeated': (label: string, other: string) => [
    `note [^${label}] has the same text as ${other}`,
    'write it once, in notes.md, and refer to it from both',
  ],
  'note-differs': (label: string, other: string) => [
    `note [^${label}] is almost the same as ${other}`,
    'make them one, in notes.md, and refer to it from both',
  ],
  'data-name': (field: string, name: string) => [
    `${field} has "${name}", which neither the claim nor its speaker names`,
    'name it in the claim, or remove it from the list',
  ],
  'data-form': (field: string, name: string, form: string) => [
    `${field} has "${name}", which article.yaml calls "${form}"`,
    `write "${form}"`,
  ],
  'data-number': (number: string) => [`the number ${number} is not in the claim's text`, 'correct one of the two'],
  'data-date': (date: string) => [`the date ${date} is not in the claim's text`, 'correct one of the two'],

  // How people ask.
  'ask-twice': (question: string, other: string) => [
    `"${question}" is also under ${other}`,
    'keep it where it is answered',
  ],
  'ask-here-twice': (question: string) => [`"${question}" stands here twice`, 'remove one'],
  'ask-open': (question: string, other: string) => [
    `"${question}" is also under ${other}, so it counts both as answered and as open`,
    'remove one',
  ],
  'ask-number': (question: string, id: string) => [
    `"${question}" asks for a number, but claim ${id} has none`,
    'move it to the claim that answers it, or to "open:"',
  ],
  'ask-date': (question: string, id: string) => [
    `"${question}" asks for a time, but claim ${id} has none`,
    'move it to the claim that answers it, or to "open:"',
  ],
  'ask-person': (question: string, id: string) => [
    `"${question}" asks who, but claim ${id} names nobody`,
    'move it to the claim that answers it, or to "open:"',
  ],

  // The record.
  'synonym-loaded': (word: string, loaded: string) => [
    `the synonym "${word}" contains "${loaded}", which may be used only as somebody's own word`,
    'remove it from the synonyms',
  ],
  'synonym-belonging': (word: string, canonical: string) => [
    `using "${word}" for "${canonical}" may be read as a claim about who owns it`,
    `remove it from the synonyms; if it stands for the government, list it under "parties: ${canonical}: also:"`,
  ],
  'allow-unknown': (code: string) => [
    `lint has no check called "${code}"`,
    'correct the name in the comment, or remove it',
  ],
} satisfies Record<string, (...details: never[]) => readonly [what: string, remedy: string]>);
