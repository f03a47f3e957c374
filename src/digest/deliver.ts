import type { Subscription } from '../core/digests.ts';
import type { DeliveryOutcome } from '../core/observer.ts';
import { createQuestion } from '../core/question.ts';
import { createReply, type Reply } from '../core/reply.ts';
import { SendFailure } from '../core/sender.ts';
import { say } from '../core/text.ts';
import { wordsOf } from '../i18n/words.ts';
import { type DeliveryKey, type Settlement, settleDeliveries } from '../store/ledger.ts';
import { holdBack } from '../store/pace.ts';
import { pauseSubscription } from '../store/subscriptions.ts';
import { createBatcher } from './batcher.ts';
import { type Claimed, claim } from './claim.ts';
import { describeChange } from './digests.ts';
import { compose, type Sent, send } from './send.ts';
import { type Settled, settle } from './settle.ts';
import type { Attempt, Attempted, DeliveryTools, DigestLog } from './tools.ts';

/** Characters of an error that are logged. */
const MOST_CAUSE = 300;

/** The steps of a delivery, from planned to settled. */
export interface Pipeline {
  /** Claims those of these deliveries that may be sent now, and settles those that may not. Rejects if the database fails. */
  claim(
    keys: readonly DeliveryKey[],
  ): Promise<{ readonly claimed: readonly Claimed[]; readonly settled: readonly Attempted[] }>;
  /** Composes, sends and settles one that was claimed. Rejects if the database fails; then it is looked for after its lease. */
  carry(claimed: Claimed): Promise<Attempted>;
}

/** Connects the steps. Results of sending are recorded in batches. */
export function createPipeline(tools: DeliveryTools): Pipeline {
  const { store, clock, random, catchUpMs, observer, uses, log } = tools;
  const record = createBatcher((list: readonly Settled[]) => recordAll(list, tools));
  return {
    async claim(keys) {
      const { claimed, settlements } = await claim(keys, tools);
      await settleDeliveries(store, settlements, clock.now());
      const settled = settlements.map((one) => ({ key: keyOf(one), attempt: attemptOf(one) }));
      for (const settlement of settlements) reportEnd(settlement, log);
      return { claimed, settled };
    },
    async carry(claimed) {
      const { delivery, subscription, sender } = claimed;
      const key = keyOf(delivery);
      const ended = observer?.delivering?.({ platform: sender.platform, ...key });
      let outcome: DeliveryOutcome = 'crashed';
      try {
        const composed = await compose(claimed, tools);
        const sent = await send(composed, tools);
        const settled = settle(composed, sent, { now: clock.now(), random: random(), catchUpMs });
        report(claimed, sent, settled, tools);
        await record(settled);
        outcome = settled.attempt.outcome;
        if (outcome === 'delivered') uses?.note(claimsOf(composed.reply), 'digest');
        if (settled.pauseFor !== undefined) await pauseFor(settled.pauseFor, subscription, claimed, tools);
        return { key, attempt: settled.attempt };
      } finally {
        ended?.(outcome, clock.now() - delivery.due);
      }
    },
  };
}

/** Takes deliveries all the way; in the order of the keys. Those that are not to be had are taken by somebody else. */
export async function deliver(keys: readonly DeliveryKey[], pipeline: Pipeline): Promise<Attempt[]> {
  const { claimed, settled } = await pipeline.claim(keys);
  const carried = await Promise.all(claimed.map((one) => pipeline.carry(one)));
  return keys.map(({ subscription, due }) => {
    const done = [...settled, ...carried].find(({ key }) => key.subscription === subscription && key.due === due);
    return done?.attempt ?? { outcome: 'taken' };
  });
}

/** The ids of the claims that a digest brings; none of one that was only found in its channel. */
function claimsOf(reply: Reply | undefined): string[] {
  return (reply?.entries ?? []).flatMap((entry) => (entry.type === 'claim' ? entry.claim.id : []));
}

function keyOf({ subscription, due }: DeliveryKey): DeliveryKey {
  return { subscription, due };
}

function attemptOf({ state, nextAttempt: at }: Settlement): Attempt {
  return state === 'pending' ? { outcome: 'retry', at } : { outcome: state };
}

async function recordAll(list: readonly Settled[], { store, clock }: DeliveryTools): Promise<void> {
  for (const { pace, until } of list.flatMap((one) => one.holdBack ?? [])) await holdBack(store.db, pace.key, until);
  await settleDeliveries(
    store,
    list.map(({ settlement }) => settlement),
    clock.now(),
  );
}

/** Logs a delivery that ends without being sent. */
function reportEnd({ subscription, due, state, error }: Settlement, log: DigestLog): void {
  if (state !== 'pending') log.warn({ subscription, due, reason: error }, `a digest counts as ${state}`);
}

function report({ delivery, subscription, sender }: Claimed, sent: Sent, settled: Settled, tools: DeliveryTools): void {
  const { log, observer } = tools;
  if (sent.what === 'late') reportEnd(settled.settlement, log);
  if (sent.what !== 'failed') return;
  const { failure } = sent;
  if (failure.kind === 'limited') observer?.limited?.(sender.platform);
  // Not the error as it is: it holds the whole message, with its picture.
  const details = {
    subscription: subscription.id,
    channel: subscription.channel,
    due: delivery.due,
    attempts: delivery.attempts,
    kind: failure.kind,
    reason: failure.message,
    // It may contain a proxy's page.
    cause: String(failure.cause ?? '').slice(0, MOST_CAUSE),
  };
  const { outcome } = settled.attempt;
  if (settled.pauseFor !== undefined) log.warn(details, 'a digest is paused: the bot can’t write to its channel');
  else if (outcome === 'retry') log.warn(details, 'a digest will be tried again');
  else if (outcome === 'unsure') log.error(details, 'a digest may or may not have been delivered: check its channel');
  else log.error(details, 'a digest was not delivered');
}

async function pauseFor(
  remedy: string,
  subscription: Subscription,
  { sender }: Claimed,
  { store, audit, log }: DeliveryTools,
): Promise<void> {
  const first = await pauseSubscription(store.db, subscription.id, remedy);
  const by = { platform: 'bot', user: '' };
  if (first) await audit?.record({ ...describeChange('digest.pause', subscription, by), note: remedy });
  if (!first || !subscription.owner) return;
  const words = wordsOf({});
  const reply = createReply(createQuestion('digest'), {
    outcome: 'refused',
    title: words('digest.your-paused'),
    byline: words('digest.your-paused.byline', { time: subscription.time, zone: subscription.zone }),
    lead: say(words, 'digest.your-paused.lead', { remedy, command: createQuestion('digest', { action: 'resume' }) }),
  });
  try {
    await sender.tell(subscription.team, subscription.owner, reply, `gone-${subscription.id}`);
  } catch (error) {
    // Whether that arrives or not, the subscription's status says it too.
    const reason = error instanceof SendFailure ? error.message : String(error);
    log.warn({ reason, subscription: subscription.id }, 'the owner of a digest could not be reached');
  }
}
