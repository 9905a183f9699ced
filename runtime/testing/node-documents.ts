import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "vitest";
import type { z } from "zod";
import type { ModelOperation } from "@/runtime/model/endpoint";
import type { NodeExample } from "@/runtime/node/define-node";
import type { Ports } from "@/runtime/node/port";
import { redPng, silentWav } from "./sample-files";

type Script = Pick<NodeExample<z.ZodObject, Ports, Ports>, "files" | "chatModels" | "searches">;

/** A node with settings and inputs that name no endpoint, and what holds of its outputs whichever model stands behind `default`. */
export interface NodeDocument extends Script {
  readonly name: string;
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** The calls that it makes, each kind once. */
  readonly operations: readonly ModelOperation[];
  readonly check: (outputs: Readonly<Record<string, unknown>>) => void;
  /** What holds besides where real models stand behind it. */
  /** It needs what no model that ships can do: only an external endpoint is asked. */
  readonly externalOnly?: true;
  readonly checkMeaning?: (outputs: Readonly<Record<string, unknown>>) => void;
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
const picture = { fileId: "file_red_square_00000", name: "red.png", mediaType: "image/png", size: redPng().byteLength };
const silence = {
  fileId: "file_two_seconds_0000",
  name: "a.wav",
  mediaType: "audio/wav",
  size: silentWav(2).byteLength,
};
const read = (file: string) => readFileSync(path.resolve(import.meta.dirname, "../..", file));
const photo = read("templates/assets/washing-machine-e18.jpg");
const washer = { fileId: "file_washing_machine_1", name: "e18.jpg", mediaType: "image/jpeg", size: photo.byteLength };
const voice = read("model-server/fixtures/english.ogg");
const speech = { fileId: "file_good_morning_000", name: "a.ogg", mediaType: "audio/ogg", size: voice.byteLength };
const files = {
  [washer.fileId]: { mediaType: washer.mediaType, base64: base64(photo), width: 1280, height: 960 },
  [speech.fileId]: { mediaType: speech.mediaType, base64: base64(voice) },
  [picture.fileId]: { mediaType: "image/png", base64: base64(redPng()), width: 64, height: 64 },
  [silence.fileId]: { mediaType: "audio/wav", base64: base64(silentWav(2)) },
};

const labels = [
  { name: "delivery", description: "late or lost parcels", examples: ["My parcel is late.", "Where is my delivery?"] },
  { name: "refund", description: "wants money back", examples: ["I want my money back.", "Please refund me."] },
];
const isLabelled = ({ label }: Readonly<Record<string, unknown>>) => expect(["delivery", "refund"]).toContain(label);

const passage = (id: string, text: string) => ({
  id,
  knowledgeBaseId: "k1",
  documentId: "d1",
  documentName: "Facts.txt",
  text,
  score: 0.5,
  start: 0,
  end: text.length,
});

const facts = [
  passage("c1", "Bread is baked from flour."),
  passage("c2", "Paris is the capital of France."),
  passage("c3", "The train leaves at nine."),
];
const bestIs = (id: string) => (sources: unknown) =>
  expect((sources as readonly { readonly id: string }[])[0]?.id).toBe(id);

export const nodeDocuments: readonly NodeDocument[] = [
  {
    name: "an agent may call code before it answers",
    type: "agent/tools",
    config: {
      system: "Use the tool to multiply. Answer in one short sentence.",
      tools: [
        {
          name: "multiply",
          description: "Multiplies two numbers.",
          kind: "code",
          code: "return inputs.a * inputs.b;",
          parameters: {
            type: "object",
            properties: { a: { type: "number" }, b: { type: "number" } },
            required: ["a", "b"],
            additionalProperties: false,
          },
        },
      ],
      turns: 4,
      onLimit: "answer",
      maxTokens: 64,
      temperature: 0,
    },
    inputs: { text: "What is 6 times 7?" },
    operations: ["chat"],
    check: ({ text, endedBy, calls }) => {
      expect(text).not.toBe("");
      expect(endedBy).toMatch(/^(answer|turns)$/);
      expect(calls).toBeInstanceOf(Array);
    },
  },
  {
    name: "a prompt streams text",
    type: "prompt/chat",
    config: { user: "Greet {{name}} in one short sentence.", maxTokens: 8, temperature: 0 },
    inputs: { name: "Ada" },
    operations: ["chat"],
    check: ({ text, usage }) => {
      expect(text).not.toBe("");
      expect(usage).toMatchObject({ inputTokens: expect.any(Number), outputTokens: expect.any(Number) });
    },
  },
  {
    name: "a prompt gives JSON that fits a schema",
    type: "prompt/chat",
    config: {
      user: "Is this praise or a complaint? {{text}}",
      maxTokens: 40,
      temperature: 0,
      schema: {
        type: "object",
        properties: { kind: { type: "string", enum: ["praise", "complaint"] } },
        required: ["kind"],
        additionalProperties: false,
      },
    },
    inputs: { text: "I love this kettle." },
    operations: ["chat"],
    check: ({ json }) => expect(["praise", "complaint"]).toContain((json as { kind: string }).kind),
  },
  {
    name: "a prompt sorts a text under labels",
    type: "classifier/prompt",
    config: { labels: labels.map(({ name, description }) => ({ name, description })) },
    inputs: { text: "I want my money back." },
    operations: ["chat"],
    check: isLabelled,
  },
  {
    name: "examples sort a text under labels",
    type: "classifier/examples",
    config: { labels: labels.map(({ name, examples }) => ({ name, examples })) },
    inputs: { text: "I want my money back." },
    operations: ["embed"],
    check: (outputs) => {
      isLabelled(outputs);
      expect(outputs.label).toBe("refund");
    },
  },
  {
    name: "a picture is described",
    type: "vision/describe",
    config: { question: "What is in this picture?", maxTokens: 16, temperature: 0 },
    inputs: { image: picture },
    files,
    operations: ["chat"],
    check: ({ text, saving }) => {
      expect(text).not.toBe("");
      expect(saving).toMatchObject({ before: { width: 64, height: 64 }, share: 0 });
    },
  },
  {
    name: "the text in a photo is read",
    type: "vision/describe",
    config: { question: "What text is in this picture?", detail: "original", temperature: 0 },
    inputs: { image: washer },
    files,
    operations: ["chat"],
    check: ({ text }) => expect(text).not.toBe(""),
    checkMeaning: ({ text }) => expect(text).toMatch(/E\s?18/),
  },
  {
    name: "speech is written down",
    type: "speech/transcribe",
    config: { language: "en" },
    inputs: { audio: speech },
    files,
    operations: ["transcribe"],
    check: ({ text, silent, segments, duration }) => {
      expect(text).not.toBe("");
      expect(silent).toBeUndefined();
      expect(segments).not.toEqual([]);
      expect(duration).toBeGreaterThan(1);
    },
    checkMeaning: ({ text }) => expect(text).toMatch(/good morning.*invoice number/i),
  },
  {
    name: "a picture is made",
    type: "vision/generate",
    config: { prompt: "A red {{what}}.", count: 2 },
    inputs: { what: "square" },
    externalOnly: true,
    operations: ["draw"],
    check: ({ image, images }) => {
      expect(image).toMatchObject({ mediaType: "image/png" });
      expect(images).toHaveLength(2);
    },
  },
  {
    name: "a picture is changed",
    type: "vision/generate",
    config: { prompt: "Make it blue.", task: "change" },
    inputs: { image: picture, mask: picture },
    files,
    externalOnly: true,
    operations: ["draw"],
    check: ({ image }) => expect(image).toMatchObject({ mediaType: "image/png" }),
  },
  {
    name: "a text is said aloud",
    type: "speech/speak",
    config: {},
    inputs: { text: "Good morning." },
    externalOnly: true,
    operations: ["speak"],
    check: ({ audio }) => expect(audio).toMatchObject({ mediaType: "audio/mpeg", name: "speech.mp3" }),
  },
  {
    name: "silence is heard as silence",
    type: "speech/transcribe",
    config: {},
    inputs: { audio: silence },
    files,
    operations: ["transcribe"],
    check: ({ text, silent, segments }) => expect([text, silent, segments]).toEqual([undefined, true, []]),
  },
  {
    name: "an insult is blocked",
    type: "safety/check",
    config: { checkWords: false },
    inputs: { text: "You are a stupid idiot and I hate you." },
    operations: ["moderate"],
    check: ({ blocked, pass, findings }) => {
      expect(typeof blocked).toBe("string");
      expect(pass).toBeUndefined();
      expect(findings).toMatchObject({ blocked: true });
    },
  },
  {
    name: "a friendly text passes",
    type: "safety/check",
    config: {},
    inputs: { text: "What a lovely day for a walk in the park." },
    operations: ["moderate"],
    check: ({ blocked, pass }) => {
      expect(pass).toBe("What a lovely day for a walk in the park.");
      expect(blocked).toBeUndefined();
    },
  },
  {
    name: "passages are put in order",
    type: "retrieval/rerank",
    config: {},
    inputs: {
      query: "What is the capital of France?",
      documents: facts,
    },
    operations: ["rerank"],
    check: ({ documents }) => bestIs("c2")(documents),
  },
  {
    name: "what a search found is put in order",
    type: "retrieval/search",
    config: { knowledgeBase: "k1", rerank: true, topK: 1 },
    inputs: { query: "What is the capital of France?" },
    searches: [{ sources: facts }],
    operations: ["rerank"],
    check: ({ sources, found }) => {
      bestIs("c2")(sources);
      expect(found).toBe(true);
    },
  },
  {
    name: "an answer is held against its sources",
    type: "retrieval/answer-check",
    config: {},
    inputs: { answer: "Paris is the capital of France.", documents: facts },
    operations: ["embed"],
    check: ({ supported, unsupported, share }) =>
      expect([supported, unsupported, share]).toEqual(["Paris is the capital of France.", undefined, 1]),
  },
  {
    name: "a registered model answers",
    type: "fine-tuned/chat",
    config: { model: "tone@production", user: "Greet {{name}} in one short sentence.", maxTokens: 8 },
    inputs: { name: "Ada" },
    chatModels: { "tone@production": "default" },
    operations: ["chat"],
    check: ({ text }) => expect(text).not.toBe(""),
  },
];
