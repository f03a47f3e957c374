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

const WHICH = {
  name: 'digest',
  description: 'Its number in this channel’s list, if there are several',
  required: false,
  accepts: (text: string) => /^#?\w{1,12}$/.test(text),
} as const satisfies Option;

const SUBCOMMANDS = [
  {
    name: 'subscribe',
    description: 'Get one topic at the hour you choose, here or in a direct message',
    elsewhere: true,
    options: [
      {
        name: 'time',
        description: 'Local time, such as 08:00 or 8 am',
        required: true,
        accepts: (text) => parseTime(text) !== undefined,
      },
      {
        name: 'zone',
        description: 'Time zone, such as Europe/London',
        required: false,
        complete: completeTimeZone,
        // `iran` is a time zone, and may be a topic too.
        accepts: (text) => /\/|^utc$/i.test(text) && findTimeZone(text) !== undefined,
      },
      {
        name: 'days',
        description: 'daily, weekdays or one day a week',
        required: false,
        complete: completeDays,
        accepts: (text) => parseDays(text) !== undefined,
      },
      {
        name: 'topics',
        description: 'Only these topics, separated by commas; leave out for all of them',
        required: false,
        complete: completeTopics,
        accepts: () => true,
      },
    ],
  },
  { name: 'status', description: 'This channel’s digests and when the next one is due', options: [], elsewhere: true },
  { name: 'pause', description: 'Pause a digest', options: [WHICH], elsewhere: true },
  { name: 'resume', description: 'Resume a paused digest', options: [WHICH], elsewhere: true },
  { name: 'unsubscribe', description: 'End a digest', options: [WHICH], elsewhere: true },
  { name: 'send', description: 'Send the next digest here now', options: [WHICH], private: true, elsewhere: true },
  {
    name: 'preview',
    description: 'Show the next digest to you alone',
    options: [WHICH],
    private: true,
    elsewhere: true,
  },
] as const satisfies readonly Subcommand[];

export const digest = defineCommand({
  name: 'digest',
  description: 'A daily briefing in this channel: subscribe, status, pause, resume, unsubscribe, preview',
  options: [],
  subcommands: SUBCOMMANDS,
  async run(question, context): Promise<Reply> {
    const { asker, options } = question;
    const action = options[ACTION_OPTION] || 'status';
    const digests = context.digests;
    if (!digests || (!asker && action !== 'preview')) {
      throw new RefusedQuestion(
        'A digest needs a channel',
        say`Connect the bot to a chat platform and type ${createQuestion('digest')} in a channel or a direct message there. ${ask('preview')} shows one here.`,
      );
    }
    if (!asker) return digests.preview(undefined, context.library);
    switch (action) {
      case 'status':
        return composeStatus(question, context, await digests.list(asker));
      case 'preview':
        return digests.preview(await choose(question, asker, digests, true), context.library);
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
        throw new RefusedQuestion(
          'Digests have no such action',
          say`Choose one of these: ${joinText(
            SUBCOMMANDS.map(({ name }) => ask(name)),
            ', ',
          )}.`,
        );
    }
  },
});

const SUBSCRIBE_EXAMPLE = createQuestion('digest', { action: 'subscribe', time: '08:00' });

/** How replies speak of the channel that a question is about. */
function wordsFor({ place }: Question) {
  return place === undefined ? { here: 'here', thisOne: 'this channel' } : { here: 'there', thisOne: 'that channel' };
}

async function expectManager(question: Question, asker: Asker): Promise<void> {
  if (asker.direct || (await asker.mayManage())) return;
  throw new RefusedQuestion(
    `Only managers of ${wordsFor(question).thisOne} can change its digest`,
    'Ask someone who manages it, or send the bot a direct message to subscribe for yourself.',
  );
}

async function expectOpenChannel(question: Question, asker: Asker): Promise<void> {
  const obstacle = await asker.obstacle();
  if (!obstacle) return;
  throw new RefusedQuestion(`The bot cannot post ${wordsFor(question).here} yet`, `${obstacle} Then subscribe again.`);
}

