import { composeBylines } from '../src/core/article.ts';
import type { Asker } from '../src/core/asker.ts';
import { type Choice, type Context, defineCommand, type Option, type Subcommand } from '../src/core/command.ts';
import { parseTime } from '../src/core/date.ts';
import { DAYS, type Days, type Digests, isReport, type Subscription, type Wish } from '../src/core/digests.ts';
import { RefusedQuestion } from '../src/core/errors.ts';
import { ACTION_OPTION, createQuestion, type Question } from '../src/core/question.ts';
import { type Action, createReply, type Entry, paginate, type Reply } from '../src/core/reply.ts';
import { capitalize, joinText, say, type Text } from '../src/core/text.ts';
import { completeTimeZone, findTimeZone } from '../src/core/time-zones.ts';
import { english, type Key, type Words, wordsOf } from '../src/i18n/words.ts';

const WHICH = {
  name: 'digest',
  description: english('command.digest.which'),
  required: false,
  accepts: (text: string) => /^#?\w{1,12}$/.test(text),
} as const satisfies Option;

const SUBCOMMANDS = [
  {
    name: 'subscribe',
    description: english('command.digest.subscribe'),
    elsewhere: true,
    options: [
      {
        name: 'time',
        description: english('command.digest.subscribe.time'),
        required: true,
        accepts: (text) => parseTime(text) !== undefined,
      },
      {
        name: 'zone',
        description: english('command.digest.subscribe.zone'),
        required: false,
        complete: completeTimeZone,
        // `iran` is a time zone, and may be a topic too.
        accepts: (text) => /\/|^utc$/i.test(text) && findTimeZone(text) !== undefined,
      },
      {
        name: 'days',
        description: english('command.digest.subscribe.days'),
        required: false,
        complete: completeDays,
        accepts: (text) => parseDays(text) !== undefined,
      },
      {
        name: 'topics',
        description: english('command.digest.subscribe.topics'),
        required: false,
        complete: completeTopics,
        accepts: () => true,
      },
    ],
  },
  { name: 'status', description: english('command.digest.status'), options: [], elsewhere: true },
  { name: 'pause', description: english('command.digest.pause'), options: [WHICH], elsewhere: true },
  { name: 'resume', description: english('command.digest.resume'), options: [WHICH], elsewhere: true },
  { name: 'unsubscribe', description: english('command.digest.unsubscribe'), options: [WHICH], elsewhere: true },
  { name: 'send', description: english('command.digest.send'), options: [WHICH], private: true, elsewhere: true },
  {
    name: 'preview',
    description: english('command.digest.preview'),
    options: [WHICH],
    private: true,
    elsewhere: true,
  },
] as const satisfies readonly Subcommand[];

export const digest = defineCommand({
  name: 'digest',
  description: english('command.digest'),
  options: [],
  subcommands: SUBCOMMANDS,
  async run(question, context): Promise<Reply> {
    const { asker, options } = question;
    const action = options[ACTION_OPTION] || 'status';
    const digests = context.digests;
    if (!digests || (!asker && action !== 'preview')) {
      throw new RefusedQuestion((words) => ({
        title: words('digest.needs-channel'),
        remedy: say(words, 'digest.needs-channel.remedy', {
          digest: createQuestion('digest'),
          preview: ask('preview'),
        }),
      }));
    }
    if (!asker) return digests.preview(undefined, context.library, question);
    switch (action) {
      case 'status':
        return composeStatus(question, context, await digests.list(asker));
      case 'preview':
        return digests.preview(await choose(question, asker, digests, true), context.library, question);
      case 'subscribe':
        await expectManager(question, asker);
        await expectOpenChannel(question, asker);
        return subscribe(question, context, asker, digests);
      case 'send':
        await expectManager(question, asker);
        await expectOpenChannel(question, asker);
        return sendNow(question, context, asker, digests);
      case 'pause':
      case 'resume':
      case 'unsubscribe':
        await expectManager(question, asker);
        return change(question, context, asker, digests, action);
      default:
        throw new RefusedQuestion((words) => {
          const actions = joinText(
            SUBCOMMANDS.map(({ name }) => ask(name)),
            ', ',
          );
          return { title: words('digest.no-action'), remedy: say(words, 'digest.no-action.remedy', { actions }) };
        });
    }
  },
});

