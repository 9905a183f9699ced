import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { RunEvent } from "@/runtime/run/events";
import { validDocument } from "@/runtime/testing/graph-arbitrary";
import { planOf, runPlan } from "@/runtime/testing/run-plan";
import { testCatalog } from "@/runtime/testing/test-nodes";
import { readLog, writeLog } from "./log-text";

const at = (ms: number) => new Date(Date.UTC(2026, 0, 1) + ms).toISOString();
const stamp = (seq: number, ms = seq) => ({ runId: "r", seq, at: at(ms) });
const asStored = (events: readonly RunEvent[]) => JSON.parse(JSON.stringify(events)) as RunEvent[];
const again = (events: readonly RunEvent[]) =>
  readLog(writeLog(events, 0, Number.POSITIVE_INFINITY).log, events[0]?.runId ?? "", events[0]?.seq ?? 0);

const deltas = (texts: readonly string[], from = 0): RunEvent[] =>
  texts.map((delta, index) => ({
    ...stamp(from + index, 5 * (from + index)),
    type: "node-delta",
    path: ["model"],
    port: "text",
    delta,
  }));

describe("the text of a log", () => {
  it("says what the events say, whatever the run", () =>
    fc.assert(
      fc.asyncProperty(validDocument, async (document) => {
        const { events } = await runPlan(planOf(document, testCatalog), { q: "hi" });
        expect(again(events)).toEqual(asStored(events));
      }),
      { numRuns: 100 },
    ));

  it("says every kind of event", () => {
    const inputs = { q: "a question", n: 1, list: [1, { a: null }], absent: undefined, ["__proto__"]: "own" };
    Object.defineProperty(inputs, "__proto__", { value: "own", enumerable: true });
    const error = { code: "node-failed", message: "No.", node: "a" } as const;
    const path = ["a"];
    const call = {
      operation: "chat",
      endpoint: "e",
      model: "m",
      usage: { inputTokens: 1, outputTokens: null, thinkingTokens: 3 },
      costMicroUsd: null,
      latencyMs: 7,
      firstTokenMs: null,
      cached: false,
    } as const;
    const events: RunEvent[] = [
      { ...stamp(0), type: "run-start", graphHash: "h", inputs, variants: [{ node: "a", id: "b", label: "c" }] },
      { ...stamp(1), type: "node-start", path, attempt: 1, inputs },
      { ...stamp(2), type: "node-thinking", path, delta: "hm" },
      { ...stamp(3), type: "node-retract", path, what: "text" },
      { ...stamp(4), type: "model-call", path, ...call },
      {
        ...stamp(5),
        type: "model-call",
        path: ["map#1", "a"],
        ...call,
        cached: true,
        prompt: {
          messages: [
            { role: "system", content: "Be short." },
            { role: "user", content: "a question", omitted: 3 },
          ],
          temperature: 0.5,
          schema: true,
        },
        thinking: { text: "hm", tokens: 1, estimated: true },
        reply: "cut",
        error,
      },
      { ...stamp(6), type: "node-retry", path, attempt: 1, error, delayMs: 5 },
      { ...stamp(7), type: "log", path, level: "warn", message: "\0 and \ud800" },
      { ...stamp(8), type: "node-end", path, outcome: "success", outputs: inputs, cached: true, recovered: error },
      { ...stamp(9), type: "node-end", path, outcome: "failure", error },
      { ...stamp(10), type: "node-end", path, outcome: "skipped", reason: "disabled", passed: inputs },
      { ...stamp(11, 4), type: "run-end", outcome: "success", outputs: inputs, reply: "cut" },
      { ...stamp(12), type: "run-end", outcome: "aborted", error },
    ];
    expect(again(events)).toEqual(asStored(events));
    expect(again(events.slice(4))).toEqual(asStored(events.slice(4)));
  });

  it("keeps each piece of a text that came in pieces, with its time, also where a letter was cut in two", () => {
    const events = deltas(["a ", "", "\ud83d", "\ude00", "end", "end", "end"]);
    events.push({ ...stamp(7, 1), type: "node-delta", path: ["model"], port: "other", delta: "x" });
    expect(again(events)).toEqual(asStored(events));
  });

  it("keeps a time that is none, and a clock that went back", () => {
    const events: RunEvent[] = [
      { ...stamp(0), at: "", type: "run-start", graphHash: "h", inputs: {} },
      { ...stamp(1, 500), type: "log", path: ["a"], level: "info", message: "one" },
      { ...stamp(2, 100), type: "log", path: ["a"], level: "info", message: "two" },
      ...deltas(["a", "b"], 3),
    ];
    expect(again(events)).toEqual(asStored(events));
  });

  it("holds a value once, however often it is passed on, and a token in at most 20 characters", () => {
    const answer = "An answer of some length. ".repeat(20);
    const tokens = answer.match(/\S+\s/g) ?? [];
    const events: RunEvent[] = [
      ...deltas(tokens),
      {
        ...stamp(tokens.length, 600),
        type: "node-end",
        path: ["model"],
        outcome: "success",
        outputs: { text: answer },
        cached: false,
      },
      { ...stamp(tokens.length + 1, 601), type: "node-start", path: ["answer"], attempt: 1, inputs: { text: answer } },
    ];
    const { log } = writeLog(events, 0, Number.POSITIVE_INFINITY);
    expect(log.split("An answer of some length.")).toHaveLength(21);
    expect(log.length / tokens.length).toBeLessThan(20);
    expect(again(events)).toEqual(asStored(events));
  });

  it("is written in stretches, each of at least one event and little longer than asked", () => {
    const events = deltas(Array.from({ length: 1000 }, (_, index) => `${index} ${"x".repeat(50)}`));
    const read: RunEvent[] = [];
    for (let from = 0; from < events.length; ) {
      const { log, count } = writeLog(events, from, 1000);
      expect(count).toBeGreaterThan(0);
      expect(log.length).toBeLessThan(1500);
      read.push(...readLog(log, "r", from));
      from += count;
    }
    expect(read).toEqual(events);
    expect(writeLog(events, 0, 1).count).toBe(1);
  });

  it("is read as well where it is a list of events, as it was before", () => {
    const events = deltas(["a", "b"], 7);
    expect(readLog(JSON.stringify(events), "r", 7)).toEqual(events);
    expect(readLog("[]", "r", 0)).toEqual([]);
  });

  it("is refused where a later version wrote it", () => {
    expect(() => readLog("[1,0,[],[],[[99,0]]]", "r", 0)).toThrow("kind 99");
  });
});
