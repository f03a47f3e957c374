import { existsSync, readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { joinObservers } from '../../src/core/observer.ts';
import { createMetrics } from '../../src/observe/metrics.ts';

interface Panel {
  readonly id: number;
  readonly title: string;
  readonly gridPos: Readonly<Record<'x' | 'y' | 'w' | 'h', number>>;
  readonly targets: readonly { readonly expr: string; readonly refId: string; readonly legendFormat: string }[];
}
interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string; readonly runbook: string };
}

const dashboard = JSON.parse(readFileSync('deploy/grafana/briefing-bot.json', 'utf8')) as {
  readonly panels: readonly Panel[];
  readonly templating: { readonly list: readonly { readonly name: string }[] };
};
const rules = parse(readFileSync('deploy/prometheus/briefing-bot.rules.yml', 'utf8')) as {
  readonly groups: readonly { readonly rules: readonly Alert[] }[];
};
const alerts = rules.groups.flatMap((group) => group.rules);
const targets = dashboard.panels.flatMap((panel) => panel.targets.map((target) => ({ ...target, panel })));

/** Metrics that Prometheus makes by itself when it reads the bot's, and the labels that it adds to all. */
const PROMETHEUS = { up: [] as string[] };
const ADDED = ['job', 'instance'];
/** Exported, and shown nowhere. */
const LEFT_OUT: Readonly<Record<string, string>> = {};

/** The labels of each metric that a bot with everything turned on exports once something has happened. */
async function listMetrics(): Promise<ReadonlyMap<string, readonly string[]>> {
  const metrics = createMetrics({
    platforms: [{ name: 'slack', isConnected: () => true }],
    deliveries: async () => ({ delivered: 1 }),
    feedback: async () => ({ helpful: 1 }),
    database: async () => true,
    overdue: async () => 1,
    backups: true,
  });
  const observer = joinObservers([metrics.observer]);
  observer.answering({ request: 'r', platform: 'slack', command: 'ask' })('answered');
  observer.delivering({ platform: 'slack', subscription: 's', due: 0 })('delivered', 1);
  observer.waited('slack', 1);
  observer.limited('slack');
  observer.restarted('slack');
  observer.shown('answer', 1);
  const { body } = await metrics.read();
  const samples = body.split('\n').filter((line) => line && !line.startsWith('#'));
  const labels = new Map<string, Set<string>>();
  for (const sample of samples) {
    const [, name = '', list = ''] = /^(\w+)(?:\{(.*)\})? /.exec(sample) ?? [];
    const known = labels.get(name) ?? new Set<string>();
    for (const [, label = ''] of list.matchAll(/(\w+)="/g)) known.add(label);
    labels.set(name, known);
  }
  return new Map([...labels].map(([name, known]) => [name, [...known]]));
}

const exported = await listMetrics();

/** The metrics of an expression, and every label that it matches or groups by. Throws if it isn't PromQL. */
function readExpression(text: string): { readonly metrics: string[]; readonly labels: string[] } {
  // Grafana puts its own variables in.
  const expression = text.replaceAll('$__rate_interval', '5m').replaceAll('$instance', 'x');
  const metrics: string[] = [];
  const labels: string[] = [];
  parser.parse(expression).iterate({
    enter({ name, from, to, type }) {
      if (type.isError) throw new Error(`not PromQL from “${expression.slice(from)}”: ${text}`);
      if (name === 'Identifier') metrics.push(expression.slice(from, to));
      if (name === 'LabelName') labels.push(expression.slice(from, to));
    },
  });
  return { metrics, labels };
}

/** What an expression, or a text with the labels of its result, names and the bot doesn't export. */
function strangersOf(expression: string, text = ''): string[] {
  const { metrics, labels } = readExpression(expression);
  const known = new Map([...exported, ...Object.entries(PROMETHEUS)]);
  const allowed = new Set([...ADDED, ...metrics.flatMap((name) => known.get(name) ?? [])]);
  const shown = [...text.matchAll(/\{\{ ?(?:\$labels\.)?([a-z]\w*) ?\}\}/g)].map(([, name = '']) => name);
  return [...metrics.filter((name) => !known.has(name)), ...[...labels, ...shown].filter((name) => !allowed.has(name))];
}

it('tells a metric, a label or a legend that the bot doesn’t export, and what isn’t PromQL', () => {
  expect(strangersOf('rate(briefing_answers_total{platform="slack"}[5m])', '{{platform}}')).toEqual([]);
  expect(strangersOf('sum by (colour) (briefing_answer_total)', 'in {{ $labels.city }}')).toEqual([
    'briefing_answer_total',
    'colour',
    'city',
  ]);
  expect(strangersOf('briefing_feedback{platform="slack"}')).toEqual(['platform']);
  expect(() => readExpression('sum by (platform (briefing_feedback)')).toThrow('not PromQL');
});

it.each(targets)('the panel $panel.title shows what the bot exports: $expr', ({ expr, legendFormat }) => {
  expect(strangersOf(expr, legendFormat)).toEqual([]);
});

it.each(alerts)('the alert $alert watches what the bot exports, and says what to do', (alert) => {
  expect(strangersOf(alert.expr, alert.annotations.summary)).toEqual([]);
  expect(alert.labels.severity).toMatch(/^(critical|warning|info)$/);
  expect(alert.for ?? '0m').toMatch(/^\d+[mhd]$/);
  const [file = '', anchor = ''] = alert.annotations.runbook.split('#');
  expect(anchor).toBe(alert.alert.toLowerCase());
  expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`^#+ ${alert.alert}$`, 'm'));
});

it('each metric of the bot’s own is on the dashboard, or left out for a reason', () => {
  const shown = new Set(targets.flatMap(({ expr }) => readExpression(expr).metrics));
  // A histogram is shown by any of its parts.
  const families = new Set([...shown].map((name) => name.replace(/_(bucket|count|sum)$/, '')));
  const own = [...exported.keys()].filter((name) => name.startsWith('briefing_'));
  expect(own.length).toBeGreaterThan(15);
  const missing = own.filter((name) => !shown.has(name) && !families.has(name.replace(/_(bucket|count|sum)$/, '')));
  expect(missing.filter((name) => !(name in LEFT_OUT))).toEqual([]);
});

it('Grafana can tell panels and queries apart, and none lies on another', () => {
  expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
  const cells = dashboard.panels.flatMap(({ title, gridPos: { x, y, w, h } }) => {
    expect(x + w, title).toBeLessThanOrEqual(24);
    return Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`);
  });
  expect(new Set(cells).size).toBe(cells.length);
  for (const { targets: list } of dashboard.panels)
    expect(new Set(list.map(({ refId }) => refId)).size).toBe(list.length);
  const variables = new Set([...JSON.stringify(dashboard).matchAll(/\$\{?([a-z]+)/g)].map(([, name]) => name));
  expect([...variables].sort()).toEqual(dashboard.templating.list.map(({ name }) => name).sort());
});

it('Prometheus’ own configuration names the rules, and the job that they watch', () => {
  const config = parse(readFileSync('deploy/prometheus/prometheus.yml', 'utf8'));
  for (const file of config.rule_files) expect(existsSync(`deploy/prometheus/${file}`)).toBe(true);
  expect(config.scrape_configs[0].job_name).toBe('briefing-bot');
});
