import type { Reply } from '../../core/reply.ts';
import type { Place } from './parse-interaction.ts';
import { type DiscordMessage, renderDiscord } from './render-reply.ts';

/** What cannot be answered is told to the asker alone, and never takes the place of an answer that others read. */
export function placeOf(reply: Reply, place: Place): Place {
  return reply.outcome === 'refused' || reply.outcome === 'failed' ? 'asker' : place;
}

/** A reply as it stands in this place. In a server, where others read it, it offers a way to ask so that they do not. */
export function composeMessage(reply: Reply, place: Place, server: boolean): DiscordMessage {
  return renderDiscord(reply, {
    ephemeral: place === 'asker',
    askPrivately: server && place !== 'asker' && reply.outcome !== 'listed',
  });
}
