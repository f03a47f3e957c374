import type { Command } from 'commander';
import { platforms } from '../platforms.ts';

/** A file with commands of the program. */
interface CommandFile {
  readonly names: readonly string[];
  /** Resolves to a function that adds them. */
  load(): Promise<(program: Command) => void>;
}

/** Only the file of the command that was typed is loaded, or all of them for the help: all take half a second. */
export const COMMAND_FILES: readonly CommandFile[] = [
  { names: ['start'], load: async () => (await import('./start.ts')).addStart },
  { names: ['ask', 'eval'], load: async () => (await import('./ask.ts')).addAsk },
  { names: ['gaps'], load: async () => (await import('./gaps.ts')).addGaps },
  { names: ['suggest'], load: async () => (await import('./suggest.ts')).addSuggest },
  {
    names: ['topics', 'lint', 'review', 'content', 'new'],
    load: async () => (await import('./content.ts')).addContent,
  },
  { names: ['init', 'import'], load: async () => (await import('./import.ts')).addImport },
  { names: ['publish'], load: async () => (await import('./publish.ts')).addPublish },
  {
    names: platforms.flatMap(({ programs }) => programs.map(({ name }) => name)),
    load: async () => (await import('./programs.ts')).addPrograms,
  },
  { names: ['digest'], load: async () => (await import('./digest.ts')).addDigest },
  { names: ['forget', 'migrate', 'backup', 'restore'], load: async () => (await import('./database.ts')).addDatabase },
  { names: ['stats'], load: async () => (await import('./stats.ts')).addStats },
  { names: ['audit'], load: async () => (await import('./audit.ts')).addAudit },
  { names: ['fit'], load: async () => (await import('./fit.ts')).addFit },
  { names: ['doctor'], load: async () => (await import('./doctor.ts')).addDoctor },
];
