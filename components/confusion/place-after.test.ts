import { describe, expect, it } from "vitest";
import { placeAfter } from "./place-after";

const all = () => true;
const only =
  (...places: readonly string[]) =>
  (row: number, column: number) =>
    places.includes(`${row},${column}`);

describe("arrow keys in a square", () => {
  it("go to the next place that is open", () => {
    expect(placeAfter("ArrowRight", [0, 0], 3, all)).toEqual([0, 1]);
    expect(placeAfter("ArrowRight", [0, 0], 3, only("0,2", "2,1"))).toEqual([0, 2]);
    expect(placeAfter("ArrowUp", [2, 1], 3, only("0,1"))).toEqual([0, 1]);
  });

  it("stop at the edge, and take no other key", () => {
    expect(placeAfter("ArrowLeft", [0, 0], 3, all)).toBeNull();
    expect(placeAfter("ArrowDown", [2, 2], 3, all)).toBeNull();
    expect(placeAfter("Enter", [1, 1], 3, all)).toBeNull();
    expect(placeAfter("toString", [1, 1], 3, all)).toBeNull();
    expect(placeAfter("ArrowDown", [0, 0], 1, all)).toBeNull();
  });

  it("go to the nearest place beside the way where none lies on it", () => {
    expect(placeAfter("ArrowDown", [0, 0], 4, only("2,2", "3,3"))).toEqual([2, 2]);
    expect(placeAfter("ArrowRight", [0, 0], 4, only("0,0", "2,1", "1,3"))).toEqual([2, 1]);
  });

  it("reach every open place from every other", () => {
    const places = ["0,0", "1,3", "2,1", "3,3", "3,0"];
    const seen = new Set(["0,0"]);
    const queue: (readonly [number, number])[] = [[0, 0]];
    for (let next = queue.pop(); next !== undefined; next = queue.pop())
      for (const key of ["ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"]) {
        const to = placeAfter(key, next, 4, only(...places));
        if (to === null || seen.has(String(to))) continue;
        seen.add(String(to));
        queue.push(to);
      }
    expect([...seen].toSorted()).toEqual(places.toSorted());
  });
});
