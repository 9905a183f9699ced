import type { Point } from "../picture";
import { type Rectangle, smallestRectangle, widened } from "./rectangle";

/** How sure the detector is that there is text, pixel by pixel. */
export interface TextMap {
  readonly width: number;
  readonly height: number;
  readonly values: Float32Array;
}

/** The model draws the core of each line only; a region is drawn larger by its area over its outline, times this. */
const WIDENING = 1.5;
const TEXT_FROM = 0.3;
const SURE_ENOUGH = 0.6;
const SMALLEST_SIDE = 3;
const MOST_REGIONS = 1000;

/** One rectangle around each line of text, in the map's pixels. */
export function textRegions(map: TextMap): Rectangle[] {
  const regions: Rectangle[] = [];
  for (const island of islands(map)) {
    if (regions.length >= MOST_REGIONS) break;
    if (island.meanValue < SURE_ENOUGH) continue;
    const core = smallestRectangle(island.outline);
    if (Math.min(core.width, core.height) < SMALLEST_SIDE) continue;
    const by = (core.width * core.height * WIDENING) / (2 * (core.width + core.height));
    regions.push(widened(core, by));
  }
  return regions;
}

interface Island {
  /** First and last pixel of each row: all that a hull needs. */
  readonly outline: readonly Point[];
  readonly meanValue: number;
}

/** Connected stretches of text, found by flooding from each pixel that no island has yet. */
function* islands({ width, height, values }: TextMap): Generator<Island> {
  const seen = new Uint8Array(width * height);
  const stack: number[] = [];
  for (let start = 0; start < values.length; start++) {
    if (seen[start] || (values[start] ?? 0) <= TEXT_FROM) continue;
    const rows = new Map<number, { left: number; right: number }>();
    let sum = 0;
    let count = 0;
    seen[start] = 1;
    stack.push(start);
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      const [x, y] = [at % width, Math.floor(at / width)];
      sum += values[at] ?? 0;
      count++;
      const row = rows.get(y);
      if (!row) rows.set(y, { left: x, right: x });
      else if (x < row.left) row.left = x;
      else if (x > row.right) row.right = x;
      for (let nextY = Math.max(0, y - 1); nextY <= Math.min(height - 1, y + 1); nextY++)
        for (let nextX = Math.max(0, x - 1); nextX <= Math.min(width - 1, x + 1); nextX++) {
          const next = nextY * width + nextX;
          if (seen[next] || (values[next] ?? 0) <= TEXT_FROM) continue;
          seen[next] = 1;
          stack.push(next);
        }
    }
    const outline = [...rows].flatMap(([y, { left, right }]) => [
      { x: left, y },
      { x: left, y: y + 1 },
      { x: right + 1, y },
      { x: right + 1, y: y + 1 },
    ]);
    yield { outline, meanValue: sum / count };
  }
}
