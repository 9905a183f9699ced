import { createReadStream } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type OpenAI from "openai";
import { toFile } from "openai";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { failureOf, PATIENCE, type StartedEndpoint, startWithClient } from "@/runtime/testing/local-endpoint-client";
import { wavFile } from "../speech/audio/wav-file";

let endpoint: StartedEndpoint;
/** Where the endpoint of this test, and no other, puts recordings for the time of its work. */
let scratch: string;
beforeAll(async () => {
  scratch = await mkdtemp(path.join(os.tmpdir(), "pipewright-transcriptions-"));
  endpoint = await startWithClient(["--audio-minutes", "1"], {
    TMPDIR: scratch,
    TEMP: scratch,
    TMP: scratch,
  });
}, PATIENCE);
afterAll(async () => {
  await endpoint?.server.stop();
  await rm(scratch, { recursive: true, force: true });
});

const fixture = (name: string) => path.join(import.meta.dirname, "../fixtures", name);
const model = "local-whisper";
const silence = (seconds: number) =>
  toFile(wavFile({ sampleRate: 16_000, channels: [Array(16_000 * seconds).fill(0)], bits: 16 }), "silence.wav");
const greeting = async () => toFile(await readFile(fixture("good-morning.mp3")), "speech.mp3");
async function recordings(): Promise<string[]> {
  const folders = (await readdir(scratch)).filter((name) => name.startsWith("pipewright-audio-"));
  expect(folders).not.toEqual([]);
  return (await Promise.all(folders.map((name) => readdir(path.join(scratch, name))))).flat();
}

/** A recording goes a moment after its answer went out; one that stays fails the test. */
const noRecordingLeft = () =>
  vi.waitFor(async () => expect(await recordings()).toEqual([]), { timeout: PATIENCE / 2, interval: 10 });

describe("transcriptions", { timeout: PATIENCE }, () => {
  it("writes down what is said, with times", async () => {
    const transcript = await endpoint.client.audio.transcriptions.create({
      model,
      file: createReadStream(fixture("english.ogg")),
      response_format: "verbose_json",
    });
    expect(transcript.text).toMatch(/good morning.*invoice number is (42|forty.two).*before friday/i);
    expect(transcript).toMatchObject({ language: "en", duration: expect.closeTo(6.5, 0) });
    expect(transcript.segments?.length).toBeGreaterThan(0);
    for (const [index, { start, end, text }] of (transcript.segments ?? []).entries()) {
      expect(text).not.toBe("");
      expect(end).toBeGreaterThan(start);
      expect(start).toBeGreaterThanOrEqual(transcript.segments?.[index - 1]?.end ?? 0);
      expect(end).toBeLessThanOrEqual(7);
    }
  });

  it("hears nothing in silence, and in the other formats of an answer", async () => {
    const plain = await endpoint.client.audio.transcriptions.create({ model, file: await silence(3) });
    expect(plain.text).toBe("");
    const text = await endpoint.client.audio.transcriptions.create({
      model,
      file: await greeting(),
      language: "en",
      prompt: "Greetings and invoices",
      response_format: "text",
    });
    expect(text).toMatch(/good morning/i);
  });

  it("answers about its health at once while it works", async () => {
    let done = false;
    const work = endpoint.client.audio.transcriptions
      .create({ model, file: createReadStream(fixture("english.ogg")) })
      .finally(() => {
        done = true;
      });
    // An endpoint that answered only between two stretches of its work would get through a few of these.
    let answers = 0;
    while (!done) {
      const { queues } = await endpoint.health();
      if (queues.speech.running > 0) answers += 1;
    }
    await work;
    expect(answers).toBeGreaterThan(20);
  });

  it("ends the work of a client that leaves, and keeps no recording", async () => {
    const leaver = new AbortController();
    const work = failureOf(
      endpoint.client.audio.transcriptions.create(
        { model, file: createReadStream(fixture("english.ogg")) },
        { signal: leaver.signal },
      ),
    );
    let health = await endpoint.health();
    while (health.queues.speech.running === 0) health = await endpoint.health();
    leaver.abort();
    await work;
    while (health.queues.speech.running > 0) health = await endpoint.health();
    const next = await endpoint.client.audio.transcriptions.create({ model, file: await silence(1) });
    expect(next.text).toBe("");
    await noRecordingLeft();
  });

  it("refuses recordings that are too long, damaged or missing, and other models", async () => {
    const create = (params: object) =>
      failureOf(
        endpoint.client.audio.transcriptions.create({ model, ...params } as OpenAI.Audio.TranscriptionCreateParams),
      );
    expect(await create({ file: await silence(61) })).toMatchObject({
      status: 400,
      code: "audio_too_long",
      message: expect.stringContaining("longer than 1 minutes"),
    });
    expect(await create({ file: await toFile(Buffer.from("no sound"), "a.mp3") })).toMatchObject({
      status: 400,
      code: "invalid_audio",
    });
    expect(await create({ file: await silence(1), language: "english" })).toMatchObject({
      status: 400,
      param: "language",
    });
    expect(await create({ file: await silence(1), response_format: "srt" })).toMatchObject({
      param: "response_format",
    });
    expect(await create({ file: await silence(1), model: "local-embed" })).toMatchObject({
      status: 400,
      param: "model",
    });
    expect(await create({ file: await silence(1), model: "whisper-1" })).toMatchObject({ status: 404 });
    const send = (body: FormData | string) =>
      fetch(`${endpoint.server.url}/v1/audio/transcriptions`, { method: "POST", body });
    const empty = new FormData();
    empty.set("model", model);
    expect((await send(empty)).status).toBe(400);
    expect((await send("hello")).status).toBe(400);
    const large = await fetch(`${endpoint.server.url}/v1/audio/transcriptions`, {
      method: "POST",
      headers: { "content-type": "multipart/form-data; boundary=x", "content-length": String(200 << 20) },
      body: "--x",
    }).catch((error: Error) => error);
    expect(large instanceof Error || large.status === 413).toBe(true);
    await noRecordingLeft();
  });
});
