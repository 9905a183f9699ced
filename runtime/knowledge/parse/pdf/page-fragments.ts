import { afterMark, lower, raise } from "../raised-marks";
import type { Fragment } from "./page-line";
import { closeWideGaps, isSpacedOut, joinSpacedOut } from "./spaced-out";

/** What is used of a text item of pdf.js, its transform already turned to the page as it is seen. */
export interface PositionedText {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly fontName?: string;
  /** Its letters stand so far apart that wider gaps than usual are only spaces. */
  readonly isSpaced?: boolean;
}

/** In parts of the text's size: wider is a space, and wider still another column or cell. */
const gaps = { space: 0.15, cell: 0.8, spaced: 2 } as const;
/** So much smaller and higher or lower than the text before, in parts of that one's size, a sign is raised or lowered. */
const mark = { size: 0.88, raised: 0.18, lowered: 0.06, far: 0.8, longest: 16 } as const;
/** Some programs raise signs without making them smaller: then only a short one, and by more. */
const level = { raised: 0.3, lowered: 0.15, far: 0.6, text: /^(?:[-−–+]?\d{1,3}|\p{L}{1,2})$/u } as const;

interface Open {
  text: string;
  left: number;
  right: number;
  y: number;
  size: number;
  weight: number;
  font?: string | undefined;
  isSpaced?: boolean | undefined;
}

/** Puts the runs of glyphs that follow each other on a line together. All run from left to right. */
export function pageFragments(items: readonly PositionedText[]): Fragment[] {
  const fragments: Fragment[] = [];
  let open: Open | undefined;
  const close = () => {
    if (open && open.text.trim() !== "") fragments.push(fragmentOf(open));
    open = undefined;
  };
  for (const { str, transform, width, fontName, isSpaced } of items) {
    const [, , c = 0, d = 1, left = 0, y = 0] = transform;
    const size = Math.hypot(c, d);
    if (str === "" || size === 0) continue;
    const isSpace = str.trim() === "";
    if (open && isSpace && width > (open.isSpaced ? gaps.spaced : gaps.cell) * open.size) {
      close();
      continue;
    }
    const piece: Open = { text: str, left, right: left + width, y, size, weight: str.length, font: fontName, isSpaced };
    if (open && follows(open, piece)) append(open, piece);
    else {
      close();
      if (!isSpace) open = piece;
    }
  }
  close();
  return joinRows(fragments);
}

const fragmentOf = ({ text, left, right, y, size, font }: Open): Fragment => ({
  text: tidyGaps(text.trim()),
  left,
  right,
  y,
  size,
  font,
});

/** Letters that were drawn one by one, far apart, are words all the same. */
const tidyGaps = (text: string): string => (isSpacedOut(text) ? joinSpacedOut(text, []) : closeWideGaps(text));

function follows(open: Open, piece: Open): boolean {
  const { left, y, size } = piece;
  const gap = left - open.right;
  const reach = Math.max(size, open.size);
  const widest = open.isSpaced && piece.isSpaced ? gaps.spaced : gaps.cell;
  const isMark = isRaised(open, piece) || isLowered(open, piece);
  return Math.abs(y - open.y) < reach * (isMark ? mark.far : 0.4) && gap > -0.5 * reach && gap < widest * reach;
}

const isSmaller = (open: Open, { size }: Open) => size <= mark.size * open.size;
const isShort = ({ text }: Open) => level.text.test(text.trim());

function isRaised(open: Open, piece: Open): boolean {
  const by = (open.y - piece.y) / open.size;
  if (isSmaller(open, piece)) return by > mark.raised && by < mark.far;
  return piece.size <= 1.02 * open.size && by > level.raised && by < level.far && isShort(piece);
}

function isLowered(open: Open, piece: Open): boolean {
  const by = (piece.y - open.y) / open.size;
  if (isSmaller(open, piece)) return by > mark.lowered && by < 0.5;
  return piece.size <= 1.02 * open.size && by > level.lowered && by < level.far && isShort(piece);
}

function append(open: Open, piece: Open): void {
  const { text, left, right, y, size, weight } = piece;
  const isSpace = text.trim() === "";
  const gap = left - open.right;
  const wantsSpace = gap > gaps.space * Math.max(size, open.size) && !/\s$/.test(open.text) && !isSpace;
  open.right = Math.max(open.right, right);
  if (!isSpace && text.trim().length <= mark.longest) {
    if (isRaised(open, piece)) {
      open.text = raise(open.text, text, wantsSpace);
      return;
    }
    if (isLowered(open, piece)) {
      open.text = lower(open.text, text);
      return;
    }
  }
  // A note's mark opens the line, and its text follows in larger print.
  if (!isSpace && open.text.trim().length <= 4 && isRaised(piece, open)) {
    Object.assign(open, { text: `${raise("", open.text.trim(), false)} ${text.trimStart()}`, y, size, weight });
    return;
  }
  open.text = afterMark(open.text, text, wantsSpace);
  // A footnote's mark or a raised letter does not decide the line's size and place.
  if (!isSpace && weight > open.weight) Object.assign(open, { y, size, weight });
}

/** Pieces of a line that were not drawn one after the other are put together as well, where no gap of a column is between them. */
function joinRows(fragments: readonly Fragment[]): Fragment[] {
  const rows = new Map<number, Fragment[]>();
  for (const fragment of fragments) {
    const row = Math.round(fragment.y / 2);
    const key = [row, row - 1, row + 1].find((near) => rows.has(near)) ?? row;
    const open = rows.get(key);
    if (open === undefined) rows.set(key, [fragment]);
    else open.push(fragment);
  }
  if (rows.size === fragments.length) return [...fragments];
  const joined = new Map<Fragment, Open | undefined>();
  for (const row of rows.values()) {
    if (row.length < 2) continue;
    const sorted = [...row].sort((one, other) => one.left - other.left);
    let open: Open | undefined;
    let first: Fragment | undefined;
    for (const fragment of sorted) {
      const piece: Open = { ...fragment, weight: fragment.text.length };
      const gap = open ? fragment.left - open.right : 0;
      if (open && first && gap > -0.2 * fragment.size && gap < 0.75 * fragment.size && follows(open, piece)) {
        append(open, piece);
        joined.set(fragment, undefined);
        joined.set(first, open);
      } else {
        open = piece;
        first = fragment;
      }
    }
  }
  return fragments.flatMap((fragment) => {
    if (!joined.has(fragment)) return [fragment];
    const whole = joined.get(fragment);
    return whole ? [fragmentOf(whole)] : [];
  });
}
