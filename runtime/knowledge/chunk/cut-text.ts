import { breakStrength, type Strength, strength } from "./break-strength";
import { endWithin, startWithin } from "./estimate-tokens";
import { boundaryAfter, boundaryBefore, isGraphemeBoundary, longestGrapheme } from "./grapheme-boundary";

export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Cutting {
  readonly size: number;
  readonly overlap: number;
  readonly unit: "characters" | "tokens";
  /** Where headings and rows of tables begin, which are better places than the text itself tells. */
  readonly breaks: ReadonlyMap<number, Strength>;
  /** What is not cut where it fits into a piece, such as code; in order, and apart from each other. */
  readonly blocks?: readonly Range[];
}

/** Least part of the size that a piece must fill for a cut of this strength; the strongest cut that does is taken. */
const preferences: readonly (readonly [Strength, number])[] = [
  [strength.heading, 0.3],
  [strength.paragraph, 0.5],
  [strength.sentence, 0.5],
  [strength.line, 0.5],
  [strength.clause, 0.6],
  [strength.sentence, 0.25],
  [strength.word, 0.5],
  [strength.word, 0.1],
];

const blank = (text: string, at: number) => /\s/.test(text.charAt(at));

/**
 * Cuts a range of the text into pieces that are at most `size`, begin and end with something to read, and repeat at most
 * `overlap` of the piece before. Between them nothing but white space is left out.
 */
export function* cutText(text: string, range: Range, cutting: Cutting): Generator<Range, void, void> {
  let { end: last } = range;
  while (last > range.start && blank(text, last - 1)) last--;
  let start = skipBlank(text, range.start, last);
  // Up to here the pieces before have it.
  let fresh = start;
  while (fresh < last) {
    const cut = nextCut(text, { start, fresh, last }, cutting);
    let end = cut;
    while (blank(text, end - 1)) end--;
    yield { start, end };
    fresh = skipBlank(text, cut, last);
    const repeated = skipBlank(text, overlapStart(text, start, cut, cutting), fresh);
    // After a long run of white space a repetition would leave no room for anything new.
    start = reach(text, repeated, last, cutting) > fresh + longestGrapheme ? repeated : fresh;
  }
}

/** How far a piece from `start` may go at most. */
const reach = (text: string, start: number, last: number, { size, unit }: Cutting): number =>
  unit === "tokens" ? endWithin(text, start, last, size) : Math.min(last, start + size);

function skipBlank(text: string, from: number, last: number): number {
  let at = from;
  // A space may carry an accent.
  while (at < last && blank(text, at) && isGraphemeBoundary(text, at + 1)) at++;
  return at;
}

function nextCut(
  text: string,
  { start, fresh, last }: { readonly start: number; readonly fresh: number; readonly last: number },
  cutting: Cutting,
): number {
  const furthest = reach(text, start, last, cutting);
  if (furthest >= last) return last;
  const whole = fittingBlock(furthest, text, cutting);
  // Before what would be cut, if something new is in the piece then.
  const limit = whole && whole.start > fresh ? whole.start : boundaryBefore(text, furthest, fresh);
  const length = limit - start;
  // The last place of each strength; a later one of the same strength fills the piece better.
  const places = new Map<Strength, number>();
  for (let at = limit; at > fresh; at--) {
    const found = cutting.breaks.get(at) ?? breakStrength(text, at);
    if (found === strength.none || places.has(found) || !isGraphemeBoundary(text, at)) continue;
    const block = cutting.blocks?.length ? fittingBlock(at, text, cutting) : undefined;
    if (block && block.start > fresh) at = block.start + 1;
    else places.set(found, at);
  }
  for (const [wanted, fill] of preferences) {
    const at = places.get(wanted);
    if (at !== undefined && at - start >= length * fill) return at;
  }
  return limit;
}

/** The block that a cut at `at` would part, if it is no longer than a piece. */
function fittingBlock(at: number, text: string, { blocks = [], size, unit }: Cutting): Range | undefined {
  let low = 0;
  let high = blocks.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const block = blocks[middle] as Range;
    if (at <= block.start) high = middle - 1;
    else if (at >= block.end) low = middle + 1;
    else {
      const fits =
        unit === "tokens"
          ? endWithin(text, block.start, block.end, size) === block.end
          : block.end - block.start <= size;
      return fits ? block : undefined;
    }
  }
  return undefined;
}

/** Where the piece after one that ends at `cut` begins: as early as the overlap allows, but at the best kind of place in it. */
function overlapStart(text: string, start: number, cut: number, cutting: Cutting): number {
  const { size, overlap, unit, breaks } = cutting;
  const allowed = Math.min(overlap, Math.floor(size / 2));
  // What a heading opens does not begin with the end of what came before it.
  if (allowed <= 0 || breaks.get(cut) === strength.heading) return cut;
  // At least half of every piece is new, or a long overlap over short pieces would make thousands of them.
  const half = cut - Math.floor((cut - start) / 2);
  const earliest = Math.max(half, unit === "tokens" ? startWithin(text, start, cut, allowed) : cut - allowed);
  const places = new Map<Strength, number>();
  for (let at = earliest; at < cut; at++) {
    const found = breaks.get(at) ?? breakStrength(text, at);
    if (found !== strength.none && !places.has(found) && isGraphemeBoundary(text, at)) places.set(found, at);
  }
  const at = beginnings.map((wanted) => places.get(wanted)).find((place) => place !== undefined);
  // Half of a code says less than none.
  const block = fittingBlock(at ?? earliest, text, cutting);
  if (block) return Math.min(block.end, cut);
  return at ?? boundaryAfter(text, earliest, cut);
}

/** The longest repetition that begins with one of these is taken, the first that there is. */
const beginnings = [
  strength.heading,
  strength.paragraph,
  strength.sentence,
  strength.line,
  strength.clause,
  strength.word,
] as const;
