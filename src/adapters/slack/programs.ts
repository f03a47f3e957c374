import { parse, stringify } from 'yaml';
import { UserError } from '../../core/errors.ts';
import type { ProgramCommand } from '../../core/platform.ts';
import type { View } from './view.ts';

/** The settings that shape the app's manifest. */
export interface ManifestSettings {
  readonly appToken?: string | undefined;
  readonly signingSecret?: string | undefined;
  readonly publicUrl?: string | undefined;
  readonly prefix: string;
  readonly view: View;
  readonly digestGroup?: string | undefined;
}

/** `npx briefing manifest`. */
export const slackPrograms: readonly ProgramCommand<ManifestSettings>[] = [
  {
    name: 'manifest',
    description: 'print the Slack app’s manifest, made from the content’s commands',
    options: [
      { flags: '--url <address>', description: 'where Slack reaches the bot over HTTP; Socket Mode if left out' },
      { flags: '--format <format>', description: 'how to print it', choices: ['json', 'yaml'], preset: 'json' },
      { flags: '--check <file>', description: 'show what differs from a manifest exported from Slack' },
    ],
    async run(config, { url, format, check }, { openBot, readInput }) {
      if (url && !/^https:\/\/[^/]+$/.test(url.replace(/\/$/, ''))) {
        throw new UserError(`Slack can’t reach --url ${url}. Write an address such as https://bot.example.org`);
      }
      const { publicUrl, prefix, view, digestGroup } = config;
      // A bot that answers over HTTP wants its requests there.
      const overHttp = config.signingSecret !== undefined && config.appToken === undefined;
      const address = url?.replace(/\/$/, '') ?? (overHttp ? publicUrl : undefined);
      const { composeManifest } = await import('./compose-manifest.ts');
      const { manifest, left } = composeManifest(await openBot(), {
        url: address,
        publicUrl: publicUrl ?? address,
        prefix,
        view,
        usesGroup: digestGroup !== undefined,
      });
      if (check) {
        const { compareManifests, formatDifferences } = await import('./compare-manifest.ts');
        const differences = compareManifests(manifest, parseManifest(check, await readInput(check)));
        return { text: formatDifferences(differences), failed: differences.length > 0 };
      }
      const text = format === 'yaml' ? stringify(manifest).trimEnd() : JSON.stringify(manifest, null, 2);
      if (left.length === 0) return { text };
      const aside = `Slack reserves these names or has no room for them: ${left.join(', ')}. Reach them as /brief ${left[0]}.`;
      return { text, aside };
    },
  },
];

/** JSON is YAML, too. */
function parseManifest(path: string, text: string): unknown {
  try {
    return parse(text);
  } catch (error) {
    throw new UserError(`${path} is neither JSON nor YAML: ${(error as Error).message}`);
  }
}
