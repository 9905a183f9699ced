import fc from "fast-check";
import { expect, test } from "vitest";
import { validDocument } from "@/runtime/testing/graph-arbitrary";
import { planOf, runPlan } from "@/runtime/testing/run-plan";
import { testCatalog } from "@/runtime/testing/test-nodes";
import { interruptEvents } from "./interrupt";
import { initialRunState, reduceAll } from "./reduce";

const error = { code: "interrupted", message: "The app stopped." } as const;
const at = "2026-01-01T00:00:00.000Z";

test("ends a log that was cut off anywhere: every node that was under way, then the run, without a gap", async () => {
  await fc.assert(
    fc.asyncProperty(validDocument, fc.nat(), async (document, cut) => {
      const { events } = await runPlan(planOf(document, testCatalog), { q: "hi" });
      const log = events.slice(0, 1 + (cut % (events.length - 1)));
      const all = [...log, ...interruptEvents(log, error, at)];
      expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index));
      const state = reduceAll(initialRunState, all);
      expect(state).toMatchObject({ status: "failure", error, endedAt: at });
      for (const { status } of state.nodes.values()) expect(status).not.toBe("running");
    }),
  );
});

test("adds nothing to a log that has ended, or that never began", async () => {
  const { events } = await runPlan(planOf({ schemaVersion: 1, nodes: [], edges: [], layout: {} }, testCatalog));
  expect(interruptEvents(events, error, at)).toEqual([]);
  expect(interruptEvents([], error, at)).toEqual([]);
});
