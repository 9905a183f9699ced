import { expect, it } from "vitest";
import type { RunEvent, RunEventBody } from "@/runtime/run/events";
import { initialRunState, reduceAll } from "@/runtime/run/reduce";
import { framePrefix } from "./frame-prefix";

const fold = (...bodies: RunEventBody[]) =>
  reduceAll(
    initialRunState,
    bodies.map((body, seq): RunEvent => ({ ...body, runId: "r", seq, at: "1970-01-01T00:00:00.000Z" })),
  );
const start = (...path: string[]): RunEventBody => ({ type: "node-start", path, attempt: 1, inputs: {} });
const fails = (...path: string[]): RunEventBody => ({
  type: "node-end",
  path,
  outcome: "failure",
  error: { code: "node-failed", message: "x" },
});

it("shows the first item that failed, else the latest, unless another is chosen", () => {
  const begun = fold(start("map"), start("map#0"), start("map#1"));
  expect(framePrefix(begun, ["map"], [])).toEqual(["map#1"]);
  const failed = fold(start("map"), start("map#0"), start("map#1"), fails("map#0"), start("map#2"));
  expect(framePrefix(failed, ["map"], [])).toEqual(["map#0"]);
  expect(framePrefix(failed, ["map"], ["map#2"])).toEqual(["map#2"]);
  expect(framePrefix(failed, ["map"], ["other#2"])).toEqual(["map#0"]);
});

it("follows containers in containers, and knows a place before any run", () => {
  const run = fold(start("map"), start("map#1"), start("map#1", "loop"), start("map#1", "loop#2"));
  expect(framePrefix(run, ["map", "loop"], [])).toEqual(["map#1", "loop#2"]);
  expect(framePrefix(run, ["map", "loop"], ["map#0", "loop#5"])).toEqual(["map#0", "loop#5"]);
  expect(framePrefix(undefined, ["map"], [])).toEqual(["map#0"]);
  expect(framePrefix(undefined, [], [])).toEqual([]);
});
