import { describe, expect, it } from "vitest";
import type { TranscribeReply, TranscribeRequest } from "@/runtime/node/context";
import { nodeContext } from "@/runtime/testing/node-context";
import { describeNode } from "@/runtime/testing/node-spec";
import { speechTranscribe } from "./transcribe";

describeNode(speechTranscribe, "nodes/speech/transcribe.ts");

const audio = { fileId: "file_0123456789abcdef", name: "a.wav", mediaType: "audio/wav", size: 1000 };

const transcribe = async (config: object, reply: Partial<TranscribeReply> = {}) => {
  const requests: TranscribeRequest[] = [];
  const ctx = nodeContext({
    model: {
      transcribe: async (request) => {
        requests.push(request);
        return { text: "hello", language: null, durationSeconds: null, segments: [], costMicroUsd: null, ...reply };
      },
    },
  });
  const parsed = speechTranscribe.config.parse(config);
  const outputs = await speechTranscribe.run({ config: parsed, inputs: { audio }, ctx });
  return { outputs, request: requests[0] };
};

describe("writing down speech", () => {
  it("names language and words only where they are given", async () => {
    expect((await transcribe({ prompt: " " })).request).toEqual({ model: "default", audio });
    expect((await transcribe({ language: "zh", prompt: "李雷", model: "e/whisper" })).request).toEqual({
      model: "e/whisper",
      audio,
      language: "zh",
      prompt: "李雷",
    });
  });

  it("leaves out what the endpoint did not say", async () => {
    expect((await transcribe({})).outputs).toEqual({ text: "hello", segments: [] });
    expect((await transcribe({}, { costMicroUsd: 3000, language: "en", durationSeconds: 0 })).outputs).toEqual({
      text: "hello",
      segments: [],
      language: "en",
      duration: 0,
      cost: 0.003,
    });
  });

  it.each(["", "  \n"])("takes the way of silence for %j", async (text) => {
    expect((await transcribe({}, { text })).outputs).toEqual({ segments: [], silent: true });
  });

  it("bounds its settings", () => {
    expect(speechTranscribe.config.safeParse({ prompt: "x".repeat(1001) }).success).toBe(false);
    expect(speechTranscribe.config.safeParse({ language: "klingon" }).success).toBe(false);
  });
});
