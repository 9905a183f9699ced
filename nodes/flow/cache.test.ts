import { describe, expect, it } from "vitest";
import type { CachedAnswer } from "@/runtime/capability/cache/contract";
import type { GraphDocument } from "@/runtime/graph/document";
import { validate } from "@/runtime/graph/validate";
import { createCatalog } from "@/runtime/node/catalog";
import { NodeFailure } from "@/runtime/node/node-failure";
import type { RunEvent } from "@/runtime/run/events";
import { buildDocument } from "@/runtime/testing/build-document";
import { describeNode } from "@/runtime/testing/node-spec";
import { planOf, runPlan } from "@/runtime/testing/run-plan";
import { ScriptedGateway } from "@/runtime/testing/scripted-gateway";
import { ScriptedServices } from "@/runtime/testing/scripted-services";
import { chatNode, testCatalog } from "@/runtime/testing/test-nodes";
import { ioInput } from "../io/input";
import { ioOutput } from "../io/output";
import { safetyCheck } from "../safety/check";
import { flowCache } from "./cache";

describeNode(flowCache, "nodes/flow/cache.ts", { inside: [ioInput, ioOutput] });

const catalog = createCatalog([...testCatalog.nodes, ioInput, ioOutput, flowCache, safetyCheck]);
type Config = GraphDocument["nodes"][number]["config"];
const text = (name: string) => ({ name, kind: "text", maxLength: 100_000 });

const body = buildDocument(
  {
    in: { type: "io/input", config: { fields: [text("question"), { ...text("plan"), required: false }] } },
    chat: { type: chatNode.type },
    out: { type: "io/output", config: { outputs: [{ name: "answer", title: "" }] } },
  },
  ["in.question > chat.prompt", "chat.text > out.answer"],
);

const document = (config: Config = {}, inside: GraphDocument = body) =>
  buildDocument(
    {
      in: { type: "io/input", config: { fields: [text("question"), { ...text("plan"), required: false }] } },
      cache: { type: "flow/cache", config, body: inside },
      out: { type: "io/output", config: { outputs: ["answer", "from"].map((name) => ({ name, title: "" })) } },
    },
    [
      "in.question > cache.question",
      ...(inside === body ? ["in.plan > cache.plan"] : []),
      "cache.answer > out.answer",
      "cache.from > out.from",
    ],
  );

const lookups = (events: readonly RunEvent[]) =>
  events.flatMap((event) => (event.type === "cache-lookup" ? [event] : []));
const logs = (events: readonly RunEvent[]) => events.flatMap((event) => (event.type === "log" ? [event.message] : []));

interface Asked {
  readonly config?: Config;
  readonly cached?: readonly (Pick<CachedAnswer, "question" | "outputs"> & { readonly vector?: readonly number[] })[];
  readonly vectors?: Readonly<Record<string, readonly number[]>>;
  readonly replies?: readonly string[];
  readonly inside?: GraphDocument;
}
const ask = async (question: string, asked: Asked = {}) => {
  const { config = {}, cached = [], vectors = {}, replies = ["Two years."], inside = body } = asked;
  const services = new ScriptedServices({ cached });
  const models = new ScriptedGateway({ replies, vectors });
  const run = await runPlan(planOf(document(config, inside), catalog), { question }, { models, services });
  return { ...run, services, models };
};

describe("a question", () => {
  it("runs the steps, is kept, and is then answered without them", async () => {
    const services = new ScriptedServices({});
    const plan = planOf(document(), catalog);
    const models = new ScriptedGateway({ replies: ["Two years."] });
    const first = await runPlan(plan, { question: "How long is the warranty?" }, { models, services });
    const second = await runPlan(plan, { question: "how long is the warranty" }, { models, services, runId: "run-2" });
    expect([first.state.outputs, second.state.outputs]).toEqual([
      { answer: "Two years.", from: "steps" },
      { answer: "Two years.", from: "memory" },
    ]);
    expect(lookups(first.events)).toMatchObject([{ outcome: "miss" }]);
    expect(lookups(second.events)).toMatchObject([
      { outcome: "hit", way: "same", sourceRunId: "run-1", similarity: 1 },
    ]);
    expect(second.events.some(({ type }) => type === "model-call")).toBe(false);
    expect(second.state.nodes.get("cache")?.lookup).toMatchObject({ outcome: "hit" });
  });

  it("of no words runs the steps and keeps nothing", async () => {
    const { events, state } = await ask(" ?! ");
    expect(state.status).toBe("success");
    expect(lookups(events)).toMatchObject([{ outcome: "aside", reason: "no-question" }]);
  });

  it("that is near but denies what was asked is worked out, and the run says what differs", async () => {
    const { events, state } = await ask("Can I not return it?", {
      config: { match: "meaning", threshold: 0.9 },
      cached: [{ question: "Can I return it?", outputs: { answer: "Yes." }, vector: [1, 0] }],
      vectors: { "Can I not return it?": [1, 0] },
      replies: ["No."],
    });
    expect(state.outputs).toEqual({ answer: "No.", from: "steps" });
    expect(lookups(events)).toMatchObject([
      { outcome: "miss", nearest: { question: "Can I return it?", similarity: 1, differs: "denial" } },
    ]);
  });

  it("below the threshold is worked out, and the run says how near the nearest was", async () => {
    const { events } = await ask("Where is my parcel?", {
      config: { match: "meaning", threshold: 0.9 },
      cached: [{ question: "How long is the warranty?", outputs: { answer: "Two years." }, vector: [1, 0] }],
      vectors: { "Where is my parcel?": [0.8, 0.6] },
    });
    expect(lookups(events)).toMatchObject([{ outcome: "miss", nearest: { similarity: 0.8 } }]);
  });

  it("is worked out, with a warning, where the embedding model does not answer", async () => {
    const services = new ScriptedServices({});
    const models = new ScriptedGateway({ replies: ["Two years."] });
    models.embed = async () => {
      throw new NodeFailure("model-unavailable", "The endpoint is gone.");
    };
    const plan = planOf(document({ match: "meaning" }), catalog);
    const first = await runPlan(plan, { question: "How long?" }, { models, services });
    expect(first.state.outputs).toEqual({ answer: "Two years.", from: "steps" });
    expect(logs(first.events).join()).toContain("The embedding model did not answer");
    // It is found again by its words.
    const second = await runPlan(plan, { question: "how long" }, { models, services, runId: "run-2" });
    expect(second.state.outputs).toEqual({ answer: "Two years.", from: "memory" });
  });

  it.each(["find", "keep", "count"] as const)("is answered where the store fails to %s", async (member) => {
    const services = new ScriptedServices({});
    services.cache[member] = async () => {
      throw new Error("no room on the disk");
    };
    const models = new ScriptedGateway({ replies: ["Two years."] });
    const { state, events } = await runPlan(
      planOf(document(), catalog),
      { question: "How long?" },
      { models, services },
    );
    expect(state.status).toBe("success");
    expect(state.outputs).toEqual({ answer: "Two years.", from: "steps" });
    expect(logs(events).join()).toContain("no room on the disk");
  });
});

