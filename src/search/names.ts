import MiniSearch from 'minisearch';
import type { Command } from '../core/command.ts';
import type { NameMatch } from '../core/search.ts';
import { tokens } from './words.ts';

/** How far a word may be from a name, in edits for each letter; two letters changed places are two edits. */
const FUZZY = 0.34;

/** Finds commands and topics by name, title or alias, with typing errors and beginnings of words forgiven. */
export function createNameIndex(commands: readonly Command[]): (typed: string, limit: number) => NameMatch[] {
  const index = new MiniSearch<{ id: number; name: string; title: string; aliases: string }>({
    fields: ['name', 'title', 'aliases'],
    tokenize: tokens,
    searchOptions: {
      boost: { name: 3, title: 2 },
      prefix: true,
      fuzzy: (term) => (term.length > 3 ? FUZZY : false),
    },
  });
  index.addAll(
    commands.map(({ name, topic }, id) => ({
      id,
      name,
      title: topic?.title ?? '',
      aliases: topic?.aliases.join(' ') ?? '',
    })),
  );
  return (typed, limit) =>
    index
      .search(typed.slice(0, 100))
      .slice(0, limit)
      .map(({ id }) => {
        const { name, topic } = commands[id] as Command;
        return topic ? { name, topic } : { name };
      });
}
