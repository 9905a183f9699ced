import { expect, it } from "vitest";
import { containerOf, frameSegment, pathsAround } from "./frame-path";

it("reads segments of frames, and takes everything else for a node", () => {
  expect(frameSegment("map-1#3")).toEqual({ container: "map-1", index: 3, round: 0 });
  expect(frameSegment("map-1#12~2")).toEqual({ container: "map-1", index: 12, round: 2 });
  expect(frameSegment("chat-2")).toBeNull();
});

it("finds the container of a frame and all that lies around a path", () => {
  expect(containerOf(["map-1#3"])).toEqual(["map-1"]);
  expect(containerOf(["map-1#3", "chat-2"])).toBeNull();
  expect(pathsAround(["chat-2"])).toEqual([]);
  expect(pathsAround(["map-1#3"])).toEqual([["map-1"]]);
  expect(pathsAround(["map-1#3", "loop-1#0", "chat-2"])).toEqual([
    ["map-1#3", "loop-1#0"],
    ["map-1#3", "loop-1"],
    ["map-1#3"],
    ["map-1"],
  ]);
});
