import type { GraphDocument, Position } from "@/runtime/graph/document";

const size = { width: 250, height: 90 };
const step = { x: 24, y: 24 };

/** The wished place, or the next one down to the right where no card has its corner. */
export const freePlace = (document: GraphDocument, wished: Position): Position => {
  const taken = Object.values(document.layout);
  let at = { x: Math.round(wished.x), y: Math.round(wished.y) };
  for (let tries = 0; tries < 200; tries += 1) {
    const place = at;
    const blocked = taken.some(
      ({ x, y }) => Math.abs(x - place.x) < size.width * 0.5 && Math.abs(y - place.y) < size.height * 0.5,
    );
    if (!blocked) return at;
    at = { x: at.x + step.x, y: at.y + step.y };
  }
  return at;
};
