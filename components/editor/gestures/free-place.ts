import type { GraphDocument, Position } from "@/runtime/graph/document";
import { cardGeometry } from "../canvas/card-geometry";

/** Room that a card of middling height takes with the air around it. */
const room = { width: 270, height: 240 };
const grid = 30;
/** As far as one looks, in steps of the grid. */
const reach = 60;

/** Steps from the middle outwards, nearest first; of places equally near, below comes before beside. */
const outwards = Array.from({ length: (2 * reach + 1) ** 2 }, (_, index) => ({
  x: (index % (2 * reach + 1)) - reach,
  y: Math.floor(index / (2 * reach + 1)) - reach,
})).sort((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y) || b.y - a.y || b.x - a.x);

/** The place nearest to the wished one where a new card covers no other. */
export const freePlace = (document: GraphDocument, wished: Position): Position => {
  const taken = Object.values(document.layout);
  const at = { x: Math.round(wished.x), y: Math.round(wished.y) };
  for (const step of outwards) {
    const place = { x: at.x + step.x * grid, y: at.y + step.y * grid };
    const isFree = taken.every(
      ({ x, y }) => Math.abs(x - place.x) >= room.width || Math.abs(y - place.y) >= room.height,
    );
    if (isFree) return place;
  }
  return at;
};

/** Between the right edge of a card and the left one of the next. */
const gap = 88;

/** Right of a node, level with it. */
export const placeBeside = (document: GraphDocument, node: string): Position => {
  const { x, y } = document.layout[node] ?? { x: 0, y: 0 };
  return { x: x + cardGeometry.width + gap, y };
};
