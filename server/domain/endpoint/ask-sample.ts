import type { CallOptions, Endpoint } from "@/runtime/model/endpoint";
import type { MadeBytes } from "@/runtime/node/context";
import type { FileReference } from "@/runtime/node/file-reference";
import { type ModelUse, modelUses } from "@/runtime/node/model-use";
import { samplePicture, sampleSound } from "./samples";

export interface MeasuredSample {
  readonly latencyMs: number;
  readonly firstTokenMs: number | null;
  /** What it answered: words, or figures where it answers in figures. */
  readonly reply: string;
}

type Sample = (endpoint: Endpoint, model: string, options: CallOptions) => Promise<Omit<MeasuredSample, "latencyMs">>;

const fileOf = (name: string, mediaType: string, bytes: Uint8Array): FileReference => ({
  fileId: `file_${name.padEnd(16, "_")}`,
  name,
  mediaType,
  size: bytes.byteLength,
});
const picture = fileOf("sample_picture", "image/png", samplePicture);
const sound = fileOf("sample_sound", "audio/wav", sampleSound);

const chat =
  (content: string, images?: readonly FileReference[]): Sample =>
  async (endpoint, model, options) => {
    const startedAt = performance.now();
    let firstTokenMs: number | null = null;
    let [reply, thought] = ["", false];
    const message = { role: "user" as const, content, ...(images === undefined ? {} : { images: [...images] }) };
    for await (const part of endpoint.chat({ model, messages: [message], maxTokens: 256 }, options)) {
      if (part.type === "retract" && part.what === "text") reply = "";
      thought ||= part.type === "thinking-delta";
      if (part.type !== "text-delta") continue;
      firstTokenMs ??= Math.round(performance.now() - startedAt);
      reply += part.delta;
    }
    // It works, though it had no room left to answer.
    return { firstTokenMs, reply: reply.trim() === "" && thought ? "(…)" : reply };
  };

const text = "Reply with one short greeting.";
const figure = (value: number) => value.toFixed(3);
const described = ({ mediaType, bytes }: MadeBytes) => `${mediaType}, ${Math.ceil(bytes.byteLength / 1024)} KB`;

/** One small request of each kind. */
const samples: Readonly<Record<ModelUse, Sample>> = {
  chat: chat(text),
  vision: chat("What colour is this picture? Answer in one word.", [picture]),
  embedding: async (endpoint, model, options) => {
    const { vectors } = await endpoint.embed({ model, input: [text] }, options);
    return { firstTokenMs: null, reply: String(vectors[0]?.length ?? 0) };
  },
  moderation: async (endpoint, model, options) => {
    const { results } = await endpoint.moderate({ model, input: [text] }, options);
    const scores = Object.entries(results[0]?.scores ?? {}).toSorted(([, a], [, b]) => b - a);
    return { firstTokenMs: null, reply: scores.map(([category, score]) => `${category} ${figure(score)}`).join(", ") };
  },
  transcription: async (endpoint, model, options) => {
    const reply = await endpoint.transcribe({ model, audio: sound }, options);
    return { firstTokenMs: null, reply: reply.text || "(…)" };
  },
  rerank: async (endpoint, model, options) => {
    const documents = ["Paris is the capital of France.", "Bread is baked from flour."];
    const request = { model, query: "What is the capital of France?", documents };
    const { results } = await endpoint.rerank(request, options);
    const lines = results.map(({ index, score }) => `${figure(score)}  ${documents[index]}`);
    return { firstTokenMs: null, reply: lines.join("\n") };
  },
  // It may cost a few cents: the smallest thing that every model makes.
  picture: async (endpoint, model, options) => {
    const { pictures } = await endpoint.draw({ model, prompt: "A red circle on white.", count: 1 }, options);
    return { firstTokenMs: null, reply: pictures.map(described).join(", ") };
  },
  speech: async (endpoint, model, options) => {
    const request = { model, text: "Hello.", voice: "alloy", format: "mp3" } as const;
    const { sound } = await endpoint.speak(request, options);
    return { firstTokenMs: null, reply: described(sound) };
  },
};

/** Asks a model for the most particular thing it is registered for: one that sees is shown a picture. */
export const askSample = async (
  endpoint: Endpoint,
  model: Readonly<Record<ModelUse, boolean>> & { readonly name: string },
  signal: AbortSignal,
): Promise<MeasuredSample> => {
  const use = model.vision ? "vision" : (modelUses.find((each) => model[each]) ?? "chat");
  const readFile = async (file: FileReference) => (file.fileId === sound.fileId ? sampleSound : samplePicture);
  const startedAt = performance.now();
  const answer = await samples[use](endpoint, model.name, { signal, readFile });
  return { ...answer, latencyMs: Math.round(performance.now() - startedAt) };
};
