import { type Card, cutAtWord } from './card.ts';

/** Pixels; the shape that chats show whole. */
export const WIDTH = 1200;
export const HEIGHT = 630;
export const FONT = 'Noto Sans';

const INK = '#16202c';
const QUIET = '#4a5868';
const ACCENT = '#2a5fb0';
const AMBER = '#8a5a00';

/** Characters of a claim that fit beside a figure. */
const TEXT_LIMIT = 260;
/** Characters of the byline: two lines. */
const BYLINE_LIMIT = 170;

/** An element as satori takes it: a subset of HTML and CSS, with flex boxes only. */
export interface Drawn {
  readonly type: 'div';
  readonly props: { readonly style: Readonly<Record<string, string | number>>; readonly children?: Drawn[] | string };
}

function box(style: Readonly<Record<string, string | number>>, children: Drawn[] | string): Drawn {
  return { type: 'div', props: { style: { display: 'flex', ...style }, children } };
}

/** A card as satori draws it: topic, figure, claim, its trace, the editors' hint, the byline. */
export function drawCard({ title, figure, text, kind, source, byline, contested }: Card): Drawn {
  const shown = cutAtWord(text, TEXT_LIMIT);
  return box(
    {
      width: WIDTH,
      height: HEIGHT,
      boxSizing: 'border-box',
      flexDirection: 'column',
      justifyContent: 'space-between',
      padding: '48px 64px',
      backgroundColor: '#ffffff',
      borderLeft: `24px solid ${ACCENT}`,
      color: INK,
      fontFamily: FONT,
    },
    [
      box({ fontSize: 34, fontWeight: 700, color: ACCENT }, cutAtWord(title, 60)),
      box({ flexDirection: 'column', gap: 20 }, [
        ...(figure ? [drawFigure(figure)] : []),
        box({ fontSize: figure ? sizeFor(shown, 36, 30) : sizeFor(shown, 48, 38), lineHeight: 1.3 }, shown),
      ]),
      box({ flexDirection: 'column', gap: 10 }, [
        box({ fontSize: 28, gap: 14 }, [box({ fontWeight: 700 }, kind), box({ color: QUIET }, cutAtWord(source, 70))]),
        ...(contested ? [box({ fontSize: 26, color: AMBER }, 'Editors’ notes on this are in the message')] : []),
        box(
          { fontSize: 24, color: QUIET, borderTop: '2px solid #d5dbe3', paddingTop: 14 },
          cutAtWord(byline, BYLINE_LIMIT),
        ),
      ]),
    ],
  );
}

/** `over 60 % of oil imports` with its number large and the words around it smaller. */
function drawFigure(figure: string): Drawn {
  const found = /(?:[A-Z]{0,2}[$€£¥])?\d[\d.,]*(?:\s?%)?/.exec(figure);
  const start = found?.index ?? 0;
  const number = found?.[0] ?? figure;
  const words = (part: string) =>
    part.trim() ? [box({ fontSize: 44, paddingBottom: 12 }, cutAtWord(part.trim(), 40))] : [];
  return box({ alignItems: 'flex-end', gap: 18, color: ACCENT }, [
    ...words(figure.slice(0, start)),
    box({ fontSize: 104, fontWeight: 700, lineHeight: 1 }, cutAtWord(number, 24)),
    ...words(figure.slice(start + number.length)),
  ]);
}

function sizeFor(text: string, large: number, small: number): number {
  return text.length > 140 ? small : large;
}
