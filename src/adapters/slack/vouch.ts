import { z } from 'zod';
import { isSigned } from './is-signed.ts';

/** A request for another route than Slack's own, with who asks, https://docs.slack.dev/ai/slackbot-mcp-client/ */
const requestSchema = z.object({
  params: z.object({ _meta: z.object({ slack: z.object({ user_id: z.string().regex(/^[UW][A-Z0-9]{1,30}$/) }) }) }),
});

/** Who reads the answer, such as `slack:U0123ABCD`; `slack:assistant` if Slack itself asks. Undefined if Slack didn't sign it. */
export async function vouchForSlack(signingSecret: string, request: Request, now: number): Promise<string | undefined> {
  try {
    const body = await request.text();
    if (!isSigned(signingSecret, request.headers, body, now)) return undefined;
    const read = requestSchema.safeParse(JSON.parse(body));
    return read.success ? `slack:${read.data.params._meta.slack.user_id}` : 'slack:assistant';
  } catch {
    return undefined;
  }
}
