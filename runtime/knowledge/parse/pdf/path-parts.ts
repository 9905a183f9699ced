/** A part of a path: the box of its points, and whether it is an upright rectangle or line and nothing else. */
export interface PathPart {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
  readonly isRectangle: boolean;
}

/** How many numbers follow each of the drawing library's path commands: move, line, curve, quadratic curve, close. */
const lengths = [2, 2, 6, 4, 0] as const;
const mostParts = 2000;

/** Takes a path of the drawing library apart. Undefined where it is not in the form that is known, or has too many parts. */
export function pathParts(data: ArrayLike<number>): readonly PathPart[] | undefined {
  const parts: PathPart[] = [];
  let points: (readonly [number, number])[] = [];
  let isCurved = false;
  const end = () => {
    if (points.length > 1) parts.push(partOf(points, isCurved));
    points = [];
    isCurved = false;
  };
  for (let at = 0; at < data.length; ) {
    const command = data[at] ?? -1;
    const length = lengths[command as 0 | 1 | 2 | 3 | 4];
    if (length === undefined || parts.length > mostParts) return undefined;
    if (command === 0) end();
    if (command === 2 || command === 3) isCurved = true;
    for (let value = at + 1; value < at + 1 + length; value += 2) points.push([data[value] ?? 0, data[value + 1] ?? 0]);
    at += 1 + length;
  }
  end();
  return parts;
}

function partOf(points: readonly (readonly [number, number])[], isCurved: boolean): PathPart {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [x, y] of points) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    bottom = Math.min(bottom, y);
    top = Math.max(top, y);
  }
  const near = (one: number, other: number) => Math.abs(one - other) < 0.01 * Math.max(1, right - left, top - bottom);
  const isRectangle =
    !isCurved &&
    points.length <= 6 &&
    points.every(([x, y]) => (near(x, left) || near(x, right)) && (near(y, bottom) || near(y, top))) &&
    // Two points on a slant are corners of their box, too.
    (points.length > 2 || near(left, right) || near(bottom, top));
  return { left, right, bottom, top, isRectangle };
}
