/** A piece of text on a page, in points from the page's upper left corner. */
export interface Piece {
  readonly text: string;
  readonly x: number;
  /** Its baseline. */
  readonly y: number;
  readonly width: number;
  /** Of its letters. */
  readonly size: number;
  readonly font: string;
}

/** A line of one column. */
export interface Line extends Piece {
  /** The left and right edges of its column. */
  readonly left: number;
  readonly right: number;
  /** Begins a column. */
  readonly first: boolean;
}

/** An empty stripe between columns is at least this wide, in letters' sizes. */
const GUTTER = 0.7;
/** Each side of it holds at least this share of the pieces, and no more than this share cross it. */
const SIDE = 0.15;
const CROSSING = 0.12;
/** Pieces whose baselines are nearer than this are on one line, in letters' sizes. */
const BASELINE = 0.35;
/** More columns than this are a table. */
const MOST_SPLITS = 3;

/**
 * The lines of a page as people read them: what runs across the whole page from top to bottom, and between that one column
 * after the other.
 */
export function orderLines(pieces: readonly Piece[]): Line[] {
  return readColumns(joinPieces(pieces), MOST_SPLITS);
}

function readColumns(pieces: readonly Piece[], splits: number): Line[] {
  const gutter = splits > 0 ? findGutter(pieces) : undefined;
  if (gutter === undefined) return readLines(pieces);
  const crosses = (piece: Piece): boolean => piece.x < gutter && piece.x + piece.width > gutter;
  const bands: { across: boolean; pieces: Piece[] }[] = [];
  for (const piece of [...pieces].sort((a, b) => a.y - b.y)) {
    const across = crosses(piece);
    const last = bands.at(-1);
    if (last?.across === across) last.pieces.push(piece);
    else bands.push({ across, pieces: [piece] });
  }
  return bands.flatMap((band) =>
    band.across
      ? readLines(band.pieces)
      : [
          ...readColumns(
            band.pieces.filter(({ x }) => x < gutter),
            splits - 1,
          ),
          ...readColumns(
            band.pieces.filter(({ x }) => x >= gutter),
            splits - 1,
          ),
        ],
  );
}

/** The middle of the widest empty stripe that runs down the page, if there is one. */
function findGutter(pieces: readonly Piece[]): number | undefined {
  if (pieces.length < 8) return undefined;
  const size = median(pieces.map((piece) => piece.size));
  const edges = [...new Set(pieces.map(({ x, width }) => Math.ceil(x + width)))].sort((a, b) => a - b);
  const stripes = edges.flatMap((from) => {
    const inside = pieces.filter(({ x, width }) => x < from - 1 && x + width > from + 1);
    const beyond = pieces.filter(({ x }) => x >= from - 1);
    const before = pieces.length - inside.length - beyond.length;
    if (inside.length > pieces.length * CROSSING) return [];
    if (Math.min(beyond.length, before) < pieces.length * SIDE) return [];
    const to = Math.min(...beyond.map(({ x }) => x));
    return to - from >= size * GUTTER ? [{ from, to }] : [];
  });
  const [widest] = stripes.sort((a, b) => b.to - b.from - (a.to - a.from));
  return widest && (widest.from + widest.to) / 2;
}

/** One column's lines, from top to bottom. */
function readLines(pieces: readonly Piece[]): Line[] {
  // Where most lines begin: a page's number may stand further to the left.
  const left = mode(pieces.map(({ x }) => Math.round(x)));
  const right = Math.max(...pieces.map(({ x, width }) => x + width));
  return joinPieces(pieces, Number.POSITIVE_INFINITY).map((piece, index) => ({
    ...piece,
    left,
    right,
    first: index === 0,
  }));
}

/** Pieces on one line as one, if no more than `most` letters' sizes lie between them. */
function joinPieces(pieces: readonly Piece[], most = 1): Piece[] {
  const lines: Piece[][] = [];
  for (const piece of [...pieces].sort((a, b) => a.y - b.y)) {
    const line = lines.at(-1);
    const near = line?.[0] && piece.y - line[0].y < Math.min(line[0].size, piece.size) * BASELINE;
    if (line && near) line.push(piece);
    else lines.push([piece]);
  }
  return lines.flatMap((line) => {
    const joined: Piece[] = [];
    for (const piece of line.sort((a, b) => a.x - b.x)) {
      const last = joined.at(-1);
      const gap = last ? piece.x - last.x - last.width : 0;
      if (last && gap <= most * last.size) joined[joined.length - 1] = joinTwo(last, piece, gap);
      else joined.push(piece);
    }
    return joined;
  });
}

function joinTwo(a: Piece, b: Piece, gap: number): Piece {
  const space = gap > 0.12 * a.size && !/\s$/.test(a.text) && !/^\s/.test(b.text) ? ' ' : '';
  const longer = a.text.length >= b.text.length ? a : b;
  return {
    text: a.text + space + b.text,
    x: a.x,
    y: longer.y,
    width: Math.max(a.width, b.x + b.width - a.x),
    size: longer.size,
    font: longer.font,
  };
}

/** The most frequent value, the smallest of several. */
function mode(values: readonly number[]): number {
  const counted = [...Map.groupBy(values, (value) => value)].map(([value, { length }]) => ({ value, length }));
  return counted.sort((a, b) => b.length - a.length || a.value - b.value)[0]?.value ?? 0;
}

/** 0 if there are none. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
