import { describe, expect, it } from "vitest";
import type { SentenceVerdict } from "@/nodes/lib/answer-check/verdict";
import type { ChatRequest, EmbedRequest } from "@/runtime/node/context";
import type { Source } from "@/runtime/node/source";
import { nodeContext } from "@/runtime/testing/node-context";
import { describeNode } from "@/runtime/testing/node-spec";
import { answerCheckLimits, retrievalAnswerCheck } from "./answer-check";

describeNode(retrievalAnswerCheck, "nodes/retrieval/answer-check.ts");

const source = (text: string): Source => ({
  id: text,
  knowledgeBaseId: "kb",
  documentId: "d",
  documentName: "d.md",
  text,
  score: 0.5,
  start: 0,
  end: text.length,
});

interface Checked {
  readonly supported?: string;
  readonly unsupported?: string;
  readonly sentences: readonly SentenceVerdict[];
  readonly share: number;
}

/** Vectors by the letters a text has: near where texts are spelt alike. */
const spelling = (text: string): number[] =>
  Array.from("abcdefghijklmnopqrstuvwxyz年保修期电池", (letter) => text.toLowerCase().split(letter).length - 1);

const check = async (config: object, answer: string, documents: readonly Source[], reply = "") => {
  const embeds: EmbedRequest[] = [];
  const chats: ChatRequest[] = [];
  const ctx = nodeContext({
    model: {
      embed: async (request) => {
        embeds.push(request);
        return { vectors: request.input.map(spelling), usage: null, costMicroUsd: null };
      },
      chat: async function* (request) {
        chats.push(request);
        yield { type: "text-delta", delta: reply };
        yield { type: "finish", reason: "stop", outcome: null, usage: null, costMicroUsd: null, model: "m" };
      },
    },
  });
  const parsed = retrievalAnswerCheck.config.parse(config);
  const outputs = (await retrievalAnswerCheck.run({
    config: parsed,
    inputs: { answer, documents },
    ctx,
  })) as unknown as Checked;
  return { outputs, embeds, chats };
};

describe("checking an answer by likeness", () => {
  const manual = [
    source("Keep the filter clean."),
    source("The battery of the X200 charges in 2 hours. It lasts a day."),
  ];

  it("names for each sentence its best source, and for what is not supported what is missing there", async () => {
    const { outputs } = await check({}, "The battery charges in 2 hours [2]. The battery charges in 3 hours.", manual);
    expect(outputs.sentences).toMatchObject([
      { supported: true, source: 1, missing: [] },
      { supported: false, source: 1, missing: ["3 hours"] },
    ]);
    expect(outputs).toMatchObject({ share: 0.5, unsupported: expect.stringContaining("3 hours") });
    expect(outputs).not.toHaveProperty("supported");
  });

  it("lets the answer pass where enough of it is supported", async () => {
    const answer = "The battery charges in 2 hours. The battery charges in 3 hours.";
    expect((await check({ minimumShare: 0.5 }, answer, manual)).outputs).toMatchObject({ supported: answer });
  });

  it("finds a sentence that joins two of the source", async () => {
    const { outputs } = await check(
      { threshold: 0.95 },
      "The battery of the X200 charges in 2 hours and lasts a day.",
      manual,
    );
    expect(outputs.sentences).toMatchObject([{ supported: true, source: 1 }]);
  });

  it("asks the model once, each text once", async () => {
    const { embeds } = await check({ model: "e/m" }, "Same. Same.", [source("Same. Same.")]);
    expect(embeds).toEqual([{ model: "e/m", input: ["Same.", "Same. Same."] }]);
  });

  describe("a source that has no word of a Chinese question", () => {
    const judged = async (question: string, answer: string, text: string, likeness: number) => {
      // The question points along x, everything else as near to it as is said.
      const towards = [likeness, Math.sqrt(1 - likeness ** 2)];
      const ctx = nodeContext({
        model: {
          embed: async ({ input }) => ({
            vectors: input.map((each) => (each === question ? [1, 0] : towards)),
            usage: null,
            costMicroUsd: null,
          }),
        },
      });
      const config = retrievalAnswerCheck.config.parse({ threshold: 0.5 });
      const inputs = { question, answer, documents: [source(text)] };
      return (await retrievalAnswerCheck.run({ config, inputs, ctx })) as unknown as Checked;
    };
    const rent = ["旅馆的价格是多少？", "4200 元。", "这套房子每个月租 4200 元。"] as const;
    const parking = ["哪里能停放车辆？", "在地下二层。", "汽车泊于地下二层。"] as const;

    it("supports the answer where it says the same in other words, near to the question", async () => {
      expect((await judged(...parking, 0.7)).supported).toBe("在地下二层。");
    });

    it("supports nothing where it is about something else", async () => {
      expect((await judged(...rent, 0.55)).unsupported).toBe("4200 元。");
      expect((await judged(...parking, 0.6)).sentences[0]?.missing).toContain("车辆");
    });

    it("supports nothing where it lacks the code that is asked for, however near it is", async () => {
      const { unsupported } = await judged("E31 代表什么？", "进水阀没有打开。", "进水阀没有打开，请检查水管。", 0.95);
      expect(unsupported).toBe("进水阀没有打开。");
    });
  });

  it("supports nothing where there are no sources, and asks nobody", async () => {
    const { outputs, embeds } = await check({}, "Anything.", []);
    expect(outputs).toMatchObject({ unsupported: "Anything.", share: 0, sentences: [{ source: null }] });
    expect(embeds).toEqual([]);
  });
});

describe("checking an answer by a chat model", () => {
  it("shows numbered sources and sentences, and trusts only sources that there are", async () => {
    const reply = JSON.stringify({
      sentences: [
        { number: 1, supported: true, source: 1 },
        { number: 2, supported: true, source: 7 },
      ],
    });
    const { outputs, chats } = await check(
      { method: "model", judge: "e/c" },
      "One. Two. Three.",
      [source("One.")],
      reply,
    );
    expect(chats[0]).toMatchObject({ model: "e/c", temperature: 0 });
    expect(chats[0]?.messages[1]?.content).toContain("[1] (d.md)\nOne.");
    expect(chats[0]?.messages[1]?.content).toContain("1. One.\n2. Two.\n3. Three.");
    expect(outputs.sentences.map(({ supported }) => supported)).toEqual([true, false, false]);
  });

  it("fails where the model does not answer in the asked form", async () => {
    await expect(check({ method: "model" }, "One.", [source("One.")], "I think so.")).rejects.toMatchObject({
      code: "output-invalid",
    });
  });
});

describe("bounds of an answer check", () => {
  it.each([
    ["an empty answer", " [1] ", 1],
    ["a long answer", "x".repeat(answerCheckLimits.answer + 1), 1],
    ["too many sentences", "One. ".repeat(answerCheckLimits.sentences + 1), 1],
    ["too many sources", "One.", answerCheckLimits.documents + 1],
  ])("refuse %s", async (_, answer, count) => {
    const documents = Array.from({ length: count }, (_, index) => source(`s${index}`));
    await expect(check({}, answer, documents)).rejects.toMatchObject({ code: "value-invalid" });
  });
});
