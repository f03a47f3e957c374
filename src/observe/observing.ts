import type { Target } from '../core/digests.ts';
import { joinObservers, type Observer } from '../core/observer.ts';
import type { Platform } from '../core/platform.ts';
import { type Alerts, createAlerts } from './alerts.ts';
import { createAnswerLog } from './answer-log.ts';
import { createMetrics, type Metrics, type MetricsSources } from './metrics.ts';

export interface ObservingOptions extends Pick<MetricsSources, 'deliveries' | 'backups' | 'database' | 'overdue'> {
  readonly version: string;
  readonly metrics: boolean;
  /** Where traces go. */
  readonly tracesUrl?: string | undefined;
  /** The channel told about repeated failures. */
  readonly alertTarget?: Target | undefined;
  /** Those that are connected now; one that is started later is added. */
  readonly platforms: readonly Pick<Platform, 'name' | 'isConnected' | 'sender'>[];
  readonly votes?: MetricsSources['feedback'];
  readonly now: () => number;
  readonly log: Record<'debug' | 'warn' | 'error', (details: object, message: string) => void>;
}

export interface Observing {
  readonly observer: Required<Observer>;
  /** Absent if metrics are off. */
  readonly metrics?: Metrics | undefined;
  /** Posts a message to the channel that is told about failures; absent if none is set. */
  readonly post?: Alerts['post'] | undefined;
  stop(): Promise<void>;
}

/** Everything that watches the bot, as the settings say. What is off isn't loaded. */
export async function startObserving(options: ObservingOptions): Promise<Observing> {
  const { version, tracesUrl, alertTarget, platforms, votes, now, log } = options;
  const metrics = options.metrics ? createMetrics({ ...options, feedback: votes }) : undefined;
  const traces = tracesUrl ? (await import('./traces.ts')).startTraces(tracesUrl, version, log) : undefined;
  const senderOf = ({ platform }: Target) => platforms.find(({ name }) => name === platform)?.sender;
  const alerts = alertTarget
    ? createAlerts({ target: alertTarget, sender: () => senderOf(alertTarget), now, log })
    : undefined;
  const observers = [createAnswerLog(log), metrics?.observer, traces?.observer, alerts?.observer];
  return {
    observer: joinObservers(observers.filter((one) => one !== undefined)),
    metrics,
    post: alerts?.post,
    stop: async () => void (await Promise.all([traces?.stop(), alerts?.stop()])),
  };
}
