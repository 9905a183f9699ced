export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Two boxes that share more than this part of their common area show the same thing. */
const SAME = 0.5;

/** Predictions are moves of the anchor's centre in tenths of its size, and logarithms of stretching in fifths. */
export function decodeBox(offsets: Float32Array, anchors: Float32Array, index: number): Box {
  const [down = 0, across = 0, taller = 0, wider = 0] = offsets.subarray(index * 4, index * 4 + 4);
  const [top = 0, left = 0, bottom = 0, right = 0] = anchors.subarray(index * 4, index * 4 + 4);
  const [height, width] = [bottom - top, right - left];
  const centreY = top + height / 2 + (down / 10) * height;
  const centreX = left + width / 2 + (across / 10) * width;
  const halfHeight = (height * Math.exp(taller / 5)) / 2;
  const halfWidth = (width * Math.exp(wider / 5)) / 2;
  const inside = (value: number) => Math.min(1, Math.max(0, value));
  return {
    left: inside(centreX - halfWidth),
    top: inside(centreY - halfHeight),
    right: inside(centreX + halfWidth),
    bottom: inside(centreY + halfHeight),
  };
}

/** Surest first; of several finds of one thing only the surest. */
export function withoutDoubles<T extends { readonly name: string; readonly score: number; readonly box: Box }>(
  found: readonly T[],
): T[] {
  const kept: T[] = [];
  for (const one of [...found].sort((left, right) => right.score - left.score))
    if (!kept.some((other) => other.name === one.name && overlap(other.box, one.box) > SAME)) kept.push(one);
  return kept;
}

/** Shared area over the area of both, 0 to 1. */
export function overlap(one: Box, other: Box): number {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (area(one) + area(other) - shared);
}

const area = ({ left, top, right, bottom }: Box) => (right - left) * (bottom - top);
