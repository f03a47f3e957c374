import { type Article, type Claim, composeBylines, type Topic } from '../src/core/article.ts';
import { type Choice, type Context, defineCommand } from '../src/core/command.ts';
import { RefusedQuestion } from '../src/core/errors.ts';
import { type Library, nameKey } from '../src/core/library.ts';
import { createQuestion, type Question } from '../src/core/question.ts';
import {
  type Action,
  composeClaimEntry,
  composeHeading,
  createReply,
  type Entry,
  paginate,
  type Reply,
} from '../src/core/reply.ts';
import { capitalize } from '../src/core/text.ts';
import { beside, english, type Words, wordsOf } from '../src/i18n/words.ts';

/** Names offered if nobody has the one that was asked for. */
const MAX_OFFERED = 8;
/** The longest choice or button label that every platform accepts. */
const MAX_LABEL = 75;

/** Somebody whom an article names, with the claims that are theirs and the claims that name them. */
interface NamedPerson {
  readonly name: string;
  readonly article: Article;
  readonly role?: string;
  readonly also: readonly string[];
  readonly groups: readonly string[];
  readonly said: readonly Placed[];
  readonly about: readonly Placed[];
}

interface Placed {
  readonly claim: Claim;
  readonly topic: Topic;
}

export const people = defineCommand({
  name: 'people',
  description: english('command.people'),
  options: [{ name: 'name', description: english('command.people.name'), required: false, complete }],
  constant: true,
  run(question, { library }): Reply {
    const all = listPeople(library);
    const wanted = question.options.name;
    if (!wanted) return composeList(wordsOf(question)('people.title'), all, question, library);
    const found = all.filter((one) => isCalled(one, wanted));
    if (found.length > 0) return composePeople(found, question, library);
    const group = all.filter(({ groups }) => groups.some((one) => nameKey(one) === nameKey(wanted)));
    if (group.length > 0) return composeList(wanted, group, question, library);
    const names = [...new Set(all.map(({ name }) => name))].slice(0, MAX_OFFERED).join(', ');
    throw new RefusedQuestion((words) => ({
      title: words('people.none'),
      remedy: names ? words('people.none.remedy', { names }) : words('people.none.at-all'),
    }));
  },
});

/** Everybody named by a claim, article by article, in the order of the claims. */
function listPeople({ articles, topics }: Library): NamedPerson[] {
  return articles.flatMap((article) => {
    const claims = topics
      .filter((topic) => topic.article === article)
      .flatMap((topic) => topic.claims.map((claim): Placed => ({ claim, topic })));
    const record = new Map(Object.entries(article.people));
    const names = new Set([...claims.flatMap(({ claim }) => claim.people), ...record.keys()]);
    return [...names].flatMap((name): NamedPerson[] => {
      const { role, also = [], groups = [] } = record.get(name) ?? {};
      const said = name === article.author ? [] : claims.filter(({ claim }) => isSpeaker(claim, [name, ...also]));
      const about = claims.filter((one) => one.claim.people.includes(name) && !said.includes(one));
      if (said.length + about.length === 0) return [];
      return [{ name, article, also, groups, said, about, ...(role ? { role } : {}) }];
    });
  });
}

/** A speaker may be written with an office: `Ilham Aliyev, President of Azerbaijan`. */
function isSpeaker({ speaker }: Claim, names: readonly string[]): boolean {
  const [name = ''] = speaker.split(',');
  return names.some((one) => nameKey(one) === nameKey(name));
}

function isCalled({ name, also }: NamedPerson, wanted: string): boolean {
  return [name, ...also].some((one) => nameKey(one) === nameKey(wanted));
}

function composeList(title: string, list: readonly NamedPerson[], question: Question, library: Library): Reply {
  const words = wordsOf(question);
  const reply = createReply(question, {
    outcome: 'listed',
    title: capitalize(title, words),
    byline: composeBylines(library.articles, words),
    lead: words('people.lead'),
    lists: library.articles,
    entries: list.map((one): Entry => ({ type: 'line', label: one.name, text: describe(one, library, words) })),
  });
  const { from, entries } = paginate(reply);
  return { ...reply, actions: list.slice(from, from + entries.length).map(personAction) };
}

function describe({ role, article, said, about }: NamedPerson, { articles }: Library, words: Words): string {
  const counts = { said: said.length, about: about.length };
  const sentence =
    about.length === 0
      ? words('people.speaks', { count: counts.said })
      : said.length === 0
        ? words('people.named', { count: counts.about })
        : words('people.both', counts);
  const where = articles.length > 1 ? ` (${beside(article.short, words)})` : '';
  return `${role ? `${beside(role, words)}; ` : ''}${sentence}${where}.`;
}

function personAction({ name }: NamedPerson): Action {
  return { label: name.slice(0, MAX_LABEL), question: createQuestion('people', { name }) };
}

/** What somebody says, then what is said about them; of several articles, one after the other. */
function composePeople(found: readonly NamedPerson[], question: Question, library: Library): Reply {
  const words = wordsOf(question);
  const entry =
    (heading: string) =>
    ({ claim, topic }: Placed) =>
      composeClaimEntry(claim, topic, composeHeading(heading, topic, library.articles));
  return createReply(question, {
    outcome: 'answered',
    title: found[0]?.name ?? '',
    byline: composeBylines([...new Set(found.map(({ article }) => article))], words),
    ...(found[0]?.role ? { lead: `${found[0].role}.` } : {}),
    entries: found.flatMap(({ said, about }) => [
      ...said.map(entry(words('people.says'))),
      ...about.map(entry(words('people.is-named'))),
    ]),
    actions: [{ label: words('action.people'), question: createQuestion('people') }],
  });
}

function complete(typed: string, { library }: Context): Choice[] {
  const names = [...new Set(listPeople(library).map(({ name }) => name))];
  return names
    .filter((name) => nameKey(name).includes(nameKey(typed)))
    .map((name) => ({ name: name.slice(0, 100), value: name.slice(0, 100) }));
}
