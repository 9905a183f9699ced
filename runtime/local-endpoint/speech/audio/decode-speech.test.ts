import { readFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { decodeSpeech, speechSeconds } from "./decode-speech";
import { wavFile } from "./wav-file";

const patient = new AbortController().signal;
const fixture = (name: string) => readFile(path.join(import.meta.dirname, "../../fixtures", name));
const decode = (bytes: Uint8Array, mostSeconds = 60) => decodeSpeech(bytes, mostSeconds, patient);
const reasonFor = async (bytes: Uint8Array, mostSeconds?: number) => {
  const decoded = await decode(bytes, mostSeconds);
  return decoded.ok ? undefined : decoded.error;
};

describe("decodeSpeech", { timeout: 60_000 }, () => {
  it.each(["mp3", "m4a", "flac", "webm", "vorbis.ogg"])("decodes good-morning.%s", async (kind) => {
    const speech = await decode(await fixture(`good-morning.${kind}`));
    if (!speech.ok) throw new Error(speech.error.message);
    expect(speechSeconds(speech.value)).toBeGreaterThan(2.0);
    expect(speechSeconds(speech.value)).toBeLessThan(2.4);
    const loudness = Math.sqrt(speech.value.reduce((sum, value) => sum + value * value, 0) / speech.value.length);
    expect(loudness).toBeGreaterThan(1000);
  });

  it("decodes Opus in OGG", async () => {
    const speech = await decode(await fixture("english.ogg"));
    expect(speech.ok && speechSeconds(speech.value)).toBeCloseTo(6.5, 0);
  });

  it("refuses a recording that is too long, saying the limit, without reading on", async () => {
    const long = wavFile({ sampleRate: 8000, channels: [Array(8000 * 130).fill(0)], bits: 8 });
    expect(await reasonFor(long, 120)).toMatchObject({
      status: 400,
      code: "audio_too_long",
      message: expect.stringContaining("longer than 2 minutes"),
    });
    expect(await reasonFor(long, 131)).toBeUndefined();
  });

  it("refuses what is damaged, empty or no sound, and names what it takes", async () => {
    const opus = await fixture("english.ogg");
    for (const bytes of [
      Buffer.from("not sound at all"),
      Buffer.alloc(0),
      opus.subarray(0, 60),
      Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from("ftypM4A "), Buffer.alloc(100)]),
      Buffer.concat([Buffer.from([0x1a, 0x45, 0xdf, 0xa3]), Buffer.alloc(50, 0xff)]),
      Buffer.concat([Buffer.from("fLaC"), Buffer.alloc(100)]),
      Buffer.concat([Buffer.from("ID3"), Buffer.alloc(500)]),
    ]) {
      const reason = await reasonFor(bytes);
      expect(reason, bytes.toString("latin1", 0, 8)).toMatchObject({
        status: 400,
        code: "invalid_audio",
        param: "file",
      });
      expect(reason?.message).toContain("M4A");
    }
  });

  it("stops when the caller leaves", async () => {
    const caller = new AbortController();
    caller.abort(new Error("gone"));
    await expect(decodeSpeech(await fixture("english.ogg"), 60, caller.signal)).rejects.toThrow("gone");
  });
});
