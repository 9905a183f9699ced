import { describe, expect, it } from "vitest";
import type { RunEvent, RunEventBody } from "@/runtime/run/events";
import { traceRows } from "./trace-rows";
import { keysAround, visibleRows } from "./visible-rows";

const rowsOf = (...paths: string[][]) =>
  traceRows(
    [
      { type: "run-start", graphHash: "h", inputs: {} } as RunEventBody,
      ...paths.map((path): RunEventBody => ({ type: "node-start", path, attempt: 1, inputs: {} })),
    ].map((body, seq): RunEvent => ({ ...body, runId: "r", seq, at: "1970-01-01T00:00:00.000Z" })),
  ).rows;
const rows = rowsOf(["a"], ["map"], ["map#0"], ["map#1"], ["map#0", "x"], ["map#1", "x"], ["map#0", "y"], ["b"]);

describe("rows of a trace with containers", () => {
  it("shows what lies in a container only where it is unfolded, each item with its own steps", () => {
    expect(visibleRows(rows, new Set()).map(({ row }) => row.key)).toEqual(["a", "map", "b"]);
    expect(visibleRows(rows, new Set(["map", "map#0"])).map(({ row, depth }) => `${depth} ${row.key}`)).toEqual([
      "0 a",
      "0 map",
      "1 map#0",
      "2 map#0/x",
      "2 map#0/y",
      "1 map#1",
      "0 b",
    ]);
  });

  it("knows what has to be unfolded to show a row", () => {
    expect(keysAround(["map#0", "loop#2", "x"])).toEqual(["map#0/loop#2", "map#0/loop", "map#0", "map"]);
    expect(keysAround(["a"])).toEqual([]);
  });
});
