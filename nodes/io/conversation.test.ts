import { describe, expect, it } from "vitest";
import { createCatalog } from "@/runtime/node/catalog";
import { type ConversationSnapshot, conversationLimits } from "@/runtime/node/conversation";
import { buildDocument } from "@/runtime/testing/build-document";
import { describeNode } from "@/runtime/testing/node-spec";
import { planOf, runPlan } from "@/runtime/testing/run-plan";
import { ScriptedGateway } from "@/runtime/testing/scripted-gateway";
import { turnsWithin } from "../lib/conversation/recall";
import { ioConversation } from "./conversation";

describeNode(ioConversation, "nodes/io/conversation.ts");

const turn = (number: number, question = `q${number}`, answer = `a${number}`) => ({ number, question, answer });
const snapshot = (
  turns: ConversationSnapshot["turns"],
  summary: ConversationSnapshot["summary"] = null,
): ConversationSnapshot => ({
  id: "c",
  key: "k",
  user: "",
  turn: (turns.at(-1)?.number ?? 0) + 1,
  summary,
  turns,
  message: "",
  answer: "",
  masksPersonalData: false,
});
const recalled = async (config: object, conversation: ConversationSnapshot, replies: readonly string[] = []) => {
  const models = new ScriptedGateway({ replies });
  const plan = planOf(
    buildDocument({ talk: { type: ioConversation.type, config: config as never } }),
    createCatalog([ioConversation]),
  );
  const { state, events } = await runPlan(plan, {}, { models, conversation });
  const node = state.nodes.get("talk");
  const history = (node?.outputs?.history ?? []) as readonly { role: string; content: string }[];
  return { models, node, events, history, said: history.map(({ content }) => content) };
};

describe("so many tokens", () => {
  it("are filled with whole turns, the latest first; none stands without its question", () => {
    const turns = [turn(1), turn(2, "x".repeat(400)), turn(3), turn(4)];
    for (let tokens = 0; tokens < 200; tokens++) {
      const kept = turnsWithin(turns, tokens);
      expect(kept).toEqual(turns.slice(turns.length - kept.length));
    }
    // A short earlier turn is not taken past a long one that does not fit: a conversation has no holes.
    expect(turnsWithin(turns, 10).map(({ number }) => number)).toEqual([3, 4]);
  });

  it("that the last turn alone is longer than hold nothing, which is said", async () => {
    const { said, node } = await recalled({ remember: "tokens", tokens: 50 }, snapshot([turn(1, "x".repeat(4_000))]));
    expect(said).toEqual([]);
    expect(node?.logs[0]?.message).toContain("longer than 50 tokens");
  });
});

describe("so many messages", () => {
  it("are whole turns, also where the number is odd, or greater than all there are", async () => {
    const turns = [turn(1), turn(2), turn(3)];
    expect((await recalled({ messages: 5 }, snapshot(turns))).said).toEqual(["q2", "a2", "q3", "a3"]);
    expect((await recalled({ messages: 200 }, snapshot(turns))).said).toHaveLength(6);
  });
});

describe("a summary", () => {
  const many = (count: number) => Array.from({ length: count }, (_, index) => turn(index + 1));

  it("is made once there are twice as many turns as are asked for, by one call, and kept for the end of the run", async () => {
    const settings = { remember: "summary", messages: 4 };
    expect((await recalled(settings, snapshot(many(4)))).models.chats).toHaveLength(0);
    const { models, said, events } = await recalled(settings, snapshot(many(5)), ["They spoke of q1 to q3."]);
    expect(models.chats).toHaveLength(1);
    expect(said.slice(2)).toEqual(["q4", "a4", "q5", "a5"]);
    expect(said[0]).toContain("They spoke of q1 to q3.");
    expect(events.find(({ type }) => type === "node-recorded")).toMatchObject({
      key: "conversation-summary",
      value: { text: "They spoke of q1 to q3.", until: 3 },
    });
  });

  it("takes up the one before, with what was said since", async () => {
    const former = { text: "Ada has order 17.", until: 3 };
    const since = [4, 5, 6, 7, 8].map((number) => turn(number));
    const { models } = await recalled({ remember: "summary", messages: 4 }, snapshot(since, former), ["New."]);
    const sent = models.chats[0]?.messages.map(({ content }) => content).join("\n") ?? "";
    expect(sent).toContain("Ada has order 17.");
    expect(sent).toContain("q6");
    expect(sent).not.toContain("q7");
  });

  it("is made of long turns before any of them is lost, of their beginnings", async () => {
    const long = (count: number) =>
      Array.from({ length: count }, (_, index) => turn(index + 1, "q".repeat(20_000), "a".repeat(20_000)));
    const settings = { remember: "summary", messages: 20 };
    // What a run is given holds ten of them.
    expect((await recalled(settings, snapshot(long(5)))).models.chats).toHaveLength(0);
    const { models, node, said, events } = await recalled(settings, snapshot(long(6)), ["Long."]);
    expect(node?.logs).toEqual([]);
    expect(said).toHaveLength(2 + 4);
    expect(events.find(({ type }) => type === "node-recorded")).toMatchObject({ value: { until: 4 } });
    expect(models.chats[0]?.messages.at(-1)?.content.length).toBeLessThan(61_000);
  });

  it("stands before the turns as a user's and an assistant's message: they always take turns", async () => {
    const { history } = await recalled(
      { remember: "summary", messages: 4 },
      snapshot([turn(4)], { text: "S", until: 3 }),
    );
    expect(history.map(({ role }) => role)).toEqual(["user", "assistant", "user", "assistant"]);
  });

  it("that the model does not give costs the run nothing: what there was is remembered, and the log says what is not", async () => {
    const { said, node } = await recalled({ remember: "summary", messages: 2 }, snapshot(many(3)), [""]);
    expect(node?.status).toBe("success");
    expect(said).toEqual(["q2", "a2", "q3", "a3"]);
    expect(node?.logs[0]?.message).toContain("could not be summarised");
  });

  it("that goes on for ever is cut", async () => {
    const { said, node } = await recalled({ remember: "summary", messages: 2 }, snapshot(many(3)), [
      "word ".repeat(2_000),
    ]);
    expect(said[0]?.length).toBeLessThan(conversationLimits.summary + 100);
    expect(node?.logs[0]?.message).toContain("was cut");
  });

  it("that does not cover all that is given says how many turns are lost", async () => {
    const { node } = await recalled({ remember: "summary", messages: 4 }, snapshot([turn(9)], { text: "S", until: 3 }));
    expect(node?.logs[0]?.message).toContain("5 turns");
  });
});
