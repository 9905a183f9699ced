import { describe, expect, it } from "vitest";
import type { ChatRequest } from "@/runtime/node/context";
import { outcomeOf } from "@/runtime/node/reply/reply-outcome";
import { nodeContext } from "@/runtime/testing/node-context";
import { describeNode } from "@/runtime/testing/node-spec";
import { classifierPrompt } from "./prompt";

describeNode(classifierPrompt, "nodes/classifier/prompt.ts");

const labels = [{ name: "delivery", description: "late or lost parcels" }, { name: "billing" }];

const classify = async (config: object, text: string, reply: string) => {
  const requests: ChatRequest[] = [];
  const logs: string[] = [];
  const ctx = nodeContext({
    log: (_, message) => logs.push(message),
    model: {
      async *chat(request) {
        requests.push(request);
        yield { type: "text-delta", delta: reply };
        const outcome = outcomeOf("stop", reply);
        yield { type: "finish", reason: "stop", outcome, usage: null, costMicroUsd: null, model: "e/m" };
      },
    },
  });
  const parsed = classifierPrompt.config.parse({ labels, ...config });
  const outputs = (await classifierPrompt.run({ config: parsed, inputs: { text }, ctx })) as Record<string, unknown>;
  return { outputs, logs, request: requests[0] };
};

describe("classifying by a prompt", () => {
  it("holds the model to the labels", async () => {
    const { request } = await classify({ instructions: "Money first." }, "Where?", '{"label":"billing"}');
    expect(request?.responseSchema).toEqual({
      type: "object",
      properties: {
        about: { type: "string", maxLength: 60 },
        label: { type: "string", enum: ["delivery", "billing"] },
      },
      required: ["about", "label"],
      additionalProperties: false,
    });
    const [system, ...examples] = request?.messages ?? [];
    const user = examples.pop();
    expect(examples).toEqual([
      { role: "user", content: "late or lost parcels" },
      { role: "assistant", content: '{"about":"late or lost parcels","label":"delivery"}' },
      { role: "user", content: "billing" },
      { role: "assistant", content: '{"about":"billing","label":"billing"}' },
    ]);
    expect(system?.content).toContain("- delivery: late or lost parcels\n- billing\n\nMoney first.");
    expect(user).toEqual({ role: "user", content: "Where?" });
  });

  it.each([
    ['{"label": "billing"}', "billing"],
    ['{"about": "a late delivery", "label": "billing"}', "billing"],
    ['```json\n{"label": "Billing"}\n```', "billing"],
    ["Billing.", "billing"],
    ["I would say delivery, since it is late.", "delivery"],
    ['{"category": "delivery"}', "delivery"],
  ])("reads %j as %s", async (reply, label) => {
    expect((await classify({}, "Where?", reply)).outputs).toEqual({ label, [label]: "Where?" });
  });

  it.each(["no idea", "delivery and billing", '{"label": "praise"}', "constructor"])("refuses %j", async (reply) => {
    await expect(classify({}, "Where?", reply)).rejects.toMatchObject({
      code: "output-invalid",
      options: { hint: expect.stringContaining("delivery, billing") },
    });
  });

  it("lets the model say that none fits only when allowed", async () => {
    await expect(classify({}, "Hello", '{"label": "other"}')).rejects.toMatchObject({ code: "output-invalid" });
    const { outputs, request } = await classify({ allowOther: true }, "Hello", '{"label": "other"}');
    expect(outputs).toEqual({ label: "other", other: "Hello" });
    expect(request?.messages[0]?.content).toContain("- other: none of the above");
  });

  it("gives what names no label to the rest, where it is told to, with the port for it", async () => {
    const config = { unmatched: "other", otherLabel: "rest" };
    const { outputs, logs } = await classify(config, "Where?", "delivery or billing");
    expect(outputs).toEqual({ label: "rest", rest: "Where?" });
    expect(logs).toEqual([expect.stringContaining("delivery or billing")]);
    const ports = classifierPrompt.outputs as (settings: object) => object;
    expect(Object.keys(ports(classifierPrompt.config.parse({ labels, ...config })))).toContain("rest");
  });

  it("says of an empty reply that it is empty", async () => {
    await expect(classify({}, "Where?", "")).rejects.toMatchObject({ code: "reply-empty" });
  });

  it("refuses an empty text before it asks", async () => {
    await expect(classify({}, " ", "billing")).rejects.toMatchObject({ code: "value-invalid" });
  });
});
