import { Console } from 'node:console';
import type { Reporter, TestModule } from 'vitest/node';
import type { Figures } from './figures.ts';

const COLUMNS = ['digests', 'lost', 'doubled', 'hung', 'crashed'] as const satisfies readonly (keyof Figures)[];

/** Prints what came of all trials, by kind, once they have run. */
export default class implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const rows = new Map<string, Record<(typeof COLUMNS)[number] | 'trials' | 'failed', number>>();
    for (const test of modules.flatMap((module) => [...module.children.allTests()])) {
      if (test.result().state === 'skipped') continue;
      const kind = test.fullName.replace(/ \(seed \d+\)/, '');
      const row = rows.get(kind) ?? { trials: 0, digests: 0, lost: 0, doubled: 0, hung: 0, crashed: 0, failed: 0 };
      const { figures } = test.meta();
      row.trials += 1;
      row.failed += Number(test.result().state === 'failed');
      for (const column of COLUMNS) row[column] += figures?.[column] ?? 0;
      if (figures || row.failed > 0) rows.set(kind, row);
    }
    new Console(process.stdout).table(Object.fromEntries(rows));
  }
}
