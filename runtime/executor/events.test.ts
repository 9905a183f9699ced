import fc from "fast-check";
import { expect, test } from "vitest";
import type { Plan } from "@/runtime/plan/plan";
import type { RunEvent } from "@/runtime/run/events";
import { pathKey } from "@/runtime/run/reduce";
import { validDocument } from "@/runtime/testing/graph-arbitrary";
import { planOf, runPlan } from "@/runtime/testing/run-plan";
import { testCatalog } from "@/runtime/testing/test-nodes";

// What holds for the events of every run, whatever the graph. fast-check prints the seed of a failure.

const options = fc.record({ concurrency: fc.integer({ min: 1, max: 5 }) });
/** Aborts once so many events were read; many runs are over by then. */
const abortAfter = fc.option(fc.integer({ min: 0, max: 40 }));

const runAborting = async (plan: Plan, given: { concurrency: number }, after: number | null) => {
  const controller = new AbortController();
  let seq = 0;
  // The clock is read for every event, which is as good a place as any to cancel from.
  const now = () => {
    if (seq++ === after) queueMicrotask(() => controller.abort());
    return seq;
  };
  return (await runPlan(plan, { q: "hi" }, { ...given, now, signal: controller.signal })).events;
};

const anyRun = fc.tuple(validDocument, options, abortAfter);
const eachRun = (check: (events: readonly RunEvent[], plan: Plan) => void) =>
  fc.assert(
    fc.asyncProperty(anyRun, async ([document, given, after]) => {
      const plan = planOf(document, testCatalog);
      check(await runAborting(plan, given, after), plan);
    }),
    { numRuns: 150 },
  );

test("sequence numbers are gapless from 0, all of one run, in the order of time", () =>
  eachRun((events) => {
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
    expect(new Set(events.map(({ runId }) => runId))).toEqual(new Set(["run-1"]));
    const times = events.map(({ at }) => at);
    expect(times).toEqual([...times].sort());
  }));

test("exactly one run-start comes first and exactly one run-end last", () =>
  eachRun((events) => {
    const ends = events.flatMap(({ type }, index) => (type.startsWith("run-") ? [`${type} ${index}`] : []));
    expect(ends).toEqual(["run-start 0", `run-end ${events.length - 1}`]);
  }));

test("every node of the plan ends exactly once, and nothing is said of it afterwards", () =>
  eachRun((events, plan) => {
    const ended = new Set<string>();
    for (const event of events) {
      if (!("path" in event)) continue;
      const key = pathKey(event.path);
      expect(ended).not.toContain(key);
      if (event.type === "node-end") ended.add(key);
    }
    expect([...ended].sort()).toEqual(plan.nodes.map(({ id }) => id).sort());
  }));

test("attempts count up from 1, and nothing but a skip happens to a node that has not started", () =>
  eachRun((events) => {
    const attempts = new Map<string, number>();
    for (const event of events) {
      if (!("path" in event)) continue;
      const key = pathKey(event.path);
      if (event.type === "node-start") {
        expect(event.attempt).toBe((attempts.get(key) ?? 0) + 1);
        attempts.set(key, event.attempt);
      } else if (event.type !== "node-end" || event.outcome !== "skipped") expect(attempts.has(key)).toBe(true);
    }
  }));

test("joined deltas equal the final text", () =>
  eachRun((events) => {
    const texts = new Map<string, string>();
    for (const event of events) {
      if (event.type === "node-start") texts.delete(pathKey(event.path));
      if (event.type === "node-delta") {
        const key = pathKey(event.path);
        texts.set(key, (texts.get(key) ?? "") + event.delta);
      }
      if (event.type === "node-end" && event.outcome === "success" && event.recovered === undefined) {
        const text = texts.get(pathKey(event.path));
        if (text !== undefined) expect(event.outputs.text).toBe(text);
      }
    }
  }));

test("a node starts after everything it depends on has ended", () =>
  fc.assert(
    fc.asyncProperty(anyRun, async ([document, given, after]) => {
      const events = await runAborting(planOf(document, testCatalog), given, after);
      const ended = new Set<string>();
      for (const event of events) {
        if (event.type === "node-start") {
          for (const { from, to } of document.edges) if (to.node === event.path[0]) expect(ended).toContain(from.node);
        }
        if (event.type === "node-end") ended.add(pathKey(event.path));
      }
    }),
  ));

test("a run that succeeded had no failure that its policies do not forgive", () =>
  eachRun((events, plan) => {
    const forgiving = new Map(plan.nodes.map(({ id, policy }) => [id, policy.onError === "continue"]));
    const unforgiven = events.some(
      (event) => event.type === "node-end" && event.outcome === "failure" && !forgiving.get(event.path[0] as string),
    );
    const end = events.at(-1);
    if (end?.type === "run-end" && end.outcome !== "aborted")
      expect(end.outcome).toBe(unforgiven ? "failure" : "success");
  }));
