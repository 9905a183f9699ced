import { expect, it } from "vitest";
import { initialRunState } from "@/runtime/run/reduce";
import { columnTotals } from "./column-totals";
import type { CompareCell } from "./compare-store";

const cell = (ms: number, costMicroUsd: number | null, status: "success" | "failure" = "success"): CompareCell => ({
  phase: "ended",
  made: "",
  runId: "r",
  error: null,
  run: {
    ...initialRunState,
    status,
    startedAt: new Date(0).toISOString(),
    endedAt: new Date(ms).toISOString(),
    totals: {
      modelCalls: 1,
      inputTokens: 10,
      outputTokens: 2,
      uncountedCalls: 0,
      costMicroUsd,
      knownCostMicroUsd: costMicroUsd ?? 0,
    },
  },
});

it("counts answers only, and knows no sum where a price is unknown", () => {
  expect(columnTotals([cell(100, 5), undefined, cell(300, 7), cell(9000, 9, "failure")])).toEqual({
    answered: 2,
    meanMs: 200,
    inputTokens: 20,
    outputTokens: 4,
    uncountedCalls: 0,
    costMicroUsd: 12,
    knownCostMicroUsd: 12,
  });
  expect(columnTotals([cell(100, 5), cell(100, null)])).toMatchObject({ costMicroUsd: null, knownCostMicroUsd: 5 });
  expect(columnTotals([])).toMatchObject({ answered: 0, meanMs: null, costMicroUsd: 0 });
});