async function subscribe(question: Question, context: Context, asker: Asker, digests: Digests): Promise<Reply> {
  const wish = await readWish(question, context, asker, digests);
  const { subscription, isNew } = await digests.subscribe(asker, wish);
  return createReply(about(question), {
    outcome: 'listed',
    title: isNew ? 'Subscribed' : 'You have this digest already',
    byline: composeBylines(context.library.articles),
    lead: `${isNew ? 'One topic each time, with its claims, their sources and the editors’ notes.' : 'Nothing was changed.'}`,
    entries: [describe(subscription, undefined, context)],
    actions: [
      { label: 'Preview', question: about(question, 'preview', subscription) },
      { label: 'Send it now', question: about(question, 'send', subscription) },
      { label: 'Unsubscribe', question: about(question, 'unsubscribe', subscription) },
    ],
  });
}

async function readWish({ options }: Question, context: Context, asker: Asker, digests: Digests): Promise<Wish> {
  const time = parseTime(options.time ?? '');
  if (!time) throw new RefusedQuestion('At what time?', say`Write a time, as in ${SUBSCRIBE_EXAMPLE}`);
  const zone = options.zone ? findTimeZone(options.zone) : ((await asker.timeZone()) ?? digests.defaultZone);
  if (!zone) {
    const near = completeTimeZone(options.zone ?? '').slice(0, 3);
    const offer = near.length > 0 ? near.map(({ value }) => value).join(', ') : 'Europe/London, America/New_York, UTC';
    throw new RefusedQuestion('There is no such time zone', `Use one such as ${offer}.`);
  }
  const days = options.days ? parseDays(options.days) : 'daily';
  if (!days) throw new RefusedQuestion('On which days?', `Use one of ${DAYS.join(', ')}.`);
  const topics = (options.topics ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
    .map((name) => {
      const topic = context.library.find(name.replace(/^\//, ''));
      if (topic) return topic.slug;
      const near = context.search.names(name, 3).flatMap((match) => match.topic ?? []);
      throw new RefusedQuestion(
        'There is no such topic',
        say`${near.length > 0 ? `Did you mean ${near.map(({ slug }) => slug).join(', ')}? ` : ''}${createQuestion('topics')} lists them all.`,
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
    throw new RefusedQuestion(
      'This digest is set in the bot’s configuration',
      `Ask the person who runs the bot to change ${isReport(subscription) ? 'EDITORS_CHANNEL' : 'DIGEST_CHANNELS'}.`,
    );
  }
  if (action === 'unsubscribe') {
    await digests.unsubscribe(subscription, asker);
    return composeStatus(question, context, await digests.list(asker), 'Unsubscribed');
  }
  await digests[action](subscription, asker);
  return composeStatus(question, context, await digests.list(asker), action === 'pause' ? 'Paused' : 'Resumed');
}

async function sendNow(question: Question, context: Context, asker: Asker, digests: Digests): Promise<Reply> {
  const subscription = await expectOne(question, asker, digests);
  if (subscription.state === 'paused') {
    throw new RefusedQuestion('This digest is paused', say`${ask('resume')} starts it again. Then send it.`);
  }
  const isNew = await digests.sendNow(subscription, asker);
  return createReply(about(question), {
    outcome: 'listed',
    title: isNew ? 'On its way' : 'It was sent a moment ago',
    byline: composeBylines(context.library.articles),
    lead: isNew ? 'The next digest arrives within half a minute.' : 'Wait a minute before you send another.',
    entries: [describe(subscription, undefined, context)],
  });
}

async function expectOne(question: Question, asker: Asker, digests: Digests): Promise<Subscription> {
  const found = await choose(question, asker, digests);
  if (found) return found;
  throw new RefusedQuestion(`There is no digest ${wordsFor(question).here}`, say`Start one with ${ask('subscribe')}.`);
}

/** The subscription that the question names by its number, from 1, or by its id; the only one if it names none. */
async function choose(
  question: Question,
  asker: Asker,
  digests: Digests,
  optional = false,
): Promise<Subscription | undefined> {
  const all = await digests.list(asker);
  const { here, thisOne } = wordsFor(question);
  const name = question.options.digest?.replace(/^#/, '').trim();
  if (!name) {
    if (all.length < 2 || optional) return all[0];
    throw new RefusedQuestion(
      'Which one?',
      say`${capitalize(thisOne)} has ${String(all.length)} digests; ${ask('status')} numbers them.`,
    );
  }
  const found = all.find(({ id }, index) => id === name || String(index + 1) === name);
  if (found) return found;
  throw new RefusedQuestion(`There is no such digest ${here}`, say`${ask('status')} lists those of ${thisOne}.`);
}

function composeStatus(question: Question, context: Context, all: readonly Subscription[], title = 'Digests'): Reply {
  const reply = createReply(
    { ...question, command: 'digest', options: {} },
    {
      outcome: 'listed',
      title,
      byline: composeBylines(context.library.articles),
      lead: all.length > 0 ? whose(question) : describeNone(question),
      entries: all.map((subscription, index) => describe(subscription, index + 1, context)),
    },
  );
  const page = paginate(reply);
  const shown = all.slice(page.from, page.from + page.entries.length);
  return {
    ...reply,
    actions: [
      ...shown.flatMap((one) => actionsFor(question, one, all)),
      { label: 'Preview', question: about(question, 'preview', shown[0]) },
    ],
  };
}

function describeNone({ place }: Question): Text {
  return place === undefined
    ? say`There is none here. Start one with ${SUBSCRIBE_EXAMPLE}`
    : say`There is none there. Start one with ${SUBSCRIBE_EXAMPLE} and that channel.`;
}

/** Outside a channel, such as on a home tab, readers see all the digests they own. */
function whose(question: Question): string {
  return question.asker?.channel ? `Of ${wordsFor(question).thisOne}:` : 'Yours, in all channels:';
}

function actionsFor(asked: Question, subscription: Subscription, all: readonly Subscription[]): Action[] {
  if (subscription.fixed) return [];
  const number = all.length > 1 ? ` ${all.indexOf(subscription) + 1}` : '';
  const toggle = subscription.state === 'active' ? (['Pause', 'pause'] as const) : (['Resume', 'resume'] as const);
  return [
    { label: `${toggle[0]}${number}`, question: about(asked, toggle[1], subscription) },
    { label: `Unsubscribe${number}`, question: about(asked, 'unsubscribe', subscription) },
  ];
}

type ActionName = (typeof SUBCOMMANDS)[number]['name'];

function ask(action: ActionName): Question {
  return createQuestion('digest', { [ACTION_OPTION]: action });
}

/** A question about the same channel as the one asked. */
function about({ place }: Question, action?: ActionName, subscription?: Subscription): Question {
  const options = {
    ...(action ? { [ACTION_OPTION]: action } : {}),
    ...(subscription ? { digest: subscription.id } : {}),
  };
  return createQuestion('digest', options, place === undefined ? {} : { place });
}

function describe(subscription: Subscription, number: number | undefined, { library }: Context): Entry {
  const { time, zone, days, topics, state, reason, nextDue, fixed } = subscription;
  const titles = topics.flatMap((slug) => library.find(slug)?.title ?? []);
  const when = days === 'daily' ? 'every day' : days === 'weekdays' ? 'Monday to Friday' : `every ${capitalize(days)}`;
  return {
    type: 'line',
    label: `${number === undefined ? '' : `${number}. `}${time} ${zone}, ${when}`,
    text: joinText(
      [
        isReport(subscription)
          ? 'What readers missed, for the editors.'
          : titles.length > 0
            ? `On ${titles.join(', ')}.`
            : 'All topics, one at a time.',
        ...(state === 'paused' ? [`Paused${reason ? `: ${reason}` : '.'}`] : []),
        ...(nextDue === undefined ? [] : [say`Next: ${{ moment: nextDue, zone }}.`]),
        ...(fixed ? ['Set in the bot’s configuration.'] : []),
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
  return DAYS.filter((days) => days.startsWith(wanted)).map((days) => ({ name: capitalize(days), value: days }));
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