describe("personal data", () => {
  it.each([
    "Where is the parcel of smith@example.com?",
    "Where is the parcel of [EMAIL_1]?",
    "我的手机号是13812345678，套餐是什么？",
    "【邮箱_1】的订单在哪里？",
  ])("in the question keeps the step from looking and keeping: %s", async (question) => {
    const { events, services } = await ask(question);
    expect(lookups(events)).toMatchObject([{ outcome: "aside", reason: "personal-data" }]);
    expect(await services.cache.near("", [1])).toEqual([]);
    const again = await runPlan(
      planOf(document(), catalog),
      { question },
      { models: new ScriptedGateway({ replies: ["Anew."] }), services, runId: "run-2" },
    );
    expect(again.state.outputs).toEqual({ answer: "Anew.", from: "steps" });
  });

  it.each(["Write to smith@example.com.", "Write to [EMAIL_1]."])("in the answer is not kept: %s", async (reply) => {
    const services = new ScriptedServices({});
    const plan = planOf(document(), catalog);
    const models = new ScriptedGateway({ replies: [reply, "Anew."] });
    const first = await runPlan(plan, { question: "Whom do I write to?" }, { models, services });
    expect(logs(first.events).join()).toContain("is not kept");
    const second = await runPlan(plan, { question: "Whom do I write to?" }, { models, services, runId: "run-2" });
    expect(second.state.outputs).toEqual({ answer: "Anew.", from: "steps" });
  });

  it("that a mask inside hides is not kept: the question would stand there in the clear", async () => {
    const inside = buildDocument(
      {
        in: { type: "io/input", config: { fields: [text("question")] } },
        check: { type: "safety/check", config: { checkToxicity: false, words: "Nightfall", wordsAction: "hide" } },
        out: { type: "io/output", config: { outputs: [{ name: "answer", title: "" }] } },
      },
      ["in.question > check.text", "check.pass > out.answer"],
    );
    const { events } = await ask("When does Nightfall begin?", { inside, replies: [] });
    expect(lookups(events)).toMatchObject([{ outcome: "aside", reason: "hidden-inside" }]);
  });
});

describe("an answer", () => {
  it("is not kept where the steps fail, and the failure is the step's", async () => {
    const services = new ScriptedServices({});
    const models = new ScriptedGateway({ replies: [] });
    models.chat = () => {
      throw new NodeFailure("model-unavailable", "The endpoint is gone.");
    };
    const { state } = await runPlan(planOf(document(), catalog), { question: "How long?" }, { models, services });
    expect(state.error?.code).toBe("model-unavailable");
    const again = await runPlan(
      planOf(document(), catalog),
      { question: "How long?" },
      { models: new ScriptedGateway({ replies: ["Two years."] }), services, runId: "run-2" },
    );
    expect(again.state.outputs).toEqual({ answer: "Two years.", from: "steps" });
  });

  it("is decided once in a run: what a crash cut off is not looked up again", async () => {
    const services = new ScriptedServices({});
    const plan = planOf(document(), catalog);
    const models = new ScriptedGateway({ replies: ["First.", "First."] });
    const whole = await runPlan(plan, { question: "How long?" }, { models, services });
    const cut = whole.events.findIndex(({ type }) => type === "node-recorded") + 1;
    // Another run keeps an answer meanwhile; this one has said that it works its own out.
    const resumed = await runPlan(plan, {}, { models, services, resume: whole.events.slice(0, cut) });
    expect(lookups(resumed.events)).toEqual([]);
    expect(resumed.state.outputs).toEqual({ answer: "First.", from: "steps" });
  });
});

describe("settings", () => {
  it.each([{ threshold: 1.01 }, { threshold: 0.2 }, { minutes: 0 }, { entries: 10_001 }, { megabytes: 101 }])(
    "beyond a bound are said before the run: %o",
    (config) => {
      const problems = validate(document({ match: "meaning", ...config } as unknown as Config), catalog);
      const errors = problems.filter(({ severity }) => severity === "error");
      expect(JSON.stringify(errors)).toContain('"cache"');
    },
  );

  it("that name an input which is not there fail at the step, and say what to do", async () => {
    const { state } = await ask("How long?", { config: { question: "ask" } });
    expect(state.error).toMatchObject({ code: "value-invalid", node: "cache" });
  });
});
