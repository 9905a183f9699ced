import { expect, test } from "vitest";
import { forecastRun, type PastRun } from "./forecast";

const run = (durationMs: number | null, more: Partial<PastRun> = {}): PastRun => ({
  status: "success",
  durationMs,
  inputTokens: 10,
  outputTokens: durationMs ?? 0,
  uncountedCalls: 0,
  costMicroUsd: 5,
  ...more,
});

test("says nothing from fewer than three runs that ended well", () => {
  expect(forecastRun([])).toBeNull();
  expect(forecastRun([run(1), run(2), run(3, { status: "failure" }), run(null)])).toBeNull();
});

test("leaves out the tenth at either end", () => {
  const forecast = forecastRun(Array.from({ length: 11 }, (_, index) => run(index * 100)));
  expect(forecast).toEqual({
    runs: 11,
    milliseconds: { low: 100, high: 900 },
    tokens: { low: 110, high: 910 },
    costMicroUsd: { low: 5, high: 5 },
  });
});

test("does not guess at tokens or money that were not known", () => {
  const forecast = forecastRun([run(1), run(2, { uncountedCalls: 1 }), run(3, { costMicroUsd: null })]);
  expect([forecast?.tokens, forecast?.costMicroUsd]).toEqual([null, null]);
});
