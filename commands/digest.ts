import { composeBylines } from '../src/core/article.ts';
import type { Asker } from '../src/core/asker.ts';
import { type Choice, type Context, defineCommand, type Option, type Subcommand } from '../src/core/command.ts';
import { parseTime } from '../src/core/date.ts';
import { DAYS, type Days, type Digests, isReport, type Subscription, type Wish } from '../src/core/digests.ts';
import { RefusedQuestion } from '../src/core/errors.ts';
import { ACTION_OPTION, createQuestion, type Question } from '../src/core/question.ts';
import { type Action, createReply, type Entry, paginate, type Reply } from '../src/core/reply.ts';
import { joinText, say } from '../src/core/text.ts';
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
  { name: 'status', description: 'This channel’s digests and when the next one is due', options: [] },
  { name: 'pause', description: 'Pause a digest', options: [WHICH] },
  { name: 'resume', description: 'Resume a paused digest', options: [WHICH] },
  { name: 'unsubscribe', description: 'End a digest', options: [WHICH] },
  { name: 'send', description: 'Send the next digest here now', options: [WHICH], private: true },
  { name: 'preview', description: 'Show the next digest to you alone', options: [WHICH], private: true },
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
        return digests.preview(await choose(asker, digests, options.digest, true), context.library);
      case 'subscribe':
        await expectManager(asker);
        await expectOpenChannel(asker);
        return subscribe(question, context, asker, digests);
      case 'send':
        await expectManager(asker);
        await expectOpenChannel(asker);
        return sendNow(question, context, asker, digests);
      case 'pause':
      case 'resume':
      case 'unsubscribe':
        await expectManager(asker);
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

async function expectManager(asker: Asker): Promise<void> {
  if (asker.direct || (await asker.mayManage())) return;
  throw new RefusedQuestion(
    'Only managers of this channel can change its digest',
    'Ask someone who manages it, or send the bot a direct message to subscribe for yourself.',
  );
}

async function expectOpenChannel(asker: Asker): Promise<void> {
  const obstacle = await asker.obstacle();
  if (obstacle) throw new RefusedQuestion('The bot cannot post here yet', `${obstacle} Then subscribe again.`);
}

