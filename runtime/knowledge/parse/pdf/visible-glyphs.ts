import { type Box, holds } from "./matrix";
import type { Cover, Glyph, PageDrawing } from "./page-drawing";

/** Why a sign is not read. */
export type Unread = "unseen" | "again";

const leastSize = 1.2;
/** Of a sign's size: so near to its like, it is drawn again to look bold. */
const boldShift = 0.12;
/** The same for a whole piece of text, as of a shadow. */
const shadowShift = 0.4;
const leastShadow = 3;
const invisible = 3;

/**
 * The signs of a page that nobody sees, or that are drawn a second time over themselves. Text without ink over a picture is what
 * somebody read in a scan, and counts as seen.
 */
export function unreadGlyphs(drawing: PageDrawing): ReadonlyMap<Glyph, Unread> {
  const unread = new Map<Glyph, Unread>();
  const backgrounds = drawing.covers.filter(({ color }) => color !== undefined);
  for (const glyphs of drawing.texts) {
    if (isPlainlySeen(glyphs, drawing)) continue;
    for (const glyph of glyphs) {
      if (glyph.text.trim() !== "" && isUnseen(glyph, drawing, backgrounds)) unread.set(glyph, "unseen");
    }
  }
  for (const glyph of repeated(drawing.texts, unread)) unread.set(glyph, "again");
  return unread;
}

/** Dark text in the middle of a page on which nothing covers anything, as most text is. */
function isPlainlySeen(glyphs: readonly Glyph[], { page, covers }: PageDrawing): boolean {
  const [first, last] = [glyphs[0], glyphs.at(-1)];
  if (!first || !last || covers.length > 0 || first.isOff || first.size < leastSize) return false;
  const { renderMode, fill, alpha, clip } = first.state;
  const isWithin = ({ x, y }: Glyph) => holds(page, x, y) && holds(clip, x, y);
  return renderMode === 0 && alpha > 0.03 && !isSame(fill ?? "#000000", white) && isWithin(first) && isWithin(last);
}

/** A little above the baseline's middle, where a sign has its ink. */
const inkOf = ({ x, y, endX, endY, size }: Glyph): readonly [number, number] => {
  const length = Math.hypot(endX - x, endY - y) || 1;
  const [along, down] = [(endX - x) / length, (endY - y) / length];
  return [(x + endX) / 2 + down * size * 0.3, (y + endY) / 2 - along * size * 0.3];
};

function isUnseen(glyph: Glyph, drawing: PageDrawing, backgrounds: readonly Cover[]): boolean {
  const { renderMode, fill, stroke, alpha, isPlain, clip } = glyph.state;
  if (glyph.isOff || glyph.size < leastSize) return true;
  const [x, y] = inkOf(glyph);
  if (!holds(drawing.page, x, y) && !holds(drawing.page, glyph.x, glyph.y)) return true;
  const within = (boxes: readonly Box[]) => boxes.some((box) => holds(box, x, y));
  if (renderMode === invisible) return !within(drawing.pictures);
  if (drawing.isUnsure) return false;
  if (alpha < 0.03) return true;
  if (!holds(grown(clip, glyph.size), x, y)) return true;
  if (backgrounds.length > 0 && isCovered(glyph, [x, y], drawing.covers)) return true;
  const color = renderMode === 1 ? stroke : fill;
  // Filled and outlined, or used to cut something out: another thing than its colour shows it.
  if (color === undefined || !isPlain || renderMode > 1 || within(drawing.pictures)) return false;
  return isSame(color, backgroundAt([x, y], glyph.order, drawing.covers));
}

const grown = ({ left, top, right, bottom }: Box, by: number): Box => ({
  left: left - by,
  top: top - by,
  right: right + by,
  bottom: bottom + by,
});

/** An even rectangle was drawn over it, and nothing that may show something over that. */
const isCovered = (glyph: Glyph, [x, y]: readonly [number, number], covers: readonly Cover[]): boolean => {
  let covered = false;
  for (const cover of covers) {
    if (cover.order <= glyph.order || !holds(cover, x, y)) continue;
    if (cover.color === undefined) return false;
    if (cover.bottom - cover.top > glyph.size * 0.6) covered = true;
  }
  return covered;
};

const white = "#ffffff";

/** What colour is under a place when something is drawn there; undefined where that is not known. */
function backgroundAt([x, y]: readonly [number, number], order: number, covers: readonly Cover[]): string | undefined {
  let color: string | undefined = white;
  for (const cover of covers) {
    if (cover.order > order) break;
    if (holds(cover, x, y)) color = cover.color;
  }
  return color;
}

const isSame = (one: string, other: string | undefined): boolean => {
  if (other === undefined) return false;
  const part = (color: string, at: number) => Number.parseInt(color.slice(at, at + 2), 16);
  return [1, 3, 5].every((at) => Math.abs(part(one, at) - part(other, at)) <= 6);
};

/** Signs, and pieces of text, that stand nearly where their like stands already. */
function repeated(texts: PageDrawing["texts"], unread: ReadonlyMap<Glyph, Unread>): Set<Glyph> {
  const again = new Set<Glyph>();
  const signs = new Grid();
  const pieces = new Grid();
  for (const glyphs of texts) {
    const seen = glyphs.filter((glyph) => glyph.text.trim() !== "" && !unread.has(glyph));
    const [first] = seen;
    if (!first) continue;
    const text = seen.map((glyph) => glyph.text).join("");
    const isAgain = text.length >= leastShadow && pieces.near(text, first, shadowShift * first.size);
    if (isAgain) {
      for (const glyph of seen) again.add(glyph);
      continue;
    }
    pieces.add(text, first);
    for (const glyph of seen) {
      const width = Math.hypot(glyph.endX - glyph.x, glyph.endY - glyph.y);
      const shift = Math.min(boldShift * glyph.size, width / 2);
      if (shift > 0 && signs.near(glyph.text, glyph, shift)) again.add(glyph);
      else signs.add(glyph.text, glyph);
    }
  }
  return again;
}

/** Finds signs that stand near a place. */
class Grid {
  static readonly #step = 8;
  static readonly #row = 1 << 20;
  readonly #cells = new Map<number, { readonly name: string; readonly glyph: Glyph }[]>();

  add(name: string, glyph: Glyph): void {
    const key = Grid.#key(Math.floor(glyph.x / Grid.#step), Math.floor(glyph.y / Grid.#step));
    const cell = this.#cells.get(key);
    if (cell) cell.push({ name, glyph });
    else this.#cells.set(key, [{ name, glyph }]);
  }

  /** Signs as large as a page would ask for all of its cells. */
  near(name: string, { x, y, size }: Glyph, wanted: number): boolean {
    const step = Grid.#step;
    const reach = Math.min(wanted, 4 * step);
    for (let column = Math.floor((x - reach) / step); column <= Math.floor((x + reach) / step); column++) {
      for (let row = Math.floor((y - reach) / step); row <= Math.floor((y + reach) / step); row++) {
        for (const other of this.#cells.get(Grid.#key(column, row)) ?? []) {
          const { glyph } = other;
          if (
            other.name === name &&
            Math.abs(glyph.x - x) <= reach &&
            Math.abs(glyph.y - y) <= reach &&
            Math.abs(glyph.size - size) < 0.1 * size
          ) {
            return true;
          }
        }
      }
    }
    return false;
  }

  static #key(column: number, row: number): number {
    return column * Grid.#row + row;
  }
}
