import type { Fragment } from "./page-line";

/** What is used of a text item of pdf.js, its transform already turned to the page as it is seen. */
export interface PositionedText {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
}

/** In parts of the text's size: wider is a space, and wider still another column or cell. */
const gaps = { space: 0.15, cell: 1.2 } as const;

/** Puts the runs of glyphs that follow each other on a line together. Text askew is a watermark; text on its side comes last. */
export function pageFragments(items: readonly PositionedText[]): Fragment[] {
  const fragments: Fragment[] = [];
  const sideways: Fragment[] = [];
  let open: { text: string; left: number; right: number; y: number; size: number; weight: number } | undefined;
  const close = () => {
    if (open && open.text.trim() !== "") fragments.push({ ...open, text: open.text.trim() });
    open = undefined;
  };
  for (const { str, transform, width } of items) {
    const [a = 1, b = 0, c = 0, d = 1, left = 0, y = 0] = transform;
    const size = Math.hypot(c, d);
    const angle = Math.abs(Math.atan2(b, a));
    if (str === "" || size === 0) continue;
    if (angle > 0.1) {
      if (Math.abs(angle - Math.PI / 2) < 0.1 && str.trim() !== "") {
        sideways.push({ text: str.trim(), left, right: left, y: Number.MAX_SAFE_INTEGER, size });
      }
      continue;
    }
    const isSpace = str.trim() === "";
    if (open && isSpace && width > gaps.cell * open.size) {
      close();
      continue;
    }
    const gap = open ? left - open.right : 0;
    const reach = Math.max(size, open?.size ?? 0);
    const follows = open && Math.abs(y - open.y) < reach * 0.4 && gap > -0.5 * reach && gap < gaps.cell * reach;
    if (!open || !follows) {
      close();
      if (!isSpace) open = { text: str, left, right: left + width, y, size, weight: str.length };
      continue;
    }
    if (gap > gaps.space * reach && !open.text.endsWith(" ") && !isSpace) open.text += " ";
    open.text += str;
    open.right = Math.max(open.right, left + width);
    // A footnote's mark or a raised letter does not decide the line's size and place.
    if (str.length > open.weight) Object.assign(open, { y, size, weight: str.length });
  }
  close();
  return [...fragments, ...sideways];
}
