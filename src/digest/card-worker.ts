import { readFileSync } from 'node:fs';
import { Resvg } from '@resvg/resvg-js';
import satori, { type Font } from 'satori';
import type { Card } from './card.ts';
import { drawCard, FONT, HEIGHT, WIDTH } from './draw-card.ts';

const SUBSETS = ['latin', 'latin-ext', 'cyrillic', 'greek'];

/** Letters of the languages that names in articles come from; satori takes the first font that has a letter. */
const fonts: Font[] = SUBSETS.flatMap((subset) =>
  ([400, 700] as const).map((weight) => ({
    name: FONT,
    weight,
    style: 'normal' as const,
    data: readFileSync(
      new URL(import.meta.resolve(`@fontsource/noto-sans/files/noto-sans-${subset}-${weight}-normal.woff`)),
    ),
  })),
);

/** Paints one card as PNG. */
export default async function paint(card: Card): Promise<Uint8Array> {
  const svg = await satori(drawCard(card) as Parameters<typeof satori>[0], { width: WIDTH, height: HEIGHT, fonts });
  return new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng();
}
