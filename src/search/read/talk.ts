import { createRewriter } from '../synonyms.ts';

/** What people say to a bot without asking anything of an article. */
const PHRASES = [
  'hi, hello, hey, hiya, howdy, yo, greetings, there, everyone, bot, again, today, welcome, nice to meet you',
  'good morning, good afternoon, good evening, good day, good night, morning, how are you, what’s up, how is it going',
  'bye, goodbye, see you, see you later, have a nice day, hola, hallo, bonjour, salut, ciao, shalom, salam, merhaba',
  'thanks, thank you, thx, ty, cheers, many thanks, a lot, so much, very much, for the help, for your help',
  'merci, danke, gracias, sorry, please, no problem, never mind, got it, i see, well done, that is all, test, ping',
  'ok, okay, yes, no, sure, fine, great, cool, nice, perfect, awesome, wow, lol, good bot',
  'who are you, what are you, what is your name, are you there, are you real, are you human, are you a bot, are you an ai',
  'who made you, introduce yourself, what do you do, what do you know, what is this bot, what does this bot do',
  'what can you do, what can you do for me, what can i do here, what can i ask, what can i ask you, what should i ask',
  'how do you work, how does this work, how does this bot work, how do i use you, how do i use this, how do i use this bot',
  'help, help me, i need help, can you help, can you help me, how can you help, how can you help me',
].flatMap((line) => line.split(', '));

const strike = createRewriter({ '': PHRASES });

/**
 * Whether a message is small talk and nothing else: such phrases, or no word at all, as in `?` or an emoji. “Thanks, but
 * who sells the drones?” is a question.
 */
export function isSmallTalk(text: string): boolean {
  return strike(text).trim() === '';
}
