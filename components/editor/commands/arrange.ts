import type { Position } from "@/runtime/graph/document";

/** A card on the canvas, in its pixels. */
export interface Box extends Position {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export const edges = ["left", "centre", "right", "top", "middle", "bottom"] as const;
export type AlignEdge = (typeof edges)[number];

type Positions = Readonly<Record<string, Position>>;

const placed = (boxes: readonly Box[], place: (box: Box) => Position): Positions =>
  Object.fromEntries(
    boxes.map((box) => {
      const { x, y } = place(box);
      return [box.id, { x: Math.round(x), y: Math.round(y) }];
    }),
  );

/** Moves the boxes onto one line: the outermost edge among them, or the middle of all. */
export const align = (boxes: readonly Box[], edge: AlignEdge): Positions => {
  const left = Math.min(...boxes.map(({ x }) => x));
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const top = Math.min(...boxes.map(({ y }) => y));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  return placed(boxes, ({ x, y, width, height }) => {
    switch (edge) {
      case "left":
        return { x: left, y };
      case "centre":
        return { x: (left + right - width) / 2, y };
      case "right":
        return { x: right - width, y };
      case "top":
        return { x, y: top };
      case "middle":
        return { x, y: (top + bottom - height) / 2 };
      case "bottom":
        return { x, y: bottom - height };
      default:
        return edge satisfies never;
    }
  });
};

export type Direction = "horizontally" | "vertically";

/** Spaces the boxes evenly between the two outermost, which stay. Fewer than three stay where they are. */
export const distribute = (boxes: readonly Box[], direction: Direction): Positions => {
  const across = direction === "horizontally";
  const start = (box: Box): number => (across ? box.x : box.y);
  const size = (box: Box): number => (across ? box.width : box.height);
  const ordered = [...boxes].sort((a, b) => start(a) - start(b) || (a.id < b.id ? -1 : 1));
  const [first] = ordered;
  if (first === undefined || ordered.length < 3) return placed(boxes, (box) => box);
  const end = Math.max(...ordered.map((box) => start(box) + size(box)));
  const room = end - start(first) - ordered.reduce((sum, box) => sum + size(box), 0);
  const gap = room / (ordered.length - 1);
  const starts = new Map<string, number>();
  let next = start(first);
  for (const box of ordered) {
    starts.set(box.id, next);
    next += size(box) + gap;
  }
  return placed(ordered, (box) => {
    const at = starts.get(box.id) ?? start(box);
    return across ? { x: at, y: box.y } : { x: box.x, y: at };
  });
};
