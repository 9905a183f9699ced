import { describe, expect, it } from "vitest";
import { readWav } from "./wav";
import { wavFile } from "./wav-file";

const read = (bytes: Uint8Array) => [...readWav(bytes)];

describe("readWav", () => {
  it.each([8, 16, 24, 32, "float"] as const)("reads samples of %s bits", (bits) => {
    const [sound] = read(wavFile({ sampleRate: 8000, channels: [[0, 0.5, -0.5]], bits }));
    expect(sound?.sampleRate).toBe(8000);
    expect(Array.from(sound?.channels[0] ?? [], (value) => Math.round(value * 10))).toEqual([0, 5, -5]);
  });

  // Values of 16 bits that the tables of ITU-T G.711 give for the first, middle and last codes.
  it.each([
    ["a-law", 6, { 213: 8, 85: -8, 170: 32_256, 42: -32_256, 128: 5_504, 0: -5_504 }],
    ["mu-law", 7, { 255: 0, 128: 32_124, 0: -32_124, 239: 132, 111: -132, 191: 1_980 }],
  ])("reads the codes of %s", (_, kind, table) => {
    for (const [code, value] of Object.entries(table)) {
      const file = wavFile({ sampleRate: 8000, channels: [[0]], bits: 8 });
      file[20] = kind;
      file[44] = Number(code);
      expect((read(file)[0]?.channels[0]?.[0] ?? Number.NaN) * 32_768, code).toBeCloseTo(value, 6);
    }
  });

  it("takes the channels apart", () => {
    const [sound] = read(
      wavFile({
        sampleRate: 8000,
        channels: [
          [0.25, 0.25],
          [-0.25, -0.25],
        ],
        bits: 16,
      }),
    );
    expect(sound?.channels.map(([first]) => first)).toEqual([0.25, -0.25]);
  });

  it("takes what there is of a recording that was cut off", () => {
    const whole = wavFile({ sampleRate: 8000, channels: [Array(100).fill(0.5)], bits: 16 });
    expect(read(whole.subarray(0, 44 + 20))[0]?.channels[0]).toHaveLength(10);
  });

  it("refuses what it does not know", () => {
    const file = wavFile({ sampleRate: 8000, channels: [[0]], bits: 16 });
    const changed = (at: number, value: number) => {
      const copy = Uint8Array.from(file);
      copy[at] = value;
      return copy;
    };
    expect(() => read(changed(20, 85))).toThrow("kind 85");
    expect(() => read(changed(22, 0))).toThrow("0 channels");
    expect(() => read(file.subarray(0, 30))).toThrow("no sound");
  });
});
