import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Endpoint } from "@/runtime/model/endpoint";
import type { ChatPart } from "@/runtime/node/context";
import { NodeFailure } from "@/runtime/node/node-failure";
import { redPng, silentWav } from "./sample-files";

/** An endpoint under test, and the names of models there that behave in a known way. */
export interface EndpointUnderTest {
  readonly endpoint: Endpoint;
  readonly chatModel: string;
  readonly embeddingModel: string;
  /** Models of the other kinds, where it has them. */
  readonly moderationModel?: string;
  readonly transcriptionModel?: string;
  readonly rerankModel?: string;
  readonly visionModel?: string;
  readonly pictureModel?: string;
  readonly speechModel?: string;
  /** A model it does not serve, or null where any name is answered. */
  readonly unknownModel: string | null;
  readonly close: () => Promise<void>;
}

export const collect = async (parts: AsyncIterable<ChatPart>): Promise<readonly ChatPart[]> => {
  const all: ChatPart[] = [];
  for await (const part of parts) all.push(part);
  return all;
};

export const textOf = (parts: readonly ChatPart[]): string =>
  parts.map((part) => (part.type === "text-delta" ? part.delta : "")).join("");

const open = () => ({ signal: new AbortController().signal });

/** What holds for every `Endpoint`, whatever stands behind it. */
export const describeEndpoint = (name: string, start: () => Promise<EndpointUnderTest>, timeoutMs = 20_000): void => {
  describe(`the contract of an endpoint, held by ${name}`, { timeout: timeoutMs }, () => {
    let subject: EndpointUnderTest;
    beforeAll(async () => {
      subject = await start();
    }, timeoutMs);
    afterAll(() => subject.close());

    const ask = (content: string, maxTokens = 8) => ({
      model: subject.chatModel,
      messages: [{ role: "user" as const, content }],
      maxTokens,
    });

    /** One reply for all that can be said of any. */
    let reply: Promise<readonly ChatPart[]> | undefined;
    const anyReply = () => {
      reply ??= collect(subject.endpoint.chat(ask("Say something."), open()));
      return reply;
    };

    it("streams text and ends with exactly one finish", async () => {
      const parts = await anyReply();
      expect(parts.filter((part) => part.type === "finish")).toHaveLength(1);
      expect(parts.at(-1)?.type).toBe("finish");
      expect(textOf(parts).length).toBeGreaterThan(0);
      expect(parts.every((part) => part.type !== "text-delta" || part.delta !== "")).toBe(true);
    });

    it("completes with text and exactly one finish, and does not begin where it is already aborted", async () => {
      const { parts, failure } = await subject.endpoint.complete(ask("Say something."), open());
      expect(failure).toBeUndefined();
      expect(parts.filter((part) => part.type === "finish")).toEqual([parts.at(-1)]);
      expect(textOf(parts).length).toBeGreaterThan(0);
      const aborted = subject.endpoint.complete(ask("Hello."), { signal: AbortSignal.abort() });
      await expect(aborted).rejects.toMatchObject({ name: "NodeFailure", code: "aborted" });
    });

    it("counts tokens where it counts at all", async () => {
      const finish = (await anyReply()).at(-1);
      if (finish?.type !== "finish") throw new Error("no finish");
      if (finish.usage !== null) {
        expect(finish.usage.inputTokens).toBeGreaterThan(0);
        expect(Number.isSafeInteger(finish.usage.outputTokens)).toBe(true);
      }
      if (finish.costMicroUsd !== null) expect(Number.isSafeInteger(finish.costMicroUsd)).toBe(true);
    });

    it("says so when the most tokens were reached", async () => {
      const finish = (await collect(subject.endpoint.chat(ask("Count to one hundred.", 2), open()))).at(-1);
      expect(finish).toMatchObject({ type: "finish", reason: "length" });
    });

    it("answers many calls at once, each with its own stream", async () => {
      const replies = await Promise.all(
        Array.from({ length: 4 }, () => collect(subject.endpoint.chat(ask("Hello.", 2), open()))),
      );
      for (const parts of replies) expect(parts.at(-1)?.type).toBe("finish");
    });

    it("does not begin a call that is already aborted", async () => {
      const failure = await collect(subject.endpoint.chat(ask("Hello."), { signal: AbortSignal.abort() })).catch(
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(NodeFailure);
      expect(failure).toMatchObject({ code: "aborted" });
    });

    it("stops in the middle of a reply when the caller aborts", async () => {
      const controller = new AbortController();
      const read = async () => {
        for await (const part of subject.endpoint.chat(ask("Tell a story.", 64), { signal: controller.signal })) {
          if (part.type === "text-delta") controller.abort();
        }
      };
      await expect(read()).rejects.toMatchObject({ name: "NodeFailure", code: "aborted" });
    });

    it("can be left in the middle of a reply", async () => {
      for await (const part of subject.endpoint.chat(ask("Tell a story."), open())) {
        expect(part.type).toBe("text-delta");
        break;
      }
      expect((await collect(subject.endpoint.chat(ask("Hello.", 2), open()))).at(-1)?.type).toBe("finish");
    });

    it("asks for a tool where it must, and goes on from what that gave", async () => {
      const tools = [
        {
          name: "get_weather",
          description: "Tells the weather of a city.",
          parameters: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
        },
      ];
      const messages = [{ role: "user" as const, content: "What is the weather in Paris?" }];
      const request = { model: subject.chatModel, messages, tools, maxTokens: 64 };
      const asked = await collect(subject.endpoint.chat({ ...request, toolChoice: "required" }, open()));
      const calls = asked.flatMap((part) => (part.type === "tool-call" ? [part.call] : []));
      expect(calls.length).toBeGreaterThan(0);
      expect(new Set(calls.map(({ id }) => id)).size).toBe(calls.length);
      for (const call of calls) {
        expect(call.name).toBe("get_weather");
        expect(typeof JSON.parse(call.arguments).city).toBe("string");
      }
      expect(asked.at(-1)).toMatchObject({ type: "finish", reason: "tool-calls", outcome: null });
      const results = calls.map(({ id }) => ({ role: "tool" as const, content: "Sunny, 21 degrees.", toolCallId: id }));
      const said = { role: "assistant" as const, content: "", toolCalls: calls };
      const answered = await collect(
        subject.endpoint.chat({ ...request, messages: [...messages, said, ...results], toolChoice: "none" }, open()),
      );
      expect(textOf(answered).length).toBeGreaterThan(0);
    });

    it("makes one vector a text, in order, all of one length", async () => {
      const texts = ["a cat", "a dog", "an invoice of 12 pounds", "a cat"];
      const { vectors } = await subject.endpoint.embed({ model: subject.embeddingModel, input: texts }, open());
      expect(vectors).toHaveLength(4);
      expect(new Set(vectors.map((vector) => vector.length)).size).toBe(1);
      expect(vectors.flat().every(Number.isFinite)).toBe(true);
      for (const [index, value] of (vectors[0] ?? []).entries()) expect(vectors[3]?.[index]).toBeCloseTo(value, 4);
      expect(vectors[0]).not.toEqual(vectors[2]);
    });

    it("moderates each text, in order", async ({ skip }) => {
      const { moderationModel: model } = subject;
      if (model === undefined) return skip("it has no moderation model");
      const input = ["What a lovely day.", "You are an idiot and I hate you.", "Where is the station?"];
      const { results } = await subject.endpoint.moderate({ model, input }, open());
      expect(results).toHaveLength(3);
      for (const { scores } of results) {
        expect(Object.keys(scores).length).toBeGreaterThan(0);
        for (const score of Object.values(scores)) {
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1);
        }
      }
      const worst = results.map(({ scores }) => Math.max(...Object.values(scores)));
      expect(worst[1]).toBeGreaterThan(Math.max(worst[0] ?? 1, worst[2] ?? 1));
    });

    it("hears nothing in silence", async ({ skip }) => {
      const { transcriptionModel: model } = subject;
      if (model === undefined) return skip("it has no transcription model");
      const bytes = silentWav(2);
      const audio = {
        fileId: "file_silence_00000000",
        name: "silence.wav",
        mediaType: "audio/wav",
        size: bytes.length,
      };
      const options = { ...open(), readFile: async () => bytes };
      expect(await subject.endpoint.transcribe({ model, audio }, options)).toMatchObject({ text: "", segments: [] });
    });

    it("ranks the passage that answers first", async ({ skip }) => {
      const { rerankModel: model } = subject;
      if (model === undefined) return skip("it has no reranking model");
      const documents = ["Bread is baked from flour.", "Paris is the capital of France.", "The train leaves at nine."];
      const query = "What is the capital of France?";
      const { results } = await subject.endpoint.rerank({ model, query, documents }, open());
      expect(results.map(({ index }) => index).toSorted()).toEqual([0, 1, 2]);
      expect(results[0]?.index).toBe(1);
      const scores = results.map(({ score }) => score);
      expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      const { results: best } = await subject.endpoint.rerank({ model, query, documents, topN: 1 }, open());
      expect(best.map(({ index }) => index)).toEqual([1]);
    });

    it("answers about a picture", async ({ skip }) => {
      const { visionModel: model } = subject;
      if (model === undefined) return skip("it has no model that sees");
      const bytes = redPng();
      const image = { fileId: "file_red_square_0000", name: "red.png", mediaType: "image/png", size: bytes.length };
      const messages = [{ role: "user" as const, content: "What is in this picture?", images: [image] }];
      const options = { ...open(), readFile: async () => bytes };
      const parts = await collect(subject.endpoint.chat({ model, messages, maxTokens: 16 }, options));
      expect(textOf(parts).length).toBeGreaterThan(0);
      expect(parts.at(-1)?.type).toBe("finish");
    });

    it("makes pictures that are some", async ({ skip }) => {
      const { pictureModel: model } = subject;
      if (model === undefined) return skip("it has no model that makes pictures");
      const { pictures } = await subject.endpoint.draw({ model, prompt: "A red square.", count: 1 }, open());
      expect(pictures).toHaveLength(1);
      expect(pictures[0]?.mediaType).toMatch(/^image\/(png|jpeg|webp)$/);
      expect(pictures[0]?.bytes.byteLength).toBeGreaterThan(100);
    });

    it("says a text as sound", async ({ skip }) => {
      const { speechModel: model } = subject;
      if (model === undefined) return skip("it has no model that speaks");
      const request = { model, text: "Good morning.", voice: "alloy", format: "mp3" } as const;
      const { sound } = await subject.endpoint.speak(request, open());
      expect(sound.mediaType).toMatch(/^audio\//);
      expect(sound.bytes.byteLength).toBeGreaterThan(1_000);
    });

    it("lists its models", async () => {
      const models = await subject.endpoint.models(open());
      expect(models.length).toBeGreaterThan(0);
      expect(new Set(models).size).toBe(models.length);
    });

    it("is found alive", async () => {
      await expect(subject.endpoint.probe(open())).resolves.toBeUndefined();
    });

    it("names an unknown model as the failure", async ({ skip }) => {
      if (subject.unknownModel === null) skip("any model name is answered");
      const request = { ...ask("Hello."), model: subject.unknownModel ?? "" };
      await expect(collect(subject.endpoint.chat(request, open()))).rejects.toMatchObject({ code: "model-unknown" });
    });
  });
};
