import { expect, test } from "vitest";
import type { ModelGateway } from "@/runtime/model/endpoint";
import type { ChatPart } from "@/runtime/node/context";
import { buildDocument } from "@/runtime/testing/build-document";
import { planOf, runPlan } from "@/runtime/testing/run-plan";
import { ScriptedGateway } from "@/runtime/testing/scripted-gateway";
import { chatNode, inputNode, outputNode, testCatalog } from "@/runtime/testing/test-nodes";
import { keptThinkingCharacters } from "./thinking-record";

const document = buildDocument(
  { i: { type: inputNode.type }, a: { type: chatNode.type }, b: { type: chatNode.type }, o: { type: outputNode.type } },
  ["i.q > a.prompt", "a.text > b.prompt", "b.text > o.answer"],
);
const plan = planOf(document, testCatalog);

/** A gateway that gives these parts for each chat. */
const giving = (...replies: readonly (readonly ChatPart[])[]): ScriptedGateway & { readonly prompts: string[] } => {
  let call = 0;
  const prompts: string[] = [];
  const gateway = new ScriptedGateway({ replies: [] });
  const chat: ModelGateway["chat"] = async function* (request, { onCall }) {
    prompts.push(request.messages.map(({ content }) => content).join());
    for (const part of replies[call++] ?? []) {
      if (part.type === "finish") {
        const { usage, outcome } = part;
        const record = { operation: "chat", endpoint: "e", model: "m", costMicroUsd: null, latencyMs: 1 } as const;
        onCall({ ...record, usage, firstTokenMs: 1, cached: false, ...(outcome === null ? {} : { reply: outcome }) });
      }
      yield part;
    }
  };
  return Object.assign(gateway, { chat, prompts });
};
const finish = {
  type: "finish",
  reason: "stop",
  outcome: null,
  usage: null,
  costMicroUsd: null,
  model: "e/m",
} as const;
const think = (delta: string) => ({ type: "thinking-delta", delta }) as const;
const say = (delta: string) => ({ type: "text-delta", delta }) as const;

test("what a model thinks is shown and counted, and is no output and no next input", async () => {
  const usage = { inputTokens: 1, outputTokens: 9, thinkingTokens: 7 };
  const models = giving([think("Hm, "), think("two?"), say("one"), { ...finish, usage }], [say("two"), finish]);
  const { events, state } = await runPlan(plan, { q: "x" }, { models });
  expect(state.outputs).toEqual({ answer: "two" });
  expect(models.prompts[1]).toContain("one");
  expect(models.prompts[1]).not.toContain("Hm");
  expect(events.filter(({ type }) => type === "node-thinking")).toHaveLength(2);
  expect(state.nodes.get("a")).toMatchObject({ thinking: "", text: { text: "one" }, outputs: { text: "one" } });
  expect(state.nodes.get("a")?.calls[0]?.thinking).toEqual({ text: "Hm, two?", tokens: 7 });
  expect(state.nodes.get("b")?.calls[0]?.thinking).toBeUndefined();
});

test("tokens of thinking that nobody counted are estimated, and said to be; long thinking keeps its ends", async () => {
  const long = `begin ${"word ".repeat(10_000)}end`;
  const { state } = await runPlan(
    plan,
    { q: "x" },
    { models: giving([think(long), say("1"), finish], [say("2"), finish]) },
  );
  const kept = state.nodes.get("a")?.calls[0]?.thinking;
  expect(kept).toMatchObject({ estimated: true, omitted: long.length - keptThinkingCharacters });
  expect(kept?.tokens).toBeGreaterThan(5_000);
  expect(kept?.text).toMatch(/^begin.*end$/s);
});

test("text that turns out to be thinking is taken back, in the state, the outputs and the record", async () => {
  const models = giving(
    [say("Hm, "), say("two?"), { type: "retract", what: "text" }, think("!"), say("one"), finish],
    [say("two"), finish],
  );
  const { events, state } = await runPlan(plan, { q: "x" }, { models });
  expect(state.outputs).toEqual({ answer: "two" });
  expect(models.prompts[1]).not.toContain("Hm");
  expect(events).toContainEqual(expect.objectContaining({ type: "node-retract", path: ["a"], what: "text" }));
  expect(state.nodes.get("a")).toMatchObject({ text: { text: "one" }, outputs: { text: "one" } });
  expect(state.nodes.get("a")?.calls[0]?.thinking?.text).toBe("Hm, two?!");
});

test("the run tells of the worst reply that its steps went on with", async () => {
  const cut = { ...finish, reason: "length", outcome: "cut" } as const;
  const { events, state } = await runPlan(
    plan,
    { q: "x" },
    { models: giving([say("one"), cut], [say("two"), finish]) },
  );
  expect(state).toMatchObject({ status: "success", reply: "cut" });
  expect(state.nodes.get("a")?.reply).toBe("cut");
  expect(state.nodes.get("b")?.reply).toBeNull();
  expect(events.at(-1)).toMatchObject({ type: "run-end", outcome: "success", reply: "cut" });
});
