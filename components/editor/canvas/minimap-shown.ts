export interface CanvasRoom {
  /** Pixels of the screen. */
  readonly width: number;
  readonly height: number;
  /** Shift to the right and down, in pixels, and zoom: as React Flow keeps them. */
  readonly transform: readonly [number, number, number];
}

export interface CardBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A smaller canvas has no room to spare: an overview would lie over the cards that it shows. */
const roomy = { width: 960, height: 420 } as const;

/** Whether an overview helps without being asked for: there is room for it, and something that it alone shows. */
export const minimapHelps = ({ width, height, transform }: CanvasRoom, cards: Iterable<CardBox>): boolean => {
  if (width < roomy.width || height < roomy.height) return false;
  const [right, down, zoom] = transform;
  for (const card of cards) {
    const left = card.x * zoom + right;
    const top = card.y * zoom + down;
    if (left < 0 || top < 0 || left + card.width * zoom > width || top + card.height * zoom > height) return true;
  }
  return false;
};
