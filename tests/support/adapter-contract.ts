import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bot } from '../../src/core/bot.ts';
import type { Passed } from '../../src/core/editors.ts';
import type { Markup } from '../../src/core/note.ts';
import {
  collectActions,
  collectNotes,
  composeAsked,
  composeTrace,
  type Reply,
  shareTrace,
  writeOwnTrace,
  writeSharedTrace,
} from '../../src/core/reply.ts';
import { quote, writeText } from '../../src/core/text.ts';
import { english } from '../../src/i18n/words.ts';
import { CONTENT, openTestBot, strictLog } from './content.ts';

/** An answer as its reader sees it: text without escapes, and the labels of its buttons. */
export interface Shown {
  readonly text: string;
  readonly buttons: readonly string[];
}

/** One adapter under test, with a real connection where its platform has one. */
export interface AdapterHarness {
  /** Sends a message in plain words, as somebody would in a direct conversation. */
  ask(text: string): Promise<Shown>;
  /** Presses a button of the answer shown last. */
  press(label: string): Promise<Shown>;
  close(): Promise<void>;
}

const QUESTIONS = [
  '/drones',
  'drones',
  '/brief energy',
  '/brief dornes',
  'who sells weapons to Azerbaijan?',
  'who won the football match?',
  '/figures',
  '/timeline',
  '/sources',
  '/topics',
  '/help',
  '/dronse',
  '/ask',
  'is this written by @everyone <@1> <!channel> *or* `who`?',
  '\u202Eevil\u0000 text',
  'word '.repeat(300),
];

const PLAIN: Markup = { text: (text) => text, link: (shown) => shown };
const squeeze = (text: string) => text.replace(/\s+/g, ' ');

/** What every adapter owes: the same answers, whole, with their traces and notes, and buttons that work. */
export function describeAdapter(name: string, open: (bot: Bot) => Promise<AdapterHarness>): void {
  describe(`${name} keeps the adapters’ contract`, () => {
    let bot: Bot;
    let harness: AdapterHarness;
    const passed: { readonly question: string; readonly person: string }[] = [];
    let outcome: Passed = 'sent';
    const editors = {
      pass: async (question: string, person: string) => {
        passed.push({ question, person });
        return outcome;
      },
    };
    beforeAll(async () => {
      bot = await openTestBot(CONTENT, strictLog, { editors });
      harness = await open(bot);
    });
    afterAll(() => harness?.close());

    const expectWhole = (shown: Shown, reply: Reply) => {
      const text = squeeze(shown.text);
      if (!reply.untitled) expect(text).toContain(squeeze(reply.title));
      for (const line of reply.byline.split('\n')) expect(text).toContain(squeeze(line));
      if (reply.lead) expect(text).toContain(squeeze(writeText(reply.lead)));
      // What a follow-up was read with is always said; what stands right above it may be left out.
      if (reply.asked?.after) expect(text).toContain(squeeze(composeAsked(reply.asked, english)));
      const shared = shareTrace(reply.entries, english);
      const saysShared = shared !== undefined && text.includes(squeeze(writeSharedTrace(shared, PLAIN, english)));
      for (const entry of reply.entries) {
        if (entry.type === 'line') {
          expect(text).toContain(squeeze(writeText(entry.text)));
          continue;
        }
        if (entry.type === 'part') {
          expect(text).toContain(squeeze(quote(entry.question)));
          expect(text).toContain(squeeze(entry.text));
          continue;
        }
        const { kind, source } = composeTrace(entry.claim, english);
        expect(text).toContain(squeeze(entry.claim.text));
        const after = text.slice(text.indexOf(squeeze(entry.claim.text)) + squeeze(entry.claim.text).length);
        const whole = `${kind} · ${squeeze(source)}`;
        const own = [kind, ...writeOwnTrace(entry, shared, PLAIN, english)].join(' · ');
        expect(after.replace(/^(?: \[\d+\])*\s*/, '').startsWith(saysShared ? squeeze(own) : whole)).toBe(true);
      }
      const notes = collectNotes(reply);
      const heading = english('note.heading');
      expect(text.includes(heading)).toBe(notes.length > 0);
      for (const note of notes) {
        expect(text.indexOf(squeeze(note.text))).toBeGreaterThan(text.indexOf(heading));
      }
      const actions = [...collectActions(reply), ...(reply.menu?.actions ?? [])];
      for (const { label } of actions) expect(shown.buttons).toContain(label);
    };

    it.each(QUESTIONS)('answers %j whole, as the core does', async (text) => {
      expectWhole(await harness.ask(text), await bot.answer(bot.parse(text)));
    });

    it('pages by buttons and loses no claim', async () => {
      const seen: string[] = [];
      let shown = await harness.ask('/mediation');
      seen.push(shown.text);
      for (let pages = 0; shown.buttons.includes('More') && pages < 20; pages += 1) {
        shown = await harness.press('More');
        seen.push(shown.text);
      }
      expect(seen.length).toBeGreaterThan(1);
      const topic = bot.library.find('mediation');
      if (!topic) throw new Error('the article has no topic mediation');
      for (const claim of topic.claims) {
        expect(squeeze(seen.join(' '))).toContain(squeeze(claim.text));
      }
      expect(squeeze((await harness.press('Back')).text)).toContain('Mediation');
    });

    it('passes a declined question on to the editors, and says so to whoever pressed', async () => {
      const question = 'who won the *football* match & the <cup>?';
      const declined = await harness.ask(question);
      expect(declined.buttons).toContain('Ask the editors');
      const shown = await harness.press('Ask the editors');
      expect(squeeze(shown.text)).toContain('Passed on to the editors');
      expect(squeeze(shown.text)).toContain(squeeze(`They see ${quote(question)}, and not who asked.`));
      expect(passed.map((one) => one.question)).toEqual([question]);
      outcome = 'known';
      await harness.ask(question);
      expect(squeeze((await harness.press('Ask the editors')).text)).toContain('The editors have it already');
      expect((await harness.ask('/drones')).buttons).not.toContain('Ask the editors');
    });

    it('follows a button to another topic', async () => {
      await harness.ask('/drones');
      expectWhole(await harness.press('Arms exports'), await bot.answer(bot.parse('/arms-exports')));
    });
  });
}
