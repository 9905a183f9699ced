/** An upright picture in memory: three bytes a pixel, red first, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** Corner points of a quadrilateral, clockwise from its top left. */
export type Quad = readonly [Point, Point, Point, Point];
export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * A picture as models read it: one plane of numbers a channel, each `value(byte, channel)`. `order` says which colour each plane
 * holds; models that were trained with OpenCV read blue first.
 */
export function toPlanes(
  { pixels }: Picture,
  order: "rgb" | "bgr",
  value: (byte: number, plane: number) => number,
): Float32Array<ArrayBuffer> {
  const size = pixels.length / 3;
  const planes = new Float32Array(pixels.length);
  for (let plane = 0; plane < 3; plane++) {
    const channel = order === "rgb" ? plane : 2 - plane;
    for (let pixel = 0; pixel < size; pixel++)
      planes[plane * size + pixel] = value(pixels[pixel * 3 + channel] ?? 0, plane);
  }
  return planes;
}

/** The picture after so many quarter turns to the right. */
export function turned({ width, height, pixels }: Picture, quarters: 1 | 2 | 3): Picture {
  const [newWidth, newHeight] = quarters === 2 ? [width, height] : [height, width];
  const into = new Uint8Array(pixels.length);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const [x, y] =
        quarters === 1
          ? [height - 1 - row, column]
          : quarters === 2
            ? [width - 1 - column, height - 1 - row]
            : [row, width - 1 - column];
      const [from, to] = [(row * width + column) * 3, (y * newWidth + x) * 3];
      into[to] = pixels[from] ?? 0;
      into[to + 1] = pixels[from + 1] ?? 0;
      into[to + 2] = pixels[from + 2] ?? 0;
    }
  return { width: newWidth, height: newHeight, pixels: into };
}

/** The part of a picture inside a quadrilateral, drawn straight at the given size. */
export function straighten(picture: Picture, quad: Quad, width: number, height: number): Picture {
  const [topLeft, topRight, bottomRight, bottomLeft] = quad;
  const pixels = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    const down = (row + 0.5) / height;
    const left = between(topLeft, bottomLeft, down);
    const right = between(topRight, bottomRight, down);
    for (let column = 0; column < width; column++) {
      const { x, y } = between(left, right, (column + 0.5) / width);
      sample(picture, x - 0.5, y - 0.5, pixels, (row * width + column) * 3);
    }
  }
  return { width, height, pixels };
}

const between = (from: Point, to: Point, share: number): Point => ({
  x: from.x + (to.x - from.x) * share,
  y: from.y + (to.y - from.y) * share,
});

/** Mixes the four pixels around a place; beyond the edge the edge goes on. */
function sample({ width, height, pixels }: Picture, x: number, y: number, into: Uint8Array, at: number) {
  const clampedX = Math.min(Math.max(x, 0), width - 1);
  const clampedY = Math.min(Math.max(y, 0), height - 1);
  const [column, row] = [Math.floor(clampedX), Math.floor(clampedY)];
  const [right, down] = [clampedX - column, clampedY - row];
  const nextColumn = Math.min(column + 1, width - 1);
  const nextRow = Math.min(row + 1, height - 1);
  for (let channel = 0; channel < 3; channel++) {
    const byte = (r: number, c: number) => pixels[(r * width + c) * 3 + channel] ?? 0;
    const upper = byte(row, column) * (1 - right) + byte(row, nextColumn) * right;
    const lower = byte(nextRow, column) * (1 - right) + byte(nextRow, nextColumn) * right;
    into[at + channel] = Math.round(upper * (1 - down) + lower * down);
  }
}
