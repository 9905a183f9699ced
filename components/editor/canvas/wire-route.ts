/** A place on the canvas, in its own pixels. */
interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

/** How a wire passes the cards between its ends: along `y`, from `from` to `to`. */
export interface Lane {
  readonly y: number;
  readonly from: number;
  readonly to: number;
}

/** Between a lane and the cards that it passes. */
const clearance = 14;
/** A run adds a footer below a card's ports; a wire below a card leaves room for it, so that it need not move. */
const footer = 32;
/** How far a card may stand into the curve before the wire goes round it. */
const tolerance = 6;
/** Width of the columns that boxes are found by. */
const column = 256;
const samples = 32;
/** Cards passed in one go; a wire across more of them goes straight. */
const mostPassed = 12;

export type BoxIndex = ReadonlyMap<number, readonly Box[]>;

export const indexBoxes = (boxes: readonly Box[]): BoxIndex => {
  const index = new Map<number, Box[]>();
  for (const box of boxes)
    for (let at = Math.floor(box.x / column); at <= Math.floor((box.x + box.width) / column); at += 1) {
      const list = index.get(at);
      if (list) list.push(box);
      else index.set(at, [box]);
    }
  return index;
};

const between = (index: BoxIndex, from: number, to: number): Set<Box> => {
  const found = new Set<Box>();
  for (let at = Math.floor(from / column); at <= Math.floor(to / column); at += 1)
    for (const box of index.get(at) ?? []) found.add(box);
  return found;
};

/** The cubic curve with level ends that a wire follows where nothing is in its way. */
const curveAt = (source: Point, target: Point, t: number): Point => {
  const half = (target.x - source.x) / 2;
  const a = (1 - t) ** 3;
  const b = 3 * (1 - t) ** 2 * t;
  const c = 3 * (1 - t) * t ** 2;
  const d = t ** 3;
  return {
    x: a * source.x + b * (source.x + half) + c * (target.x - half) + d * target.x,
    y: (a + b) * source.y + (c + d) * target.y,
  };
};

const meetsLane = (box: Box, lane: Lane): boolean =>
  box.x < lane.to && box.x + box.width > lane.from && lane.y > box.y - clearance / 2 && lane.y < bottom(box);

const bottom = ({ y, height }: Box): number => y + height + footer;

const laneAround = (passed: readonly Box[], boxes: Iterable<Box>, above: boolean, apart: number): Lane | null => {
  const all = [...boxes];
  const met = new Set(passed);
  while (met.size <= mostPassed) {
    const group = [...met];
    const lane: Lane = {
      y: above ? Math.min(...group.map(({ y }) => y)) - apart : Math.max(...group.map(bottom)) + apart,
      from: Math.min(...group.map(({ x }) => x)),
      to: Math.max(...group.map(({ x, width }) => x + width)),
    };
    const more = all.filter((box) => !met.has(box) && meetsLane(box, lane));
    if (more.length === 0) return lane;
    for (const box of more) met.add(box);
  }
  return null;
};

/** Wires of different ports past the same cards lie beside each other; which one where stays the same from draw to draw. */
const spread = (end: string): number => ([...end].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 5) * 5;

/** Where a wire must go so that it does not run behind cards; null where it may go straight, or leads backwards. */
export const laneFor = (
  index: BoxIndex,
  source: Point & { readonly node: string },
  target: Point & { readonly node: string },
  port = "",
): Lane | null => {
  if (target.x - source.x < 80) return null;
  const boxes = [...between(index, source.x, target.x)].filter(({ id }) => id !== source.node && id !== target.node);
  // What stands over an end cannot be passed.
  const passable = boxes.filter((box) => box.x > source.x && box.x + box.width < target.x);
  const passed = passable.filter((box) => {
    for (let step = 1; step < samples; step += 1) {
      const { x, y } = curveAt(source, target, step / samples);
      const inside = x > box.x && x < box.x + box.width;
      if (inside && y > box.y + tolerance && y < box.y + box.height - tolerance) return true;
    }
    return false;
  });
  if (passed.length === 0) return null;
  const apart = clearance + spread(`${source.node} ${port}`);
  const lanes = [laneAround(passed, passable, true, apart), laneAround(passed, passable, false, apart)].filter(
    (lane) => lane !== null,
  );
  const detour = ({ y }: Lane) => Math.abs(y - source.y) + Math.abs(y - target.y);
  return lanes.sort((a, b) => detour(a) - detour(b))[0] ?? null;
};

/** SVG path from end to end along the lane, level wherever pieces meet. */
export const lanePath = (source: Point, target: Point, { y, from, to }: Lane): string => {
  const into = Math.max(24, (from - source.x) / 2);
  const out = Math.max(24, (target.x - to) / 2);
  return [
    `M${source.x},${source.y}`,
    `C${source.x + into},${source.y} ${from - into},${y} ${from},${y}`,
    `L${to},${y}`,
    `C${to + out},${y} ${target.x - out},${target.y} ${target.x},${target.y}`,
  ].join(" ");
};
