import { describe, expect, it } from "vitest";
import { inputPorts } from "@/runtime/node/catalog";
import type { DrawReply, DrawRequest } from "@/runtime/node/context";
import { drawLimits } from "@/runtime/node/maker-limits";
import { nodeContext } from "@/runtime/testing/node-context";
import { describeNode } from "@/runtime/testing/node-spec";
import { ScriptedServices } from "@/runtime/testing/scripted-services";
import { visionGenerate } from "./generate";

describeNode(visionGenerate, "nodes/vision/generate.ts");

const png = { mediaType: "image/png", extension: "png", bytes: Uint8Array.of(1) };
const picture = { fileId: "file_red_square_00000", name: "red.png", mediaType: "image/png", size: 10 };

const generate = async (config: object, inputs: Record<string, unknown>, reply: Partial<DrawReply> = {}) => {
  const requests: DrawRequest[] = [];
  const logs: string[] = [];
  const ctx = nodeContext({
    files: new ScriptedServices({}).files,
    log: (level, message) => logs.push(`${level} ${message}`),
    model: {
      draw: async (request) => {
        requests.push(request);
        return { pictures: [png], revisedPrompt: null, notes: [], usage: null, costMicroUsd: null, ...reply };
      },
    },
  });
  const outputs = await visionGenerate.run({ config: visionGenerate.config.parse(config), inputs, ctx });
  return { outputs, requests, logs };
};

describe("making pictures", () => {
  it("names size, quality and seed only where they are set", async () => {
    const plain = await generate({}, { description: "a kettle" });
    expect(plain.requests).toEqual([{ model: "default", prompt: "a kettle", count: 1 }]);
    const set = await generate({ size: "1024x1024", quality: "hd", seed: 0, count: 2 }, { description: "a kettle" });
    expect(set.requests).toMatchObject([{ size: "1024x1024", quality: "hd", seed: 0, count: 2 }]);
  });

  it("keeps every picture, and says what was not done as it was asked", async () => {
    const { outputs, logs } = await generate(
      { count: 3 },
      { description: "a kettle" },
      { pictures: [png, png], notes: ["The model made 2 of 3 pictures."], costMicroUsd: 40_000 },
    );
    expect(outputs).toMatchObject({
      image: { name: "picture-1.png" },
      images: [{ name: "picture-1.png" }, { name: "picture-2.png" }],
      cost: 0.04,
    });
    expect(logs).toEqual(["warn The model made 2 of 3 pictures."]);
  });

  it("takes a picture and a mask only for a change", async () => {
    const ports = (config: object) => Object.keys(inputPorts(visionGenerate, visionGenerate.config.parse(config)));
    expect(ports({})).toEqual(["description"]);
    expect(ports({ task: "change" })).toEqual(["description", "image", "mask"]);
    const { requests } = await generate({ task: "change" }, { description: "snow", image: picture });
    expect(requests).toMatchObject([{ image: picture }]);
    expect(requests[0]).not.toHaveProperty("mask");
  });

  it.each([
    ["value-invalid", "  "],
    ["value-too-large", "x".repeat(drawLimits.prompt + 1)],
  ])("refuses with %s a prompt that is empty or too long, before any model is asked", async (code, description) => {
    await expect(generate({}, { description })).rejects.toMatchObject({ code });
  });

  it("bounds its settings", () => {
    for (const config of [
      { count: 0 },
      { count: drawLimits.pictures + 1 },
      { size: "large" },
      { size: "0x10" },
      { size: "100000x100000" },
      { prompt: "{{image}}" },
    ])
      expect(visionGenerate.config.safeParse(config).success, JSON.stringify(config)).toBe(false);
  });
});
