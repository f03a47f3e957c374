import { type Command, Option } from 'commander';
import { parse, stringify } from 'yaml';
import { openBot } from '../app/open-bot.ts';
import { UserError } from '../core/errors.ts';
import { openLog, readConfig } from './read-config.ts';
import { print, readInput } from './terminal.ts';

interface ManifestArguments {
  readonly url?: string;
  readonly format: 'json' | 'yaml';
  readonly check?: string;
}

export function addSlack(program: Command): void {
  program
    .command('manifest')
    .description('print the Slack app’s manifest, made from the content’s commands')
    .option('--url <address>', 'where Slack reaches the bot over HTTP; Socket Mode where left out')
    .addOption(new Option('--format <format>', 'how to print it').choices(['json', 'yaml']).default('json'))
    .option('--check <file>', 'tell what differs from a manifest exported from Slack')
    .action(async ({ url, format, check }: ManifestArguments) => {
      const config = readConfig();
      if (url && !/^https:\/\/[^/]+$/.test(url.replace(/\/$/, ''))) {
        throw new UserError(`--url ${url} is none that Slack takes; write one such as https://bot.example.org`);
      }
      const { slack, publicUrl } = config;
      // A bot that answers over HTTP wants its requests there.
      const overHttp = slack?.signingSecret !== undefined && slack.appToken === undefined;
      const address = url?.replace(/\/$/, '') ?? (overHttp ? publicUrl : undefined);
      const { bot } = await openBot({ ...config, semanticSearch: false }, openLog(config));
      const { composeManifest } = await import('../adapters/slack/compose-manifest.ts');
      const { manifest, left } = composeManifest(bot, {
        url: address,
        publicUrl: publicUrl ?? address,
        prefix: config.slackApp.prefix,
        view: config.slackApp.view,
        usesGroup: config.slackApp.digestGroup !== undefined,
      });
      if (check) {
        const { compareManifests, formatDifferences } = await import('../adapters/slack/compare-manifest.ts');
        const differences = compareManifests(manifest, await readManifest(check));
        print(formatDifferences(differences));
        if (differences.length > 0) process.exitCode = 1;
        return;
      }
      print(format === 'yaml' ? stringify(manifest).trimEnd() : JSON.stringify(manifest, null, 2));
      // Beside the manifest, so that it can be piped to where it goes.
      if (left.length > 0) {
        process.stderr.write(
          `Slack keeps or has no room for: ${left.join(', ')}; ask for such a command as /brief ${left[0]}.\n`,
        );
      }
    });
}

/** JSON is YAML, too. */
async function readManifest(path: string): Promise<unknown> {
  const text = await readInput(path);
  try {
    return parse(text);
  } catch (error) {
    throw new UserError(`${path} is neither JSON nor YAML: ${(error as Error).message}`);
  }
}
