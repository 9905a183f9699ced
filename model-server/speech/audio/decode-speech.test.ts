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

  it("decodes what a browser's recorder and a telephone's AAC without a container hold", async () => {
    const recorded = await decode(await fixture("recorded-4s.webm"));
    expect(recorded.ok && speechSeconds(recorded.value)).toBeCloseTo(4, 0);
    const adts = await fixture("english.aac");
    const once = await decode(adts);
    expect(once.ok && speechSeconds(once.value)).toBeCloseTo(4.8, 0);
    // Longer than one stretch, with noise between the frames.
    const long = await decode(
      Buffer.concat(Array.from({ length: 10 }, () => [adts, Buffer.from("noise")]).flat()),
      120,
    );
    expect(long.ok && speechSeconds(long.value)).toBeGreaterThan(46);
    expect(long.ok && speechSeconds(long.value)).toBeLessThan(50);
  });

  it.each(["a-law", "mu-law"] as const)("decodes telephone sound in %s as the same sound", async (bits) => {
    const tone = Array.from({ length: 8000 }, (_, at) => 0.6 * Math.sin((2 * Math.PI * 440 * at) / 8000));
    const [coded, plain] = await Promise.all(
      [bits, 16 as const].map(async (each) => {
        const speech = await decode(wavFile({ sampleRate: 8000, channels: [tone], bits: each }));
        if (!speech.ok) throw new Error(speech.error.message);
        return speech.value;
      }),
    );
    if (coded === undefined || plain === undefined) throw new Error("no sound");
    expect(coded.length).toBe(plain.length);
    const error = coded.reduce((sum, value, at) => sum + (value - (plain[at] ?? 0)) ** 2, 0);
    const power = plain.reduce((sum, value) => sum + value * value, 0);
    // The continuous law differs a little from the segments that approximate it.
    expect(10 * Math.log10(power / error)).toBeGreaterThan(25);
  });

  it.each([
    ["AMR", Buffer.from("#!AMR\n\0\0\0\0")],
    ["AIFF", Buffer.from("FORM\0\0\0\0AIFFCOMM")],
    ["CAF", Buffer.from("caff\0\x01\0\0")],
    ["GSM 6.10", Buffer.from(wavFile({ sampleRate: 8000, channels: [[0, 0]], bits: 8 })).fill(49, 20, 21)],
  ])("names %s, which it does not read", async (name, bytes) => {
    expect(await reasonFor(bytes)).toMatchObject({ code: "invalid_audio", message: expect.stringContaining(name) });
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
