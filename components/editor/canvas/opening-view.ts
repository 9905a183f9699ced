interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Below this not even the names on the cards can be read: the beginning is shown instead. */
const smallest = 0.2;
/** The beginning is shown so large that a card's small print can be read. */
const legible = 0.75;
const margin = 24;

/**
 * The view that a pipeline opens with, as React Flow names it: all of it where the names can be read then, else its
 * beginning at the left, level with the leftmost cards.
 */
export const openingView = (
  bounds: Box,
  cards: readonly { readonly position: { readonly x: number; readonly y: number } }[],
  room: { readonly width: number; readonly height: number },
): { readonly x: number; readonly y: number; readonly zoom: number } => {
  const wide = room.width - 2 * margin;
  const high = room.height - 2 * margin;
  const fitting = Math.min(1, wide / bounds.width, high / bounds.height);
  const zoom = fitting < smallest ? legible : fitting;
  const x =
    bounds.width * zoom <= wide ? (room.width - bounds.width * zoom) / 2 - bounds.x * zoom : margin - bounds.x * zoom;
  const first = cards.filter(({ position }) => position.x <= bounds.x + 40).map(({ position }) => position.y);
  const top = Math.min(...first);
  const y =
    bounds.height * zoom <= high
      ? (room.height - bounds.height * zoom) / 2 - bounds.y * zoom
      : // As much as fits around the first cards, without empty room beyond the graph.
        clamp(
          room.height / 2 - (top + 50) * zoom,
          room.height - margin - (bounds.y + bounds.height) * zoom,
          margin - bounds.y * zoom,
        );
  return { x, y, zoom };
};

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(most, value));
