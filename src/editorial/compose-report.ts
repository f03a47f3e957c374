import { countNoun } from '../core/count.ts';
import { formatDate } from '../core/date.ts';
import type { MissedQuestion } from '../core/missed.ts';
import { createQuestion } from '../core/question.ts';
import { createReply, type Entry, paginate, type Reply } from '../core/reply.ts';
import { quote } from '../core/text.ts';

/** Questions in one report: with a line on the rest, they fill one page. */
const MAX_REPORTED = 7;
/** Other wordings shown of one. */
const MAX_WORDINGS = 2;

/** What readers missed in some days. */
export interface Report {
  /** The first and the last day, ISO 8601. */
  readonly from: string;
  readonly to: string;
  /** The most often asked first. */
  readonly missed: readonly MissedQuestion[];
  /** Votes on answers in these days; absent if none are taken. */
  readonly votes?: { readonly helpful: number; readonly unhelpful: number } | undefined;
}

/** The report as editors read it in their channel: counts and grouped questions, and nobody's name. */
export function composeReport({ from, to, missed, votes }: Report): Reply {
  const shown = missed.slice(0, MAX_REPORTED);
  const reply = createReply(createQuestion('help'), {
    outcome: 'listed',
    title: 'What readers missed',
    byline: `For the editors · ${formatDate(from)} to ${formatDate(to)}`,
    lead: [...countMissed(missed), ...(votes ? [countVotes(votes)] : [])].join(' '),
    entries: shown.map(composeEntry),
    // A platform may find the message again by a button alone.
    actions: [{ label: 'This report', question: createQuestion('digest') }],
  });
  // Whatever doesn't fit into one message is in the terminal and on the editors' page.
  const { entries } = paginate(reply);
  const left = missed.length - entries.length;
  const more: Entry[] =
    left > 0 ? [{ type: 'line', text: `${countNoun(left, 'more question')}: npx briefing gaps lists them.` }] : [];
  return { ...reply, entries: [...entries, ...more], total: entries.length + more.length };
}

function countMissed(missed: readonly MissedQuestion[]): string[] {
  const count = (verdict: MissedQuestion['verdict']) =>
    missed.filter((one) => one.verdict === verdict).reduce((sum, one) => sum + one.count, 0);
  const times = (verdict: MissedQuestion['verdict']) => countNoun(count(verdict), 'time');
  if (missed.length === 0) return ['No question went unanswered.'];
  return [
    `${countNoun(missed.length, 'question')} went without a right answer.`,
    `Readers found nothing ${times('declined')}, only something near ${times('nearest')}, and not what they asked ${times('unhelpful')}.`,
  ];
}

function countVotes({ helpful, unhelpful }: NonNullable<Report['votes']>): string {
  return helpful + unhelpful === 0
    ? 'Nobody voted on an answer.'
    : `Of ${countNoun(helpful + unhelpful, 'vote')} on answers, ${helpful} say that it helped.`;
}

const VERDICTS = { declined: 'no answer', nearest: 'only something near', unhelpful: 'not what was asked' } as const;

function composeEntry({ texts, verdict, count, nearest, wanted }: MissedQuestion): Entry {
  const [first = '', ...others] = texts;
  const [claim] = nearest;
  return {
    type: 'line',
    label: `${count} × ${VERDICTS[verdict]}`,
    text: [
      [first, ...others.slice(0, MAX_WORDINGS)].map((text) => quote(text)).join(', '),
      ...(claim ? [`Nearest: ${claim}.`] : []),
      ...(wanted.length > 0
        ? [
            `Wanted: ${wanted
              .slice(0, MAX_WORDINGS)
              .map((text) => quote(text))
              .join(', ')}`,
          ]
        : []),
    ].join(' '),
  };
}
