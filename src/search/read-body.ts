/** The text of a response, read only as far as it goes; undefined if it has more than `most` characters. */
export async function readBody(response: Response, most: number): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true });
    if (text.length > most) return undefined;
  }
  return text + decoder.decode();
}
