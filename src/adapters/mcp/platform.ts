import { z } from 'zod';
import { definePlatform } from '../../core/platform.ts';
import { diagnoseMcp } from './diagnose.ts';

/** Clients of the Model Context Protocol, over HTTP on the bot's port or over the standard streams of `briefing mcp`. */
export const mcp = definePlatform({
  name: 'mcp',
  title: 'MCP',
  guide: 'docs/mcp.md',
  settings: {
    shape: {
      MCP: {
        schema: z.stringbool({ truthy: ['on', 'true', '1', 'yes'], falsy: ['off', 'false', '0', 'no'] }).default(true),
        fault: 'is neither on nor off',
        remedy: 'Write on or off.',
      },
    },
    check: () => [],
    read: ({ MCP: isOn }, { version, readers, publicUrl }) => ({ isOn, version, readers, publicUrl }),
  },
  targets: undefined,
  guarded: true,
  isSetUp: ({ isOn, readers }) => isOn && readers !== 'nobody',
  canPost: () => false,
  async start({ version }, context) {
    const { startMcp } = await import('./start-mcp.ts');
    return startMcp(version, context);
  },
  diagnose: async (config) => ({ findings: diagnoseMcp(config) }),
  explainError: async () => undefined,
  preview: undefined,
  programs: [
    {
      name: 'mcp',
      description: 'answer a client of the Model Context Protocol on standard input and output',
      options: [],
      async run({ version }, _, { openBot, input, output, log }) {
        const { serveStdio } = await import('./serve-stdio.ts');
        await serveStdio(await openBot({ answers: true }), { input, output, log, version });
        return { text: '' };
      },
    },
  ],
});
