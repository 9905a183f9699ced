import type { Point, Quad } from "../picture";

/** A rectangle that may stand at an angle. */
export interface Rectangle {
  readonly centre: Point;
  /** Along `angle`, and across it. */
  readonly width: number;
  readonly height: number;
  /** Radians, between -45 and 45 degrees. */
  readonly angle: number;
}

/** The outer points of a cloud, counter-clockwise (Andrew's monotone chain). */
export function convexHull(points: readonly Point[]): Point[] {
  const sorted = [...points].sort((left, right) => left.x - right.x || left.y - right.y);
  if (sorted.length < 3) return sorted;
  const half = (ordered: readonly Point[]) => {
    const chain: Point[] = [];
    for (const point of ordered) {
      for (let last = chain.at(-1), before = chain.at(-2); last && before && turn(before, last, point) <= 0; ) {
        chain.pop();
        [last, before] = [chain.at(-1), chain.at(-2)];
      }
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half([...sorted].reverse())];
}

const turn = (from: Point, over: Point, to: Point) =>
  (over.x - from.x) * (to.y - from.y) - (over.y - from.y) * (to.x - from.x);

/** The smallest rectangle around a cloud of points: one of its sides lies along a side of the hull. */
export function smallestRectangle(points: readonly Point[]): Rectangle {
  const hull = convexHull(points);
  let best: Rectangle | undefined;
  for (const [index, point] of hull.entries()) {
    const next = hull[(index + 1) % hull.length] ?? point;
    const rectangle = aligned(hull, quarterTurn(Math.atan2(next.y - point.y, next.x - point.x)));
    if (!best || rectangle.width * rectangle.height < best.width * best.height) best = rectangle;
  }
  return best ?? aligned(hull, 0);
}

function aligned(points: readonly Point[], angle: number): Rectangle {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const along = points.map(({ x, y }) => x * cos + y * sin);
  const across = points.map(({ x, y }) => y * cos - x * sin);
  const [left, right] = [Math.min(...along), Math.max(...along)];
  const [top, bottom] = [Math.min(...across), Math.max(...across)];
  const [middle, level] = [(left + right) / 2, (top + bottom) / 2];
  return {
    centre: { x: middle * cos - level * sin, y: middle * sin + level * cos },
    width: right - left,
    height: bottom - top,
    angle,
  };
}

/** The same direction of sides, within 45 degrees of level. */
const quarterTurn = (angle: number) => angle - Math.round(angle / (Math.PI / 2)) * (Math.PI / 2);

export const widened = (rectangle: Rectangle, by: number): Rectangle => ({
  ...rectangle,
  width: rectangle.width + 2 * by,
  height: rectangle.height + 2 * by,
});

export const scaled = ({ centre, width, height, angle }: Rectangle, x: number, y: number): Rectangle => ({
  centre: { x: centre.x * x, y: centre.y * y },
  width: width * Math.hypot(Math.cos(angle) * x, Math.sin(angle) * y),
  height: height * Math.hypot(Math.sin(angle) * x, Math.cos(angle) * y),
  angle: Math.atan2(Math.sin(angle) * y, Math.cos(angle) * x),
});

export function corners({ centre, width, height, angle }: Rectangle): Quad {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const at = (along: number, across: number): Point => ({
    x: centre.x + along * cos - across * sin,
    y: centre.y + along * sin + across * cos,
  });
  const [w, h] = [width / 2, height / 2];
  return [at(-w, -h), at(w, -h), at(w, h), at(-w, h)];
}
