import { beforeEach, expect, test } from "vitest";
import { z } from "zod";
import type { GraphNode } from "@/runtime/graph/document";
import { createCatalog } from "@/runtime/node/catalog";
import { defineNode } from "@/runtime/node/define-node";
import { NodeFailure } from "@/runtime/node/node-failure";
import { onceLimits } from "@/runtime/node/once";
import * as port from "@/runtime/node/port";
import type { RunEvent } from "@/runtime/run/events";
import { publicView, toPublicEvents } from "@/runtime/run/public-events";
import { buildDocument } from "@/runtime/testing/build-document";
import { planOf, runPlan } from "@/runtime/testing/run-plan";
import { inputNode, outputNode } from "@/runtime/testing/test-nodes";

/** What was really done, over all executions. */
let done: string[] = [];

const workNode = defineNode({
  type: "tool/work",
  version: 1,
  title: { en: "Work", zh: "工作" },
  summary: { en: "Works.", zh: "工作。" },
  icon: "wrench",
  config: z.object({ failsOnce: z.boolean().default(false), many: z.int().default(0) }),
  inputs: { value: port.any() },
  outputs: { text: port.text() },
  examples: [{ name: "one", config: {}, inputs: { value: "x" }, outputs: { text: "a:x b" } }],
  run: async ({ config, inputs, ctx }) => {
    const twice = await Promise.all(
      [1, 2].map(() =>
        ctx.once.value("a", async () => {
          done.push("a");
          return `a:${inputs.value}`;
        }),
      ),
    );
    if (twice[0] !== twice[1]) throw new Error("computed twice");
    for (let at = 0; at < config.many; at += 1) await ctx.once.value(`many-${at}`, async () => at);
    const use = { id: "call-1", name: "send", class: "write", arguments: "{}" } as const;
    const { content } = await ctx.once.call(use, async () => {
      done.push("b");
      return { outcome: "success", content: "b" };
    });
    if (config.failsOnce && !done.includes("failed")) {
      done.push("failed");
      throw new NodeFailure("node-failed", "Once.");
    }
    return { text: `${twice[0]} ${content}` };
  },
});

const catalog = createCatalog([inputNode, outputNode, workNode]);
const planWith = (config: object = {}, policy?: GraphNode["policy"]) =>
  planOf(
    buildDocument(
      {
        i: { type: inputNode.type },
        w: { type: workNode.type, config: { ...config }, ...(policy === undefined ? {} : { policy }) },
        o: { type: outputNode.type },
      },
      ["i.q > w.value", "w.text > o.answer"],
    ),
    catalog,
  );
const stored = (events: readonly RunEvent[]): RunEvent[] => JSON.parse(JSON.stringify(events));
const again: NonNullable<GraphNode["policy"]> = { retries: 1, retryDelayMs: 0, onError: "stop" };

beforeEach(() => {
  done = [];
});

test("a step does once what it says once, and tells of it", async () => {
  const { events, state } = await runPlan(planWith(), { q: "hi" });
  expect(state.outputs).toEqual({ answer: "a:hi b" });
  expect(done).toEqual(["a", "b"]);
  expect(events.filter(({ type }) => /record|tool/.test(type))).toMatchObject([
    { type: "node-recorded", path: ["w"], key: "a", value: "a:hi" },
    { type: "tool-call", path: ["w"], id: "call-1", name: "send", class: "write", arguments: "{}" },
    { type: "tool-result", path: ["w"], id: "call-1", name: "send", outcome: "success", content: "b" },
  ]);
  expect(state.nodes.get("w")?.toolCalls).toMatchObject([
    { id: "call-1", result: { outcome: "success", content: "b" } },
  ]);
});

test("a step that is tried again after a failure does none of it again", async () => {
  const { events, state } = await runPlan(planWith({ failsOnce: true }, again), { q: "hi" });
  expect(state.status).toBe("success");
  expect(done).toEqual(["a", "b", "failed"]);
  expect(events.filter(({ type }) => type === "tool-call")).toHaveLength(1);
});

test("wherever a run was broken off, what had been told is not done again, and the log folds whole", async () => {
  const plan = planWith();
  const { events, state: whole } = await runPlan(plan, { q: "hi" });
  for (let cut = 1; cut < events.length; cut += 1) {
    done = [];
    const resume = stored(events.slice(0, cut));
    const { events: rest, state } = await runPlan(plan, {}, { resume });
    const told = resume.map(({ type }) => type);
    expect(done.includes("a"), `cut at ${cut}`).toBe(!told.includes("node-recorded"));
    expect(done.includes("b"), `cut at ${cut}`).toBe(!told.includes("tool-result"));
    expect(state.outputs).toEqual(whole.outputs);
    expect([...resume, ...rest].map(({ seq }) => seq)).toEqual([...resume, ...rest].map((_, index) => index));
    expect(state.nodes.get("w")?.toolCalls).toHaveLength(1);
  }
});

test("what is kept is bounded in number", async () => {
  const { state } = await runPlan(planWith({ many: onceLimits.values + 1 }), { q: "hi" });
  expect(state.nodes.get("w")?.error).toMatchObject({ code: "value-too-large" });
});

test("what is kept counts as what the run gives", async () => {
  const bounds = { characters: 100, runCharacters: 12 };
  const { state } = await runPlan(planWith(), { q: "four" }, { bounds });
  expect(state.nodes.get("w")?.error).toMatchObject({ code: "value-too-large" });
});

test("a caller of a published pipeline hears of tools by name alone", async () => {
  const plan = planWith();
  const { events } = await runPlan(plan, { q: "hi" });
  const told = events.flatMap((event) => toPublicEvents(event, publicView(plan)));
  expect(told.filter(({ type }) => type.startsWith("tool"))).toMatchObject([
    { type: "tool-start", tool: "send", call: "call-1" },
    { type: "tool-end", tool: "send", call: "call-1", outcome: "success" },
  ]);
  expect(JSON.stringify(told.filter(({ type }) => type !== "run-end"))).not.toContain("a:hi");
});
