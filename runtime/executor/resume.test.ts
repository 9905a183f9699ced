import fc from "fast-check";
import { expect, test } from "vitest";
import type { RunEvent } from "@/runtime/run/events";
import { initialRunState, reduceAll } from "@/runtime/run/reduce";
import { buildDocument } from "@/runtime/testing/build-document";
import { validDocument } from "@/runtime/testing/graph-arbitrary";
import { planOf, runPlan } from "@/runtime/testing/run-plan";
import { ScriptedGateway } from "@/runtime/testing/scripted-gateway";
import { chatNode, inputNode, joinNode, outputNode, testCatalog } from "@/runtime/testing/test-nodes";

const document = buildDocument(
  { i: { type: inputNode.type }, a: { type: chatNode.type }, b: { type: chatNode.type }, o: { type: outputNode.type } },
  ["i.q > a.prompt", "a.text > b.prompt", "b.text > o.answer"],
);
const plan = planOf(document, testCatalog);
const stored = (events: readonly RunEvent[]): RunEvent[] => JSON.parse(JSON.stringify(events));

test("a run cut off anywhere goes on from its log to the same end, without a gap", async () => {
  await fc.assert(
    fc.asyncProperty(validDocument, fc.nat(), async (given, cut) => {
      const whole = planOf(given, testCatalog);
      const { events, state } = await runPlan(whole, { q: "hi" }, { concurrency: 1 });
      const log = stored(events.slice(0, cut % (events.length + 1)));
      const rest = await runPlan(whole, { q: "hi" }, { concurrency: 1, resume: log });
      const all = [...log, ...rest.events];
      expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index));
      expect(all.filter(({ type }) => type === "run-start")).toHaveLength(1);
      expect(all.filter(({ type }) => type === "run-end")).toHaveLength(1);
      expect(rest.state.status).toBe(state.status);
      expect(rest.state.outputs).toEqual(state.outputs);
      const ends = all.flatMap((event) => (event.type === "node-end" ? [event.path[0]] : []));
      expect(new Set(ends).size).toBe(ends.length);
    }),
    { numRuns: 300 },
  );
});

test("finished nodes are not run again; the one under way starts with a higher attempt and its former text is void", async () => {
  const first = new ScriptedGateway({ replies: ["one", "two words"] });
  const { events } = await runPlan(plan, { q: "x" }, { models: first });
  const cut = events.findIndex((event) => event.type === "node-delta" && event.path[0] === "b") + 1;
  const second = new ScriptedGateway({ replies: ["again"] });
  const { events: rest, state } = await runPlan(plan, {}, { models: second, resume: stored(events.slice(0, cut)) });
  expect(second.chats.map(({ messages }) => messages[0]?.content)).toEqual(["one"]);
  expect(rest[0]).toMatchObject({ type: "node-start", path: ["b"], attempt: 2, seq: cut });
  expect(state.nodes.get("b")?.text).toEqual({ text: "again" });
  expect(state.outputs).toEqual({ answer: "again" });
});

test("the inputs of the log count, not those given again", async () => {
  const models = new ScriptedGateway({ replies: ["1", "2"] });
  const { events } = await runPlan(plan, { q: "first" }, { models: new ScriptedGateway({ replies: ["1", "2"] }) });
  await runPlan(plan, { q: "second" }, { models, resume: stored(events.slice(0, 1)) });
  expect(models.chats[0]?.messages[0]?.content).toBe("first");
});

test("a log that has its run-end gives no more events", async () => {
  const { events } = await runPlan(plan, { q: "x" }, { models: new ScriptedGateway({ replies: ["1", "2"] }) });
  expect((await runPlan(plan, {}, { resume: events })).events).toEqual([]);
});

test("a log of another version of the pipeline ends as interrupted", async () => {
  const other = planOf(
    buildDocument({ i: { type: inputNode.type }, j: { type: joinNode.type } }, ["i.q > j.a"]),
    testCatalog,
  );
  const { events } = await runPlan(other, { q: "x" });
  const { events: rest } = await runPlan(plan, {}, { resume: events.slice(0, 2) });
  expect(rest).toMatchObject([{ type: "run-end", outcome: "failure", error: { code: "interrupted" }, seq: 2 }]);
});

test("a run cancelled while it resumes ends whole", async () => {
  const { events } = await runPlan(plan, { q: "x" }, { models: new ScriptedGateway({ replies: ["1", "2"] }) });
  const log = events.slice(0, 6);
  const { events: rest } = await runPlan(plan, {}, { resume: log, signal: AbortSignal.abort() });
  const state = reduceAll(initialRunState, [...log, ...rest]);
  expect(state.status).toBe("aborted");
  for (const { status } of state.nodes.values()) expect(status).not.toBe("running");
});
