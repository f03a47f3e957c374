import { type Planted, swap } from './planted-faults.ts';

const BRIDGE = 'tram-line/topics/bridge.md';
const COSTS = 'tram-line/topics/costs.md';
const COUNCIL = 'tram-line/topics/council.md';
const FARES = 'tram-line/topics/fares.md';
const OPENING = 'tram-line/topics/opening.md';
const STREET = 'tram-line/topics/street.md';
const VEHICLES = 'tram-line/topics/vehicles.md';
const RECORD = 'tram-line/article.yaml';
const SHARED = 'tram-line/notes.md';
const FARE_ASKS = 'tram-line/wordings/fares.yaml';
const STREET_ASKS = 'tram-line/wordings/street.yaml';

/** Puts a claim before the first one of a page. */
const add =
  (text: string, fields = '  - paragraph: 7\n') =>
  (page: string) =>
    page.replace(
      '## Claims\n',
      () => `## Claims\n\n- ${text}\n  - id: added\n  - kind: reported\n  - speaker: author\n${fields}`,
    );

/** What an editor should mend in the tram article, though the bot answers from it: first what only its text shows. */
export const PLANTED_ADVICE: readonly Planted[] = [
  {
    name: 'a source that lacks a paragraph',
    file: 'tram-line/paragraphs.md',
    change: (text) => text.slice(0, text.indexOf('**18.**')),
    code: 'source-size',
    at: 'paragraphs: 18',
    blamed: RECORD,
  },
  {
    name: 'a wrong number',
    file: COSTS,
    change: swap('has cost €468 million', 'has cost €486 million'),
    code: 'source-number',
    at: '486',
  },
  {
    name: 'a number that is only part of another',
    file: COSTS,
    change: swap('has cost €468 million', 'has cost €46 million'),
    code: 'source-number',
    at: '€46 million',
  },
  {
    name: 'a number of another paragraph',
    file: COSTS,
    change: swap('has cost €468 million', 'has cost €312 million for 600 trees'),
    code: 'source-number-elsewhere',
    at: '600 trees',
  },
  {
    name: 'a wrong paragraph',
    file: COSTS,
    change: swap('paragraph: 3', 'paragraph: 12'),
    code: 'source-number-elsewhere',
    at: '€468 million so far',
  },
  {
    name: 'a wrong number in words',
    file: BRIDGE,
    change: swap('three of the eight piers', 'three of the nine piers'),
    code: 'source-count',
    at: 'nine piers',
  },
  {
    name: 'a wrong year',
    file: STREET,
    change: swap('in 2021 over', 'in 2018 over'),
    code: 'source-number',
    at: 'in 2018',
  },
  {
    name: 'a wrong month in the date',
    file: FARES,
    change: swap('date: 2026-08-01', 'date: 2026-09-01'),
    code: 'source-date',
    at: 'date: 2026-09-01',
  },
  {
    name: 'a name that the article does not have',
    file: COUNCIL,
    change: swap('Pia Lenhart, a researcher', 'Pia Lindgren, a researcher'),
    code: 'source-name',
    at: 'Lindgren',
  },
  {
    name: 'a name of another paragraph',
    file: VEHICLES,
    change: swap('Danuta Krem, the head', 'Mirela Oszek, the head'),
    code: 'source-name-elsewhere',
    at: 'Mirela Oszek, the head',
  },
  {
    name: 'a speaker of another paragraph',
    file: COSTS,
    change: swap('speaker: Mirela Oszek', 'speaker: Pia Lenhart'),
    code: 'source-name-elsewhere',
    at: 'speaker: Pia Lenhart',
  },
  {
    name: 'a speaker whom the article does not have',
    file: COSTS,
    change: swap('speaker: Mirela Oszek', 'speaker: Imran Sadiq'),
    code: 'source-name',
    at: 'speaker: Imran Sadiq',
  },
  {
    name: 'a speaker of the paragraph before, where somebody else speaks',
    file: COSTS,
    change: swap('speaker: Mirela Oszek', 'speaker: Aldo Brisch'),
    code: 'source-name-elsewhere',
    at: 'speaker: Aldo Brisch',
  },
  {
    name: 'a day in a year that neither the paragraph nor the publication gives',
    file: FARES,
    change: swap('date: 2026-08-01', 'date: 2027-08-01'),
    code: 'source-date',
    at: 'date: 2027-08-01',
  },
  {
    name: 'a day long after a paragraph that only counts years',
    file: OPENING,
    change: swap('date: 2026-05-10\n', 'date: 2031-01-01\n'),
    code: 'source-date',
    at: 'date: 2031-01-01',
  },
  {
    name: 'eight words in a row from the article',
    file: STREET,
    change: swap('the city planted 600 trees', 'the city has planted 600 young trees, though not all of them'),
    code: 'source-copied',
    at: '600 young',
  },
  {
    name: 'a summary with a number that the article does not have',
    file: COSTS,
    change: swap('What Line 6 was to cost', '€99 million, which Line 6 was to cost'),
    code: 'source-heading',
    at: '€99 million, which',
  },
  {
    name: 'a summary with a name that the article does not have',
    file: COSTS,
    change: swap('What Line 6 was to cost', 'What Imran Sadiq says Line 6 was to cost'),
    code: 'source-heading',
    at: 'What Imran',
  },
  {
    name: 'a summary from the article',
    file: STREET,
    change: swap('What the works did to the shops on Kornstrasse', 'Those who lived with the building site have'),
    code: 'source-copied',
    at: 'Those who',
  },

  {
    name: 'a claim that opens with "All four"',
    file: BRIDGE,
    change: add('All four were cracked, the paper reports.'),
    code: 'claim-opening',
    at: 'All four',
  },
  {
    name: 'a claim that opens with "Both sides"',
    file: BRIDGE,
    change: add('Both sides went to court in Varnsee.'),
    code: 'claim-opening',
    at: 'Both sides',
  },
  {
    name: 'a claim that opens with "The talks"',
    file: BRIDGE,
    change: add('The talks failed in Varnsee.'),
    code: 'claim-opening',
    at: 'The talks',
  },
  {
    name: 'a claim that opens with a pronoun',
    file: BRIDGE,
    change: add('He sued Steinmaar in Varnsee.'),
    code: 'claim-opening',
    at: 'He sued',
  },
  {
    name: 'a claim that opens with "It" for something',
    file: BRIDGE,
    change: add('It sued Steinmaar in Varnsee.'),
    code: 'claim-opening',
    at: 'It sued',
  },
  {
    name: 'a claim that opens with "As a result"',
    file: BRIDGE,
    change: add('As a result, Halmbruck sued Steinmaar.'),
    code: 'claim-opening',
    at: 'As a result',
  },
  {
    name: 'both of two who are not named',
    file: BRIDGE,
    change: add('The court in Varnsee heard what both sides had to say.'),
    code: 'claim-pair',
    at: 'The court',
  },
  {
    name: 'an "also" that refers to another claim',
    file: BRIDGE,
    change: add('Steinmaar also sued Halmbruck.'),
    code: 'claim-also',
    at: 'also sued',
  },

  {
    name: 'a loaded word as a plain fact',
    file: STREET,
    change: swap(`judges the city's compensation "an insult": hers`, 'got an insult from the city: hers'),
    code: 'loaded-bare',
    at: 'an insult',
  },
  {
    name: 'a loaded word in a summary',
    file: STREET,
    change: swap('What the works did to', 'The crime of the works against'),
    code: 'loaded-bare',
    at: 'The crime',
  },
  {
    name: 'a loaded word without the note that another claim has',
    file: BRIDGE,
    change: (page) =>
      add('Steinmaar, the author writes, would make no confession.')(
        swap(
          'The ground survey has',
          'No confession was made. The survey has',
        )(
          swap(
            'Steinmaar blames the city',
            'The author calls it a confession that Steinmaar blames the city',
          )(page)
            .replace('speaker: Steinmaar', 'speaker: author')
            .replace(
              'kind: attributed\n  - paragraph: 6\n  - speaker: author',
              'kind: reported\n  - paragraph: 6\n  - speaker: author',
            ),
        ),
      ),
    code: 'loaded-note',
    at: 'would make no confession',
  },
  {
    name: 'a contested figure without the note that another claim has',
    file: VEHICLES,
    change: add('Nineteen shops closed, the author writes.', '  - paragraph: 10\n  - number: 19 shops\n'),
    code: 'contested-note',
    at: 'Nineteen shops',
  },
  {
    name: 'a contested figure whose note withholds the other number',
    file: STREET,
    change: swap(
      'counts 11 closures in the same months, and says that four',
      'counts fewer in May 2024, and says that some',
    ),
    code: 'contested-number',
    at: 'closures]\n',
  },
  {
    name: 'a note without a source',
    file: OPENING,
    change: swap('    - source: Halmbruck city council', '    - owner: Halmbruck city council'),
    code: 'note-source',
    at: '[^forecast]:',
  },
  {
    name: 'a note that is written twice',
    file: FARES,
    change: (page) =>
      `${swap('bridge cracked.', 'bridge cracked.[^survey]')(page)}\n[^survey]: **Context.** The ground survey has not been published. Each side quotes the parts that favour it, and no independent expert has yet reported to the court.\n    - source: the court\n`,
    code: 'note-repeated',
    at: '[^survey]:',
  },
  {
    name: 'two notes that differ a little',
    file: FARES,
    change: (page) =>
      `${swap('bridge cracked.', 'bridge cracked.[^ground]')(page)}\n[^ground]: **Contested.** The ground survey has not been published. Either side quotes parts that favour it, and no independent expert has reported to the court so far.\n    - source: the court\n`,
    code: 'note-differs',
    at: '[^ground]:',
  },

  {
    name: 'a person whom the claim does not name',
    file: FARES,
    change: swap('people: Viktor Sandau', 'people: Viktor Sandau; Danuta Krem'),
    code: 'data-name',
    at: 'Danuta Krem',
  },
  {
    name: 'a place that the claim does not name',
    file: STREET,
    change: swap('places: Kornstrasse\n', 'places: Kornstrasse; Rehberg\n'),
    code: 'data-name',
    at: 'Rehberg',
  },
  {
    name: 'a person by another form of the name',
    file: FARES,
    change: swap('people: Viktor Sandau', 'people: Sandau'),
    code: 'data-form',
    at: 'people: Sandau',
  },
  {
    name: 'a number that the text contradicts',
    file: COSTS,
    change: swap('number: €468 million', 'number: €480 million'),
    code: 'data-number',
    at: '€480 million',
  },
  {
    name: 'a further number that the text lacks',
    file: COSTS,
    change: swap('numbers: 15 % of the bill', 'numbers: 15 % of the bill; 40 % of the bill'),
    code: 'data-number',
    at: '40 % of the bill',
  },
  {
    name: 'a date that the text contradicts',
    file: STREET,
    change: swap('date: 2021', 'date: 2020'),
    code: 'data-date',
    at: 'date: 2020',
  },

  {
    name: 'a question under two claims',
    file: FARE_ASKS,
    change: swap('- sandau fares', '- New ticket price?'),
    code: 'ask-twice',
    at: '- New ticket price?',
  },
  {
    name: 'a question twice under one claim',
    file: FARE_ASKS,
    change: swap('- Are tickets getting more expensive?', '- new ticket price!'),
    code: 'ask-here-twice',
    at: '- new ticket price!',
  },
  {
    name: 'a question of another topic',
    file: FARE_ASKS,
    change: swap('- sandau fares', '- How many shops closed'),
    code: 'ask-twice',
    at: 'How many shops closed?',
    blamed: STREET_ASKS,
  },
  {
    name: 'a question that is open, too',
    file: FARE_ASKS,
    change: (text) => text.replace(/open:\n/, 'open:\n  - New ticket-price?\n'),
    code: 'ask-open',
    at: '- New ticket-price?',
  },
  {
    name: 'a question for a number that the claim lacks',
    file: FARE_ASKS,
    change: swap('- sandau fares', '- How many euros does Sandau want?'),
    code: 'ask-number',
    at: 'How many euros does Sandau',
  },
  {
    name: 'a question for a time that the claim lacks',
    file: FARE_ASKS,
    change: swap('- sandau fares', '- When did Sandau say so?'),
    code: 'ask-date',
    at: 'When did Sandau',
  },
  {
    name: 'a question for somebody whom the claim lacks',
    file: FARE_ASKS,
    change: swap('- Old and new price of a single', '- Who decided on the new fare?'),
    code: 'ask-person',
    at: 'Who decided',
  },

  {
    name: 'a synonym that is a loaded word',
    file: RECORD,
    change: swap('sued: [took to court', 'sued: [accused of a crime, took to court'),
    code: 'synonym-loaded',
    at: 'sued:',
  },
  {
    name: 'a city for a state',
    file: RECORD,
    change: swap('synonyms:\n', 'synonyms:\n  Tolvia: [Pelsk]\n'),
    code: 'synonym-belonging',
    at: 'Tolvia: [Pelsk]',
  },
  {
    name: 'a homeland for a state',
    file: RECORD,
    change: swap('synonyms:\n', 'synonyms:\n  Tolvia: [tram homeland]\n'),
    code: 'synonym-belonging',
    at: 'Tolvia: [tram',
  },
  {
    name: 'a comment that names no check',
    file: STREET,
    change: swap(
      'the paper reports.\n  - id: compensation-paid',
      'the paper reports. <!-- lint: everything -->\n  - id: compensation-paid',
    ),
    code: 'allow-unknown',
    at: 'lint: everything',
  },
  {
    name: 'a shared note without a source',
    file: SHARED,
    change: swap('    - source: Regional', '    - owner: Regional'),
    code: 'note-source',
    at: '[^hearing]',
  },
];
