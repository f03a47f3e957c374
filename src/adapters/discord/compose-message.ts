import { isForAsker, type Reply } from '../../core/reply.ts';
import type { AnswerPlace } from './parse-interaction.ts';
import { type DiscordMessage, renderDiscord } from './render-reply.ts';

/** Where a reply goes that was wanted in this place. */
export function placeOf(reply: Reply, place: AnswerPlace): AnswerPlace {
  return isForAsker(reply) ? 'asker' : place;
}

/** A reply for this place. In a server, where others can read it, it offers a way to ask in private. */
export function composeMessage(reply: Reply, place: AnswerPlace, server: boolean): DiscordMessage {
  return renderDiscord(reply, {
    ephemeral: place === 'asker',
    askPrivately: server && place !== 'asker' && reply.outcome !== 'listed',
  });
}
