import { type APIApplication, REST, Routes } from 'discord.js';

/** Discord's HTTP API, or the one at `apiUrl`, such as `http://127.0.0.1:4000/api`. */
export function createRest(token: string | undefined, apiUrl: string | undefined): REST {
  return new REST(apiUrl ? { api: apiUrl } : {}).setToken(token ?? '');
}

/** The id of the application whose token this is. Throws DiscordAPIError. */
export async function readApplicationId(rest: REST): Promise<string> {
  return ((await rest.get(Routes.currentApplication())) as APIApplication).id;
}
