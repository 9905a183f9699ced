import type { Glyph, PageDrawing } from "./page-drawing";
import type { PositionedText } from "./page-fragments";
import { isSpacedOut, joinSpacedOut } from "./spaced-out";
import { unreadGlyphs } from "./visible-glyphs";

export interface PageTexts {
  readonly texts: readonly PositionedText[];
  /** So many signs were left out, since nobody sees them. */
  readonly unseen: number;
}

/** How far ahead the glyphs of a text are looked for, where the library has left some out before it. */
const lookahead = 400;

/**
 * The texts of a page as the library gives them, without the signs that nobody sees or that are there twice, and with the letters of
 * words that are spaced out put together.
 */
export function pageTexts(texts: readonly PositionedText[], drawing: PageDrawing): PageTexts {
  const unread = unreadGlyphs(drawing);
  const glyphs = drawing.texts.flat().filter(({ text }) => bare(text) !== "");
  let unseen = 0;
  for (const reason of unread.values()) if (reason === "unseen") unseen++;
  const result: PositionedText[] = [];
  let next = 0;
  for (const text of texts) {
    const found = glyphsOf(text.str, glyphs, next);
    if (found) next = found.next;
    const placed = found?.places ?? [];
    const isTouched = placed.some(({ glyph }) => unread.has(glyph));
    for (const part of isTouched ? readable(text, placed, unread) : [{ text, placed }]) {
      const isSpaced = isSpacedOut(part.text.str);
      const str = mended(isSpaced ? joinSpacedOut(part.text.str, part.placed) : part.text.str);
      result.push(str === part.text.str ? part.text : { ...part.text, str, isSpaced });
    }
  }
  return { texts: result, unseen };
}

/** A maker of PDFs writes ligatures with the bytes of their letters swapped, so that "ff" is read as two Chinese signs. */
const swapped = /[昀椀氀琀猀]{2,3}/g;
const mended = (text: string): string =>
  text.replace(swapped, (signs) => {
    const letters = [...signs].map((sign) => String.fromCharCode((sign.codePointAt(0) ?? 0) >> 8)).join("");
    return /^(?:f[filt]|ff[il]|st)$/.test(letters) ? letters : signs;
  });

/** A glyph, and where its signs begin and end in the text of the library. */
export interface PlacedGlyph {
  readonly glyph: Glyph;
  readonly start: number;
  readonly end: number;
}

/** As the library writes it, which has other signs for some, and blanks of its own. */
const bare = (text: string): string => text.normalize("NFKC").replace(/\s+/g, "");

/** The glyphs that a text is made of, from `next` on; undefined where they cannot be told, as of one that runs from right to left. */
function glyphsOf(
  text: string,
  glyphs: readonly Glyph[],
  next: number,
): { readonly places: readonly PlacedGlyph[]; readonly next: number } | undefined {
  const first = /\S/u.exec(text);
  if (!first) return { places: [], next };
  for (let start = next; start < Math.min(glyphs.length, next + lookahead); start++) {
    const places = placesFrom(text, glyphs, start);
    if (places) return { places, next: start + places.length };
  }
  return undefined;
}

function placesFrom(text: string, glyphs: readonly Glyph[], start: number): readonly PlacedGlyph[] | undefined {
  const places: PlacedGlyph[] = [];
  let at = 0;
  const skipBlanks = () => {
    while (at < text.length && /\s/.test(text.charAt(at))) at++;
  };
  skipBlanks();
  for (let index = start; at < text.length; index++) {
    const glyph = glyphs[index];
    if (!glyph) return undefined;
    const wanted = bare(glyph.text);
    const from = at;
    let seen = "";
    while (seen.length < wanted.length && at < text.length) {
      const sign = String.fromCodePoint(text.codePointAt(at) ?? 0);
      seen += bare(sign);
      at += sign.length;
    }
    if (seen !== wanted) return undefined;
    places.push({ glyph, start: from, end: at });
    skipBlanks();
  }
  return places;
}

/** The parts of a text between the signs that are not read, each in its place. */
function readable(
  text: PositionedText,
  placed: readonly PlacedGlyph[],
  unread: ReadonlyMap<Glyph, unknown>,
): { readonly text: PositionedText; readonly placed: readonly PlacedGlyph[] }[] {
  const parts: { text: PositionedText; placed: readonly PlacedGlyph[] }[] = [];
  let run: PlacedGlyph[] = [];
  const end = () => {
    const [first, last] = [run[0], run.at(-1)];
    if (first && last) {
      const [a = 1, b = 0, c = 0, d = 1] = text.transform;
      parts.push({
        text: {
          ...text,
          str: text.str.slice(first.start, last.end),
          transform: [a, b, c, d, first.glyph.x, first.glyph.y],
          width: Math.hypot(last.glyph.endX - first.glyph.x, last.glyph.endY - first.glyph.y),
        },
        placed: run.map(({ glyph, start, end: stop }) => ({
          glyph,
          start: start - first.start,
          end: stop - first.start,
        })),
      });
    }
    run = [];
  };
  for (const place of placed) {
    if (unread.has(place.glyph)) end();
    else run.push(place);
  }
  end();
  return parts;
}
