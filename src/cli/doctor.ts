import type { Command } from 'commander';
import { type Examined, examine } from '../app/examine.ts';
import { readConfig } from './read-config.ts';
import { markFailed, print, style } from './terminal.ts';

export function addDoctor(program: Command): void {
  program
    .command('doctor')
    .description('check the whole setup, and say how to fix what is wrong')
    .option('--json', 'as JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const findings = await examine(readConfig, Date.now);
      const worst = findings.filter(({ state }) => state === 'bad').length;
      if (json) print(JSON.stringify(findings));
      else {
        for (const finding of findings) print(format(finding));
        print(worst > 0 ? `\n${worst} to fix.` : '\nEverything that is set up is fine.');
      }
      if (worst > 0) markFailed();
    });
}

const MARKS = { good: ['green', '✓'], note: ['yellow', '•'], bad: ['red', '✗'] } as const;

function format({ part, state, what, remedy }: Examined): string {
  const [colour, mark] = MARKS[state];
  const line = `${style(colour, mark)} ${part}: ${what}`;
  return remedy ? `${line}\n    ${remedy}` : line;
}
