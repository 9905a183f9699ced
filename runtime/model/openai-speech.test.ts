import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { SpeakRequest } from "@/runtime/node/context";
import { speechLimits } from "@/runtime/node/maker-limits";
import { NodeFailure } from "@/runtime/node/node-failure";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { systemClock } from "./clock";
import { wavSoundBytes } from "./mend-wav";
import { createOpenAiEndpoint } from "./openai-endpoint";
import { createUndiciFetch } from "./undici-fetch";

let server: FakeOpenAiServer;
beforeAll(async () => {
  server = await startFakeOpenAiServer();
});
afterAll(() => server.close());

const speak = (model: string, request: Partial<SpeakRequest> = {}) =>
  createOpenAiEndpoint(
    { id: "fake", name: "Fake", baseUrl: server.baseUrl, apiKey: null, timeoutMs: 5_000 },
    { fetch: createUndiciFetch(), clock: systemClock },
  ).speak(
    { model, text: "Hello.", voice: "alloy", format: "mp3", ...request },
    { signal: AbortSignal.timeout(20_000) },
  );
const failureOf = async (promise: Promise<unknown>): Promise<NodeFailure> => {
  const error = await promise.then(
    () => "no failure",
    (failure: unknown) => failure,
  );
  if (!(error instanceof NodeFailure)) throw new Error(`expected a NodeFailure, got ${String(error)}`);
  return error;
};

describe("speech over the OpenAI protocol", () => {
  it("sends speed and instructions only where they are set", async () => {
    const { sound, notes } = await speak("fake-tts");
    expect(server.requests.at(-1)).toMatchObject({ path: "/v1/audio/speech" });
    expect(server.requests.at(-1)?.body).toEqual({
      model: "fake-tts",
      input: "Hello.",
      voice: "alloy",
      response_format: "mp3",
    });
    expect([sound.mediaType, sound.extension, sound.bytes.byteLength > 1000, notes]).toEqual([
      "audio/mpeg",
      "mp3",
      true,
      [],
    ]);
    await speak("fake-tts", { speed: 1.5, instructions: "Calmly." });
    expect(server.requests.at(-1)?.body).toMatchObject({ speed: 1.5, instructions: "Calmly." });
  });

  it("knows sound by its bytes, whatever its type is called", async () => {
    expect((await speak("octets")).sound).toMatchObject({ mediaType: "audio/mpeg", extension: "mp3" });
  });

  it("keeps another format than was asked for as what it is, and says so", async () => {
    const { sound, notes } = await speak("always-wav");
    expect(sound).toMatchObject({ mediaType: "audio/wav", extension: "wav" });
    expect(notes).toEqual([expect.stringContaining("wav where mp3 was asked for")]);
    expect((await speak("always-wav", { format: "wav" })).notes).toEqual([]);
  });

  it.each(["streamed-wav", "unsaid-wav"])("mends the length in the header of a %s", async (model) => {
    const { sound } = await speak(model, { format: "wav" });
    const header = Buffer.from(sound.bytes);
    expect(header.readUInt32LE(4)).toBe(header.byteLength - 8);
    expect(header.readUInt32LE(40)).toBe(16_000);
    expect(wavSoundBytes(sound.bytes)).toBe(16_000);
  });

  it.each([
    ["silent", "reply-empty", "no sound"],
    ["header-only", "reply-empty", "no sound"],
    ["bare-samples", "model-protocol", "audio/pcm"],
    ["json-sound", "model-protocol", "JSON in place of sound"],
    ["error-in-200", "model-unavailable", "CUDA out of memory"],
    ["endless-sound", "model-protocol", "more than an answer may hold"],
    ["html", "model-protocol", "web page"],
    ["error-429", "model-rate-limited", "429"],
    ["redirect", "model-protocol", "redirect"],
  ])("takes an answer of the form %s for %s", async (model, code, says) => {
    expect(await failureOf(speak(model))).toMatchObject({ code, message: expect.stringContaining(says) });
  });

  it("says what to do about an unknown voice, and about a text that is too long", async () => {
    const voice = await failureOf(speak("voices", { voice: "nobody" }));
    expect(voice).toMatchObject({
      message: expect.stringContaining("af_heart"),
      options: { hint: expect.stringContaining("voice") },
    });
    expect((await failureOf(speak("long-text"))).options.hint).toContain("4096");
    const asked = server.requests.length;
    const long = await failureOf(speak("fake-tts", { text: "x".repeat(speechLimits.characters + 1) }));
    expect(long.code).toBe("value-too-large");
    expect(server.requests.length).toBe(asked);
  });
});
