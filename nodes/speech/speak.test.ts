import { describe, expect, it } from "vitest";
import type { SpeakReply, SpeakRequest } from "@/runtime/node/context";
import { speechLimits } from "@/runtime/node/maker-limits";
import { nodeContext } from "@/runtime/testing/node-context";
import { describeNode } from "@/runtime/testing/node-spec";
import { ScriptedServices } from "@/runtime/testing/scripted-services";
import { speechSpeak } from "./speak";

describeNode(speechSpeak, "nodes/speech/speak.ts");

const mp3 = { mediaType: "audio/mpeg", extension: "mp3", bytes: Uint8Array.of(1) };

const speak = async (config: object, text: string, reply: Partial<SpeakReply> = {}) => {
  const requests: SpeakRequest[] = [];
  const logs: string[] = [];
  const ctx = nodeContext({
    files: new ScriptedServices({}).files,
    log: (level, message) => logs.push(`${level} ${message}`),
    model: {
      speak: async (request) => {
        requests.push(request);
        return { sound: mp3, notes: [], costMicroUsd: null, ...reply };
      },
    },
  });
  const outputs = await speechSpeak.run({ config: speechSpeak.config.parse(config), inputs: { text }, ctx });
  return { outputs, requests, logs };
};

describe("saying a text aloud", () => {
  it("names speed and instructions only where they are set", async () => {
    const plain = await speak({}, " Hello. ");
    expect(plain.requests).toEqual([{ model: "default", text: "Hello.", voice: "alloy", format: "mp3" }]);
    expect(plain.outputs).toMatchObject({ audio: { name: "speech.mp3", mediaType: "audio/mpeg" } });
    const set = await speak({ speed: 0.5, instructions: "Calmly.", format: "wav" }, "Hello.");
    expect(set.requests).toMatchObject([{ speed: 0.5, instructions: "Calmly.", format: "wav" }]);
  });

  it("says where another format came, and what it cost", async () => {
    const sound = { mediaType: "audio/wav", extension: "wav", bytes: Uint8Array.of(1, 2) };
    const { outputs, logs } = await speak({}, "Hello.", { sound, notes: ["wav where mp3"], costMicroUsd: 15 });
    expect(outputs).toMatchObject({ audio: { name: "speech.wav" }, cost: 0.000015 });
    expect(logs).toEqual(["warn wav where mp3"]);
  });

  it("asks no model where there is nothing to say", async () => {
    await expect(speak({}, " \n ")).rejects.toMatchObject({ code: "value-invalid" });
  });

  it("bounds its settings", () => {
    for (const config of [
      { speed: 0.2 },
      { speed: 4.1 },
      { voice: "" },
      { voice: "x".repeat(speechLimits.voice + 1) },
      { format: "pcm" },
      { instructions: "x".repeat(speechLimits.instructions + 1) },
    ])
      expect(speechSpeak.config.safeParse(config).success, JSON.stringify(config)).toBe(false);
  });
});
