import { renderTerminal } from '../../../src/adapters/terminal/render-reply.ts';
import type { Question } from '../../../src/core/question.ts';
import { collectActions, type Reply } from '../../../src/core/reply.ts';
import { describeAdapter } from '../../support/adapter-contract.ts';

describeAdapter('The terminal', async (bot) => {
  let last: Reply;
  const show = async (question: Question) => {
    last = await bot.answer(question);
    return {
      text: renderTerminal(last, 80, (_, text) => text),
      buttons: [...collectActions(last), ...(last.menu?.actions ?? [])].map(({ label }) => label),
    };
  };
  return {
    ask: (text) => show(bot.parse(text)),
    press: (label) => {
      const action = collectActions(last).find((one) => one.label === label);
      if (!action) throw new Error(`there is no button ${label}`);
      return show(action.question);
    },
    close: async () => {},
  };
});
