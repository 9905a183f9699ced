import fc from "fast-check";
import { expect, test } from "vitest";
import type { RunEvent } from "@/runtime/run/events";
import { joinEvents } from "./join-events";

const log: readonly RunEvent[] = Array.from({ length: 20 }, (_, seq) => ({
  type: "log",
  runId: "r",
  seq,
  at: new Date(seq).toISOString(),
  path: ["a"],
  level: "info",
  message: `line ${seq}`,
}));

test("two stretches that overlap or touch give the whole log, each event once", () => {
  fc.assert(
    fc.property(fc.nat(20), fc.nat(20), (end, begin) => {
      const joined = joinEvents(log.slice(0, Math.max(end, begin)), log.slice(Math.min(end, begin)));
      expect(joined).toEqual(log);
    }),
  );
});

test("nothing new gives the same list back", () => {
  expect(joinEvents(log, log.slice(5))).toBe(log);
  const empty: readonly RunEvent[] = [];
  expect(joinEvents(empty, [])).toBe(empty);
});