async function subscribe(question: Question, context: Context, asker: Asker, digests: Digests): Promise<Reply> {
  const wish = await readWish(question, context, asker, digests);
  const { subscription, isNew } = await digests.subscribe(asker, wish);
  return createReply(createQuestion('digest'), {
    outcome: 'listed',
    title: isNew ? 'Subscribed' : 'You have this digest already',
    byline: composeBylines(context.library.articles),
    lead: `${isNew ? 'One topic each time, with its claims, their sources and the editors’ notes.' : 'Nothing was changed.'}`,
    entries: [describe(subscription, undefined, context)],
    actions: [
      { label: 'Preview', question: ask('preview', subscription) },
      { label: 'Send it now', question: ask('send', subscription) },
      { label: 'Unsubscribe', question: ask('unsubscribe', subscription) },
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
  const subscription = await choose(asker, digests, question.options.digest);
  if (!subscription) throw new RefusedQuestion('There is no digest here', say`Start one with ${ask('subscribe')}.`);
  if (subscription.fixed) {
    throw new RefusedQuestion(
      'This digest is set in the bot’s configuration',
      `Ask the person who runs the bot to change ${isReport(subscription) ? 'EDITORS_CHANNEL' : 'DIGEST_CHANNELS'}.`,
    );
  }
  if (action === 'unsubscribe') {
    await digests.unsubscribe(subscription);
    return composeStatus(question, context, await digests.list(asker), 'Unsubscribed');
  }
  await digests[action](subscription);
  return composeStatus(question, context, await digests.list(asker), action === 'pause' ? 'Paused' : 'Resumed');
}

async function sendNow(question: Question, context: Context, asker: Asker, digests: Digests): Promise<Reply> {
  const subscription = await choose(asker, digests, question.options.digest);
  if (!subscription) throw new RefusedQuestion('There is no digest here', say`Start one with ${ask('subscribe')}.`);
  if (subscription.state === 'paused') {
    throw new RefusedQuestion('This digest is paused', say`${ask('resume')} starts it again. Then send it.`);
  }
  const isNew = await digests.sendNow(subscription);
  return createReply(createQuestion('digest'), {
    outcome: 'listed',
    title: isNew ? 'On its way' : 'It was sent a moment ago',
    byline: composeBylines(context.library.articles),
    lead: isNew ? 'The next digest arrives within half a minute.' : 'Wait a minute before you send another.',
    entries: [describe(subscription, undefined, context)],
  });
}

/** The subscription with this number, from 1, or this id; the only one if neither is given. */
async function choose(
  asker: Asker,
  digests: Digests,
  which: string | undefined,
  optional = false,
): Promise<Subscription | undefined> {
  const all = await digests.list(asker);
  const name = which?.replace(/^#/, '').trim();
  if (!name) {
    if (all.length < 2 || optional) return all[0];
    throw new RefusedQuestion(
      'Which one?',
      say`This channel has ${String(all.length)} digests; ${ask('status')} numbers them.`,
    );
  }
  const found = all.find(({ id }, index) => id === name || String(index + 1) === name);
  if (found) return found;
  throw new RefusedQuestion('There is no such digest here', say`${ask('status')} lists those of this channel.`);
}

function composeStatus(question: Question, context: Context, all: readonly Subscription[], title = 'Digests'): Reply {
  const reply = createReply(
    { ...question, command: 'digest', options: {} },
    {
      outcome: 'listed',
      title,
      byline: composeBylines(context.library.articles),
      lead: all.length > 0 ? whose(question) : say`There is none here. Start one with ${SUBSCRIBE_EXAMPLE}`,
      entries: all.map((subscription, index) => describe(subscription, index + 1, context)),
    },
  );
  const page = paginate(reply);
  const shown = all.slice(page.from, page.from + page.entries.length);
  return {
    ...reply,
    actions: [
      ...shown.flatMap((one) => actionsFor(one, all)),
      { label: 'Preview', question: ask('preview', shown[0]) },
    ],
  };
}

/** Outside a channel, such as on a home tab, readers see all the digests they own. */
function whose({ asker }: Question): string {
  return asker?.channel ? 'Of this channel:' : 'Yours, in all channels:';
}

function actionsFor(subscription: Subscription, all: readonly Subscription[]): Action[] {
  if (subscription.fixed) return [];
  const number = all.length > 1 ? ` ${all.indexOf(subscription) + 1}` : '';
  const toggle = subscription.state === 'active' ? (['Pause', 'pause'] as const) : (['Resume', 'resume'] as const);
  return [
    { label: `${toggle[0]}${number}`, question: ask(toggle[1], subscription) },
    { label: `Unsubscribe${number}`, question: ask('unsubscribe', subscription) },
  ];
}

function ask(action: (typeof SUBCOMMANDS)[number]['name'], subscription?: Subscription): Question {
  return createQuestion('digest', { [ACTION_OPTION]: action, ...(subscription ? { digest: subscription.id } : {}) });
}

function describe(subscription: Subscription, number: number | undefined, { library }: Context): Entry {
  const { time, zone, days, topics, state, reason, nextDue, fixed } = subscription;
  const titles = topics.flatMap((slug) => library.find(slug)?.title ?? []);
  const when = days === 'daily' ? 'every day' : days === 'weekdays' ? 'Monday to Friday' : `every ${capital(days)}`;
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

function capital(word: string): string {
  return `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`;
}

/** `mon` and `Monday` alike. */
function parseDays(text: string): Days | undefined {
  const typed = text.trim().toLowerCase();
  return typed.length < 3 ? undefined : DAYS.find((days) => days.startsWith(typed));
}

function completeDays(typed: string): Choice[] {
  const wanted = typed.trim().toLowerCase();
  return DAYS.filter((days) => days.startsWith(wanted)).map((days) => ({ name: capital(days), value: days }));
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
