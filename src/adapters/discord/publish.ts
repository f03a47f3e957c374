import { type APIChannel, ChannelType, type REST, Routes } from 'discord.js';
import { LRUCache } from 'lru-cache';
import PQueue from 'p-queue';
import { wait } from '../../time/wait.ts';

const REMEMBERED = 10_000;
/** How long what kind a channel is counts, in milliseconds. */
const REMEMBER_MS = 24 * 3_600_000;
/** After asking what kind a channel is, in milliseconds: digests come first. */
const PAUSE_MS = 1000;

/** Publishes a message to those who follow its channel, if that is an announcement channel. Never rejects; nobody need wait. */
export type Publish = (channel: string, message: string) => Promise<void>;

/**
 * Publishing after the fact, one at a time. What Discord does not allow, such as more than ten in an hour in one channel, stays
 * unpublished. https://docs.discord.com/developers/resources/message#crosspost-message
 */
export function createPublisher(rest: Pick<REST, 'get' | 'post'>): Publish {
  const announces = new LRUCache<string, boolean>({ max: REMEMBERED, ttl: REMEMBER_MS });
  const queue = new PQueue({ concurrency: 1 });
  const look = async (channel: string): Promise<boolean> => {
    const { type } = (await rest.get(Routes.channel(channel))) as APIChannel;
    const found = type === ChannelType.GuildAnnouncement;
    announces.set(channel, found);
    return found;
  };
  return (channel, message) =>
    queue.add(async () => {
      try {
        const known = announces.get(channel);
        if (known ?? (await look(channel))) await rest.post(Routes.channelMessageCrosspost(channel, message));
        if (known === undefined && queue.size > 0) await wait(PAUSE_MS);
      } catch {
        // The digest is delivered all the same.
      }
    });
}
