import { expect, test } from "vitest";
import { runStatuses } from "@/runtime/run/reduce";
import { readRunFilter, runsAddress } from "./run-filter";

test("a filter is read back from the address it makes", () => {
  const filters = [{}, { pipelineId: "p 1&2" }, ...runStatuses.map((status) => ({ status, pipelineId: "p" }))];
  for (const filter of filters) {
    expect(readRunFilter(new URL(runsAddress(filter), "http://app").searchParams)).toEqual(filter);
  }
});

test("what an address says that is not understood is left out", () => {
  const parameters = new URLSearchParams({ status: "exploded", pipeline: "x".repeat(65) });
  expect(readRunFilter(parameters)).toEqual({});
});
