import { discord } from './adapters/discord/platform.ts';
import { mcp } from './adapters/mcp/platform.ts';
import { slack } from './adapters/slack/platform.ts';
import type { PlatformDefinition } from './core/platform.ts';

/** The platforms that the bot can be on. This is the only list; docs/add-a-platform.md says how to add one. */
export const platforms: readonly PlatformDefinition[] = [discord, slack, mcp];