const SUBSCRIBE_EXAMPLE = createQuestion('digest', { action: 'subscribe', time: '08:00' });

/** How replies speak of the channel that a question is about. */
function whereOf({ place }: Question): 'here' | 'there' {
  return place === undefined ? 'here' : 'there';
}

async function expectManager(question: Question, asker: Asker): Promise<void> {
  if (asker.direct || (await asker.mayManage())) return;
  throw new RefusedQuestion((words) => ({
    title: words('digest.managers', { where: whereOf(question) }),
    remedy: words('digest.managers.remedy'),
  }));
}

async function expectOpenChannel(question: Question, asker: Asker): Promise<void> {
  const obstacle = await asker.obstacle();
  if (!obstacle) return;
  throw new RefusedQuestion((words) => ({
    title: words('digest.obstacle', { where: whereOf(question) }),
    remedy: words('digest.obstacle.remedy', { obstacle }),
  }));
}

async function subscribe(question: Question, context: Context, asker: Asker, digests: Digests): Promise<Reply> {
  const wish = await readWish(question, context, asker, digests);
  const { subscription, isNew } = await digests.subscribe(asker, wish);
  const words = wordsOf(question);
  return createReply(about(question), {
    outcome: 'listed',
    title: words(isNew ? 'digest.subscribed' : 'digest.known'),
    byline: composeBylines(context.library.articles, words),
    lead: words(isNew ? 'digest.subscribed.lead' : 'digest.known.lead'),
    entries: [describe(subscription, undefined, context, words)],
    actions: [
      { label: words('digest.preview'), question: about(question, 'preview', subscription) },
      { label: words('digest.send'), question: about(question, 'send', subscription) },
      { label: words('digest.unsubscribe'), question: about(question, 'unsubscribe', subscription) },
    ],
  });
}

