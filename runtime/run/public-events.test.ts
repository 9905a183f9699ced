import { describe, expect, test } from "vitest";
import { flowCache } from "@/nodes/flow/cache";
import { flowMap } from "@/nodes/flow/map";
import { flowSubPipeline } from "@/nodes/flow/sub-pipeline";
import { ioInput } from "@/nodes/io/input";
import { ioOutput } from "@/nodes/io/output";
import { createCatalog } from "@/runtime/node/catalog";
import { NodeFailure } from "@/runtime/node/node-failure";
import { buildDocument } from "@/runtime/testing/build-document";
import { planOf, runPlan } from "@/runtime/testing/run-plan";
import { ScriptedGateway } from "@/runtime/testing/scripted-gateway";
import { ScriptedServices } from "@/runtime/testing/scripted-services";
import { chatNode, failNode, inputNode, joinNode, outputNode, testCatalog } from "@/runtime/testing/test-nodes";
import { runErrorCodes, runErrors } from "./errors";
import { publicView, toPublicError, toPublicEvents } from "./public-events";

const document = buildDocument(
  {
    i: { type: inputNode.type },
    p: { type: joinNode.type, config: { name: "SECRET-PROMPT" } },
    c: { type: chatNode.type, label: "Answer", policy: { retries: 1, retryDelayMs: 0, onError: "stop" } },
    o: { type: outputNode.type, config: { names: ["answer", "copy"] } },
  },
  ["i.q > p.a", "p.text > c.prompt", "c.text > o.answer", "c.text > o.copy"],
);

const publicRun = async (models: ScriptedGateway) => {
  const plan = planOf(document, testCatalog);
  const view = publicView(plan);
  const { events } = await runPlan(plan, { q: "x" }, { models });
  return events.flatMap((event) => toPublicEvents(event, view));
};

test("a caller sees steps by label, deltas by output, and the result", async () => {
  const events = await publicRun(new ScriptedGateway({ replies: ["forty two"] }));
  expect(events.map(({ seq: _, at: __, runId: ___, ...body }) => body)).toEqual([
    { type: "run-start" },
    { type: "step-start", step: "Join" },
    { type: "step-end", step: "Join", outcome: "success" },
    { type: "step-start", step: "Answer" },
    { type: "output-delta", output: "answer", delta: "forty" },
    { type: "output-delta", output: "copy", delta: "forty" },
    { type: "output-delta", output: "answer", delta: " two" },
    { type: "output-delta", output: "copy", delta: " two" },
    { type: "step-end", step: "Answer", outcome: "success" },
    { type: "run-end", status: "success", outputs: { answer: "forty two", copy: "forty two" }, finishReason: "stop" },
  ]);
});

test("what a model thinks never comes out, and a reply that was cut is said to be", async () => {
  const events = await publicRun(
    new ScriptedGateway({ replies: [{ thinking: ["Hm, ", "secret."], deltas: ["forty"], reason: "length" }] }),
  );
  expect(JSON.stringify(events)).not.toContain("secret");
  expect(events.at(-1)).toMatchObject({ status: "success", outputs: { answer: "forty" }, finishReason: "length" });
});

test("no prompt, model, setting or error of the inside ever comes out", async () => {
  const failure = new NodeFailure("model-unavailable", "http://10.0.0.1 SECRET-HOST refused");
  const events = await publicRun(
    new ScriptedGateway({
      replies: [
        { deltas: ["a"], failure },
        { deltas: [], failure },
      ],
    }),
  );
  expect(JSON.stringify(events)).not.toMatch(/SECRET|default|scripted/);
  expect(events.at(-1)).toMatchObject({
    type: "run-end",
    status: "failure",
    error: { code: "model-unavailable", hint: "Try again later." },
  });
});

test("a step that starts again voids what its outputs have streamed", async () => {
  const failure = new NodeFailure("model-unavailable", "gone");
  const events = await publicRun(new ScriptedGateway({ replies: [{ deltas: ["wrong"], failure }, "right"] }));
  const answer = events.flatMap((event) =>
    "output" in event && event.output === "answer" ? [event.type === "output-delta" ? event.delta : null] : [],
  );
  expect(answer).toEqual(["wrong", null, "right"]);
  expect(events.filter(({ type }) => type === "step-start")).toHaveLength(2);
});

test("only what the caller can mend is said in words; all else is a code", () => {
  for (const code of runErrorCodes) {
    const { message } = toPublicError({ code, message: "INSIDE", hint: "INSIDE", node: "INSIDE" });
    const { owner } = runErrors[code];
    expect(message === "INSIDE").toBe(owner === "caller" || owner === "none");
  }
  expect(JSON.stringify(toPublicError({ code: "internal", message: "INSIDE", hint: "INSIDE" }))).not.toContain(
    "INSIDE",
  );
});

test("a disabled step is none", () => {
  const plan = planOf(buildDocument({ f: { type: failNode.type, disabled: true } }), testCatalog);
  expect(publicView(plan).steps.size).toBe(0);
});

describe("text out of containers that run once", () => {
  const inside = (steps: Parameters<typeof buildDocument>[0], wires: string[]) =>
    buildDocument(
      {
        in: { type: "io/input", config: { fields: [{ name: "q", maxLength: 100 }] } },
        ...steps,
        out: { type: "io/output", config: { outputs: [{ name: "text", title: "" }] } },
      },
      wires,
    );
  const asks = { c: { type: chatNode.type, policy: { retries: 1, retryDelayMs: 0, onError: "stop" as const } } };
  const inner = inside(asks, ["in.q > c.prompt", "c.text > out.text"]);
  const nested = inside({ deep: { type: "flow/sub-pipeline", body: inner } }, [
    "in.q > deep.q",
    "deep.text > out.text",
  ]);
  const containers = createCatalog([...testCatalog.nodes, ioInput, ioOutput, flowSubPipeline, flowMap, flowCache]);
  const answer = async (type: string, body: typeof inner, models: ScriptedGateway) => {
    const plan = planOf(
      buildDocument(
        {
          i: { type: inputNode.type },
          s: { type, body },
          o: { type: outputNode.type, config: { names: ["answer"] } },
        },
        ["i.q > s.q", "s.text > o.answer"],
      ),
      containers,
    );
    const { events } = await runPlan(plan, { q: "x" }, { models, services: new ScriptedServices({}) });
    return events.flatMap((event) => toPublicEvents(event, publicView(plan)));
  };
  const deltas = (events: Awaited<ReturnType<typeof answer>>) =>
    events.flatMap((event) =>
      event.type === "output-delta" ? [event.delta] : event.type === "output-reset" ? [null] : [],
    );

  test.each([
    ["flow/sub-pipeline", inner],
    ["flow/sub-pipeline", nested],
    ["flow/cache", inner],
  ] as const)("comes out word by word, and their steps stay inside: %s", async (type, body) => {
    const events = await answer(type, body, new ScriptedGateway({ replies: ["forty two"] }));
    expect(deltas(events)).toEqual(["forty", " two"]);
    expect(events.filter(({ type: each }) => each === "step-start")).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ outputs: { answer: "forty two" } });
  });

  test("is void where a step inside starts again", async () => {
    const failure = new NodeFailure("model-unavailable", "gone");
    const events = await answer(
      "flow/sub-pipeline",
      inner,
      new ScriptedGateway({ replies: [{ deltas: ["wrong"], failure }, "right"] }),
    );
    expect(deltas(events)).toEqual(["wrong", null, "right"]);
  });
});
