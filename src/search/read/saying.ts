/** Words of whoever is asked for, at most. */
const MAX_WORDS = 6;

const SAYING =
  '(?:say|says|said|think|thinks|thought|claimed|stated|argue|argues|argued|believe|believes|believed|announce|announced|promise|promised|tell|told|declare|declared|demand|demanded|complain|complained)';
const ASKED: readonly RegExp[] = [
  new RegExp(`^what (?:do|does|did|has|have|had) (.+?) (?:to )?${SAYING}\\b`, 'i'),
  new RegExp(`^what (.+?) ${SAYING}\\b`, 'i'),
  /^(?:what(?:'s| is| was| are| were)|give me) (?:the )?(?:view|views|opinion|opinions|position|statement|statements) of (.+?)[?.!]*$/i,
];

/** Of whom a question wants the words, such as `the mayor` of “what did the mayor say?”; undefined if it wants nobody's. */
export function readSpeaker(text: string): string | undefined {
  const plain = text.trim().replaceAll('\u2019', "'");
  for (const pattern of ASKED) {
    const [, speaker] = pattern.exec(plain) ?? [];
    if (speaker && speaker.split(/\s+/).length <= MAX_WORDS) return speaker;
  }
  return undefined;
}
