import { type APIApplication, DefaultRestOptions, type REST, type RESTOptions, Routes } from 'discord.js';
import { boundPauses } from './bound-pauses.ts';
import { SteadyRest } from './steady-rest.ts';

/** How Discord's HTTP API is called, or the one at `apiUrl`, such as `http://127.0.0.1:4000/api`. */
export function composeRestOptions(apiUrl: string | undefined): Partial<RESTOptions> {
  return {
    ...(apiUrl ? { api: apiUrl } : {}),
    // discord.js hands Node's FormData, and with it every picture, to undici's request, which refuses it. Node's own fetch takes
    // it, but takes longer for all else.
    makeRequest: async (url, init) => {
      const { makeRequest } = DefaultRestOptions;
      const response = await (init.body instanceof FormData ? fetch(url, init as object) : makeRequest(url, init));
      return boundPauses(response, Date.now());
    },
  };
}

/** A client of Discord's HTTP API. */
export function createRest(
  token: string | undefined,
  apiUrl: string | undefined,
  options: Partial<RESTOptions> = {},
): REST {
  return new SteadyRest({ ...composeRestOptions(apiUrl), ...options }).setToken(token ?? '');
}

/** The id of the application whose token this is. Throws DiscordAPIError. */
export async function readApplicationId(rest: REST): Promise<string> {
  return ((await rest.get(Routes.currentApplication())) as APIApplication).id;
}
