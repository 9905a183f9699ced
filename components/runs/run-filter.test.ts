import { expect, test } from "vitest";
import { runStatuses } from "@/runtime/run/reduce";
import { type RunFilter, readRunFilter, runRatings, runSources, runsAddress, runsQuestion } from "./run-filter";

test("a filter is read back from the address it makes", () => {
  const filters: RunFilter[] = [
    {},
    { pipelineId: "p 1&2" },
    ...runStatuses.map((status) => ({ status, pipelineId: "p" })),
    ...runSources.map((source) => ({ source, deploymentId: "d" })),
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
  });
  expect(readRunFilter(parameters)).toEqual({});
});

test("the last day of a filter is included", () => {
  const { from, until } = runsQuestion({ from: "2026-11-01", until: "2026-11-01" });
  expect(Date.parse(until ?? "") - Date.parse(from ?? "")).toBeGreaterThan(22 * 3_600_000);
});