async function readWish({ options }: Question, context: Context, asker: Asker, digests: Digests): Promise<Wish> {
  const time = parseTime(options.time ?? '');
  if (!time) {
    throw new RefusedQuestion((words) => ({
      title: words('digest.time'),
      remedy: say(words, 'digest.time.remedy', { command: SUBSCRIBE_EXAMPLE }),
    }));
  }
  const zone = options.zone ? findTimeZone(options.zone) : ((await asker.timeZone()) ?? digests.defaultZone);
  if (!zone) {
    const near = completeTimeZone(options.zone ?? '').slice(0, 3);
    const zones = near.length > 0 ? near.map(({ value }) => value).join(', ') : 'Europe/London, America/New_York, UTC';
    throw new RefusedQuestion((words) => ({
      title: words('digest.zone'),
      remedy: words('digest.zone.remedy', { zones }),
    }));
  }
  const days = options.days ? parseDays(options.days) : 'daily';
  if (!days) {
    throw new RefusedQuestion((words) => ({
      title: words('digest.days'),
      remedy: words('digest.days.remedy', { days: DAYS.join(', ') }),
    }));
  }
  const topics = (options.topics ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
    .map((name) => {
      const topic = context.library.find(name.replace(/^\//, ''));
      if (topic) return topic.slug;
      const near = context.search.names(name, 3).flatMap((match) => match.topic ?? []);
      const command = createQuestion('topics');
      const list = near.map(({ slug }) => slug).join(', ');
      throw new RefusedQuestion(
        (words) => ({
          title: words('topic.none'),
          remedy: list ? say(words, 'topic.near', { topics: list, command }) : say(words, 'topic.list', { command }),
        }),
        near,
      );
    });
  return { time, zone, days, topics: [...new Set(topics)] };
}

async function change(
  question: Question,
  context: Context,
  asker: Asker,
  digests: Digests,
  action: 'pause' | 'resume' | 'unsubscribe',
): Promise<Reply> {
  const subscription = await expectOne(question, asker, digests);
  if (subscription.fixed) {
    const setting = isReport(subscription) ? 'EDITORS_CHANNEL' : 'DIGEST_CHANNELS';
    throw new RefusedQuestion((words) => ({
      title: words('digest.is-fixed'),
      remedy: words('digest.is-fixed.remedy', { setting }),
    }));
  }
  if (action === 'unsubscribe') {
    await digests.unsubscribe(subscription, asker);
    return composeStatus(question, context, await digests.list(asker), 'digest.unsubscribed');
  }
  await digests[action](subscription, asker);
  return composeStatus(
    question,
    context,
    await digests.list(asker),
    action === 'pause' ? 'digest.paused' : 'digest.resumed',
  );
}

async function sendNow(question: Question, context: Context, asker: Asker, digests: Digests): Promise<Reply> {
  const subscription = await expectOne(question, asker, digests);
  if (subscription.state === 'paused') {
    throw new RefusedQuestion((words) => ({
      title: words('digest.send.paused'),
      remedy: say(words, 'digest.send.paused.remedy', { command: ask('resume') }),
    }));
  }
  const key = (await digests.sendNow(subscription, asker))
    ? ('digest.sent' as const)
    : ('digest.sent-already' as const);
  const words = wordsOf(question);
  return createReply(about(question), {
    outcome: 'listed',
    title: words(key),
    byline: composeBylines(context.library.articles, words),
    lead: words(`${key}.lead`),
    entries: [describe(subscription, undefined, context, words)],
  });
}

async function expectOne(question: Question, asker: Asker, digests: Digests): Promise<Subscription> {
  const found = await choose(question, asker, digests);
  if (found) return found;
  throw new RefusedQuestion((words) => ({
    title: words('digest.no-digest', { where: whereOf(question) }),
    remedy: say(words, 'digest.no-digest.remedy', { command: ask('subscribe') }),
  }));
}

/** The subscription that the question names by its number, from 1, or by its id; the only one if it names none. */
async function choose(
  question: Question,
  asker: Asker,
  digests: Digests,
  optional = false,
): Promise<Subscription | undefined> {
  const all = await digests.list(asker);
  const where = whereOf(question);
  const name = question.options.digest?.replace(/^#/, '').trim();
  if (!name) {
    if (all.length < 2 || optional) return all[0];
    throw new RefusedQuestion((words) => ({
      title: words('digest.which'),
      remedy: say(words, 'digest.which.remedy', { where, count: all.length, command: ask('status') }),
    }));
  }
  const found = all.find(({ id }, index) => id === name || String(index + 1) === name);
  if (found) return found;
  throw new RefusedQuestion((words) => ({
    title: words('digest.unknown', { where }),
    remedy: say(words, 'digest.unknown.remedy', { where, command: ask('status') }),
  }));
}

function composeStatus(
  question: Question,
  context: Context,
  all: readonly Subscription[],
  title: Extract<Key, 'digest.title' | 'digest.paused' | 'digest.resumed' | 'digest.unsubscribed'> = 'digest.title',
): Reply {
  const words = wordsOf(question);
  const reply = createReply(
    { ...question, command: 'digest', options: {} },
    {
      outcome: 'listed',
      title: words(title),
      byline: composeBylines(context.library.articles, words),
      lead: all.length > 0 ? whose(question, words) : describeNone(question, words),
      entries: all.map((subscription, index) => describe(subscription, index + 1, context, words)),
    },
  );
  const page = paginate(reply);
  const shown = all.slice(page.from, page.from + page.entries.length);
  return {
    ...reply,
    actions: [
      ...shown.flatMap((one) => actionsFor(question, one, all, words)),
      { label: words('digest.preview'), question: about(question, 'preview', shown[0]) },
    ],
  };
}

function describeNone({ place }: Question, words: Words): Text {
  return say(words, place === undefined ? 'digest.none' : 'digest.none.there', { command: SUBSCRIBE_EXAMPLE });
}

/** Outside a channel, such as on a home tab, readers see all the digests they own. */
function whose(question: Question, words: Words): string {
  return question.asker?.channel ? words('digest.of', { where: whereOf(question) }) : words('digest.yours');
}

function actionsFor(asked: Question, subscription: Subscription, all: readonly Subscription[], words: Words): Action[] {
  if (subscription.fixed) return [];
  const number = all.indexOf(subscription) + 1;
  const toAction = (name: 'pause' | 'resume' | 'unsubscribe'): Action => {
    const action = words(`digest.${name}`);
    return {
      label: all.length > 1 ? words('digest.numbered', { action, number }) : action,
      question: about(asked, name, subscription),
    };
  };
  return [toAction(subscription.state === 'active' ? 'pause' : 'resume'), toAction('unsubscribe')];
}

type ActionName = (typeof SUBCOMMANDS)[number]['name'];

function ask(action: ActionName): Question {
  return createQuestion('digest', { [ACTION_OPTION]: action });
}

/** A question about the same channel as the one asked. */
function about({ place, locale }: Question, action?: ActionName, subscription?: Subscription): Question {
  const options = {
    ...(action ? { [ACTION_OPTION]: action } : {}),
    ...(subscription ? { digest: subscription.id } : {}),
  };
  return createQuestion('digest', options, { locale, ...(place === undefined ? {} : { place }) });
}

function describe(subscription: Subscription, number: number | undefined, { library }: Context, words: Words): Entry {
  const { time, zone, days, topics, state, reason, nextDue, fixed } = subscription;
  const titles = topics.flatMap((slug) => library.find(slug)?.title ?? []);
  const when = { time, zone, days: words(`days.${days}`) };
  return {
    type: 'line',
    label: number === undefined ? words('digest.label', when) : words('digest.label.numbered', { number, ...when }),
    text: joinText(
      [
        isReport(subscription)
          ? words('digest.report')
          : titles.length > 0
            ? words('digest.on', { topics: titles.join(', ') })
            : words('digest.all'),
        ...(state === 'paused' ? [reason ? words('digest.is-paused.why', { reason }) : words('digest.is-paused')] : []),
        ...(nextDue === undefined ? [] : [say(words, 'digest.next', { moment: { moment: nextDue, zone } })]),
        ...(fixed ? [words('digest.fixed')] : []),
      ],
      ' ',
    ),
  };
}

/** `mon` and `Monday` alike. */
function parseDays(text: string): Days | undefined {
  const typed = text.trim().toLowerCase();
  return typed.length < 3 ? undefined : DAYS.find((days) => days.startsWith(typed));
}

function completeDays(typed: string): Choice[] {
  const wanted = typed.trim().toLowerCase();
  return DAYS.filter((days) => days.startsWith(wanted)).map((days) => ({
    name: capitalize(english(`day.${days}`)),
    value: days,
  }));
}

/** Completes the last topic in a list. */
function completeTopics(typed: string, { library, search }: Context): Choice[] {
  const parts = typed.split(',');
  const last = (parts.pop() ?? '').trim();
  const before = parts.map((part) => part.trim()).filter(Boolean);
  const found = last ? search.names(last, 50).flatMap(({ topic }) => topic ?? []) : library.topics;
  return found
    .filter(({ slug }) => !before.includes(slug))
    .slice(0, 25)
    .map(({ slug }) => ({ name: [...before, slug].join(', ').slice(-100), value: [...before, slug].join(',') }))
    .filter(({ value }) => value.length <= 100);
}
