import type { Command } from '../src/core/command.ts';
import type { Library } from '../src/core/library.ts';
import { ask } from './ask.ts';
import { brief } from './brief.ts';
import { digest } from './digest.ts';
import { figures } from './figures.ts';
import { help } from './help.ts';
import { sources } from './sources.ts';
import { timeline } from './timeline.ts';
import { topicCommand } from './topic.ts';
import { topics } from './topics.ts';

/** The commands that are code. */
export const builtInCommands: readonly Command[] = [ask, brief, topics, figures, timeline, sources, digest, help];

/** All commands: the built-in ones, then one for each topic. The only list; every adapter reads this one. */
export function listCommands(library: Library): readonly Command[] {
  return [...builtInCommands, ...library.topics.map(topicCommand)];
}
