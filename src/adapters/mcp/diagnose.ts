import { type Finding, good, note } from '../../core/finding.ts';
import type { Site } from '../../core/platform.ts';

/** What the doctor says of a server that is on. */
export function diagnoseMcp({ readers, publicUrl }: Pick<Site, 'readers' | 'publicUrl'>): Finding[] {
  if (readers === 'here') return [good('mcp', '/mcp on the port answers clients on this machine')];
  const found = good('mcp', `${publicUrl ?? ''}/mcp answers clients that send ACCESS_TOKEN as a bearer token`);
  if (publicUrl && !publicUrl.startsWith('https:'))
    return [
      found,
      note('mcp-plain', 'PUBLIC_URL isn’t https', 'Put a proxy with a certificate in front: most clients ask for one.'),
    ];
  return [found];
}
