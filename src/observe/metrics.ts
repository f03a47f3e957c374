import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { DeliveryOutcome, Observer } from '../core/observer.ts';
import type { Platform } from '../core/platform.ts';

/** Outcomes of deliveries that somebody should be told of. */
const FAULTS: readonly DeliveryOutcome[] = ['failed', 'unsure', 'crashed'];

export interface MetricsSources {
  /** What is connected, read every time the metrics are read. */
  readonly platforms: readonly Pick<Platform, 'name' | 'isConnected'>[];
  /** How many deliveries are in each state, of the last day; absent if there is no database. */
  readonly deliveries?: (() => Promise<Readonly<Record<string, number>>>) | undefined;
  /** Whether every table can be read; absent if there is no database. Never rejects. */
  readonly database?: (() => Promise<boolean>) | undefined;
  /** How many claims and notes are past their review date. */
  readonly overdue?: (() => Promise<number>) | undefined;
  /** Whether the bot backs its database up. */
  readonly backups?: boolean | undefined;
  /** How many votes of each sort readers gave; absent if nobody is asked. */
  readonly feedback?: (() => Promise<Readonly<Record<string, number>>>) | undefined;
}

export interface Metrics {
  readonly observer: Observer;
  /** All metrics in Prometheus' text format, https://prometheus.io/docs/instrumenting/exposition_formats/ */
  read(): Promise<{ readonly body: string; readonly contentType: string }>;
}

/** Counts what the bot does, in a registry of its own. */
export function createMetrics({
  platforms,
  deliveries,
  feedback,
  backups,
  database,
  overdue,
}: MetricsSources): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  collectDefaultMetrics({ register: registry });

  const answers = new Counter({
    name: 'briefing_answers_total',
    help: 'Questions, by their outcome',
    labelNames: ['platform', 'command', 'outcome'],
    registers,
  });
  const seconds = new Histogram({
    name: 'briefing_answer_seconds',
    help: 'From a question to its reply, before it is sent',
    labelNames: ['platform'],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1, 3],
    registers,
  });
  const attempts = new Counter({
    name: 'briefing_delivery_attempts_total',
    help: 'Attempts at delivering a digest, by their outcome',
    labelNames: ['platform', 'outcome'],
    registers,
    // Prometheus sees no increase in what begins with 1.
    collect() {
      for (const { name } of platforms) for (const outcome of FAULTS) this.inc({ platform: name, outcome }, 0);
    },
  });
  const lag = new Histogram({
    name: 'briefing_digest_lag_seconds',
    help: 'From the time a digest was due to its delivery',
    labelNames: ['platform'],
    buckets: [1, 5, 10, 30, 60, 120, 300, 900, 3600, 21_600],
    registers,
  });
  const waits = new Histogram({
    name: 'briefing_rate_limit_wait_seconds',
    help: 'How long messages waited for their platform’s rate limit',
    labelNames: ['platform'],
    buckets: [0.01, 0.05, 0.25, 1, 5, 30, 120],
    registers,
  });
  const pauses = new Counter({
    name: 'briefing_rate_limited_total',
    help: 'How often a platform asked for a pause',
    labelNames: ['platform'],
    registers,
    collect() {
      for (const { name } of platforms) this.inc({ platform: name }, 0);
    },
  });
  new Gauge({
    name: 'briefing_platform_connected',
    help: '1 if the bot is connected to a platform, or answers it over HTTP',
    labelNames: ['platform'],
    registers,
    collect() {
      for (const platform of platforms) this.set({ platform: platform.name }, Number(platform.isConnected()));
    },
  });
  if (database) {
    new Gauge({
      name: 'briefing_database_readable',
      help: '1 if the database answers and every table can be read',
      registers,
      async collect() {
        this.set(Number(await database()));
      },
    });
  }
  if (overdue) {
    new Gauge({
      name: 'briefing_reviews_overdue',
      help: 'Claims and notes that are past their review date',
      registers,
      async collect() {
        // Content that can't be read has an alarm of its own.
        const count = await overdue().catch(() => undefined);
        if (count !== undefined) this.set(count);
      },
    });
  }
  if (deliveries) {
    new Gauge({
      name: 'briefing_deliveries',
      help: 'Deliveries of the last day by state',
      labelNames: ['state'],
      registers,
      async collect() {
        this.reset();
        // If the database is down, the other metrics matter all the more.
        const counts = await deliveries().catch(() => ({}));
        for (const [state, count] of Object.entries(counts)) this.set({ state }, count);
      },
    });
  }
  if (feedback) {
    new Gauge({
      name: 'briefing_feedback',
      help: 'What readers say of answers, by their vote',
      labelNames: ['vote'],
      registers,
      async collect() {
        this.reset();
        const counts = await feedback().catch(() => ({}));
        for (const [vote, count] of Object.entries(counts)) this.set({ vote }, count);
      },
    });
  }

  const restarts = new Counter({
    name: 'briefing_platform_restarts_total',
    help: 'How often a platform failed and was restarted',
    labelNames: ['platform'],
    registers,
    collect() {
      for (const { name } of platforms) this.inc({ platform: name }, 0);
    },
  });
  const crashes = new Counter({
    name: 'briefing_uncaught_errors_total',
    help: 'Uncaught errors that came from no platform',
    registers,
  });
  const shown = new Counter({
    name: 'briefing_claims_shown_total',
    help: 'Claims shown to readers, by how: in an answer, as the nearest, on a page or in a digest',
    labelNames: ['how'],
    registers,
  });
  const holds = new Histogram({
    name: 'briefing_event_loop_held_seconds',
    help: 'How long the event loop was blocked, a second or more, so that nothing was answered',
    buckets: [1, 2, 3, 5, 10, 30, 60],
    registers,
  });

  const backup = backups
    ? {
        last: new Gauge({
          name: 'briefing_backup_last_success_timestamp_seconds',
          help: 'When the database was last backed up, in seconds since 1970; 0 if it never was',
          registers,
        }),
        failures: new Counter({
          name: 'briefing_backup_failures_total',
          help: 'How often the database could not be backed up',
          registers,
        }),
      }
    : undefined;

  const observer: Observer = {
    answering({ platform, command }) {
      const end = seconds.startTimer({ platform });
      return (outcome) => {
        end();
        answers.inc({ platform, command, outcome });
      };
    },
    delivering:
      ({ platform }) =>
      (outcome, lateMs) => {
        attempts.inc({ platform, outcome });
        if (outcome === 'delivered') lag.observe({ platform }, lateMs / 1000);
      },
    waited: (platform, ms) => waits.observe({ platform }, ms / 1000),
    limited: (platform) => pauses.inc({ platform }),
    restarted: (platform) => restarts.inc({ platform }),
    crashed: () => crashes.inc(),
    held: (ms) => holds.observe(ms / 1000),
    shown: (how, count) => shown.inc({ how }, count),
    backedUp: (at) => backup?.last.set(at / 1000),
    backupFailed: () => backup?.failures.inc(),
  };
  return { observer, read: async () => ({ body: await registry.metrics(), contentType: registry.contentType }) };
}
