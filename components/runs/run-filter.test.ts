import { expect, test } from "vitest";
import { runStatuses } from "@/runtime/run/reduce";
import { type RunFilter, readRunFilter, runRatings, runSources, runsAddress, runsQuestion } from "./run-filter";

test("a filter is read back from the address it makes", () => {
  const filters: RunFilter[] = [
    {},
    { pipelineId: "p 1&2" },
    ...runStatuses.map((status) => ({ status, pipelineId: "p" })),
    ...runSources.map((source) => ({ source, deploymentId: "d" })),
    { since: "2026-11-01T10:00:00.000Z", before: "2026-11-01T10:30:00.000Z", errorCode: "rate-limited", version: "3" },
    { deploymentId: "d", apiKeyId: "k", slowerMs: 1_500, step: "ask", asked: "yes" },
    ...runRatings.map((rating) => ({ rating, query: "50 % & more", from: "2026-11-01", until: "2026-11-30" })),
  ];
  for (const filter of filters) {
    expect(readRunFilter(new URL(runsAddress(filter), "http://app").searchParams)).toEqual(filter);
  }
});

test("what an address says that is not understood is left out", () => {
  const parameters = new URLSearchParams({
    status: "exploded",
    pipeline: "x".repeat(65),
    source: "moon",
    rating: "so-so",
    from: "yesterday",
    until: "2026-13-01",
    query: "",
    since: "2026-11-01",
    slowerMs: "-1",
    version: "two",
    asked: "maybe",
  });
  expect(readRunFilter(parameters)).toEqual({});
});

test("the last day of a filter is included", () => {
  const { from, until } = runsQuestion({ from: "2026-11-01", until: "2026-11-01" });
  expect(Date.parse(until ?? "") - Date.parse(from ?? "")).toBeGreaterThan(22 * 3_600_000);
});

test("of a day and a moment, the list takes what lies in both", () => {
  const { from, until } = runsQuestion({
    from: "2026-11-01",
    since: "2026-11-01T23:30:00.000Z",
    before: "2026-11-02T00:00:00.000Z",
  });
  expect(from).toBe("2026-11-01T23:30:00.000Z");
  expect(until).toBe("2026-11-02T00:00:00.000Z");
});
