import type { Fault } from '../content/fault.ts';
import { locateFault } from './locate-fault.ts';
import { type Published, type Publisher, planState } from './publish.ts';

/** What stands in the way of publishing something, each with where in the desk it is mended. */
export async function listInTheWay(
  publisher: Pick<Publisher, 'directory' | 'commands'>,
  published: Published,
): Promise<readonly { readonly fault: Fault; readonly href: string }[]> {
  const { faults, remarks, folder } = await planState(publisher, published, 'live');
  return [...faults, ...remarks].map((fault) => ({ fault, href: locateFault(folder, fault) }));
}
