import { expect, test } from "vitest";
import { initialRunState, type NodeState, noTotals, type RunState } from "@/runtime/run/reduce";
import { buildDocument } from "@/runtime/testing/build-document";
import { runHeat } from "./run-heat";

const at = (ms: number) => new Date(ms).toISOString();
const node = (id: string, from: number, to: number, totals: Partial<NodeState["totals"]> = {}) =>
  [
    id,
    { path: [id], startedAt: at(from), endedAt: at(to), totals: { ...noTotals, ...totals } } as unknown as NodeState,
  ] as const;
const run = (...nodes: (readonly [string, NodeState])[]): RunState => ({ ...initialRunState, nodes: new Map(nodes) });
const document = buildDocument(
  { a: { type: "text/x" }, slow: { type: "text/x" }, fast: { type: "text/x" }, end: { type: "text/x" } },
  ["a.o > slow.i", "a.o > fast.i", "slow.o > end.a", "fast.o > end.b"],
);

test("the chain that the end waited for goes through the slower branch", () => {
  const heat = runHeat(
    run(node("a", 0, 10), node("slow", 10, 110), node("fast", 10, 60), node("end", 110, 120)),
    document,
    "",
  );
  expect(heat.critical).toEqual(["a", "slow", "end"]);
  expect(heat.criticalMs).toBe(120);
  expect(heat.time.get("slow")).toBe(1);
  expect(heat.time.get("fast")).toBe(0.5);
});

test("steps that ended in the same millisecond follow one another as they began", () => {
  const heat = runHeat(run(node("a", 0, 5), node("slow", 5, 5), node("end", 5, 5)), document, "");
  expect(heat.critical).toEqual(["a", "slow", "end"]);
});

test("money counts where a price is known, tokens where none is", () => {
  const priced = runHeat(
    run(node("a", 0, 1, { knownCostMicroUsd: 50, inputTokens: 1 }), node("slow", 1, 2, { inputTokens: 900 })),
    document,
    "",
  );
  expect([priced.costIs, [...priced.cost]]).toEqual(["money", [["a", 1]]]);
  const free = runHeat(
    run(node("a", 0, 1, { inputTokens: 100 }), node("slow", 1, 2, { inputTokens: 300, outputTokens: 100 })),
    document,
    "",
  );
  expect([free.costIs, [...free.cost]]).toEqual([
    "tokens",
    [
      ["a", 0.25],
      ["slow", 1],
    ],
  ]);
});

test("what did not run, or was taken from another run, is no part of it", () => {
  const heat = runHeat(run(node("end", 0, 5)), document, "");
  expect([heat.critical, heat.criticalMs]).toEqual([["end"], 5]);
  expect(runHeat(initialRunState, document, "").critical).toEqual([]);
});

test("a frame of a container is painted by itself", () => {
  const [, state] = node("a", 0, 7);
  expect([...runHeat(run(["map#1/a", state]), document, "map#1").time]).toEqual([["a", 1]]);
});
