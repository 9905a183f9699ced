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
