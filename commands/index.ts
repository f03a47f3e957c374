import type { Command, OptionsOf } from '../src/core/command.ts';
import { type Library, sharedNames } from '../src/core/library.ts';
import { articles } from './articles.ts';
import { ask } from './ask.ts';
import { brief } from './brief.ts';
import { digest } from './digest.ts';
import { figures } from './figures.ts';
import { help } from './help.ts';
import { people } from './people.ts';
import { sharedCommand } from './shared.ts';
import { sources } from './sources.ts';
import { timeline } from './timeline.ts';
import { topicCommand } from './topic.ts';
import { topics } from './topics.ts';

/** The commands written in code. They exist whatever the content. */
const builtIn = [ask, brief, topics, figures, timeline, sources, digest, people, help] as const;
export const builtInCommands: readonly Command[] = builtIn;

/** Names that no topic may take. */
export const reservedNames: readonly string[] = [...builtInCommands, articles].map(({ name }) => name);

type BuiltIn = (typeof builtIn)[number] | typeof articles;
type OptionsByName = { readonly [One in BuiltIn as One['name']]: OptionsOf<One> };

declare module '../src/core/question.ts' {
  interface CommandOptions extends OptionsByName {}
}

/**
 * All commands: the built-in ones, one for each topic, and one for each name that topics of several articles share. This is
 * the only list, and every adapter reads it.
 */
export function listCommands(library: Library): readonly Command[] {
  return [
    ...builtInCommands,
    ...(library.articles.length > 1 ? [articles] : []),
    ...library.topics.map(topicCommand),
    ...[...sharedNames(library)].map(([name, list]) => sharedCommand(name, list)),
  ];
}
