import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Resampler } from "./resampler";

const tone = (rate: number, hertz: number, seconds: number) =>
  Float32Array.from({ length: Math.round(rate * seconds) }, (_, index) =>
    Math.sin((2 * Math.PI * hertz * index) / rate),
  );
const loudness = (samples: Float32Array) =>
  Math.sqrt(samples.reduce((sum, value) => sum + value * value, 0) / Math.max(1, samples.length));
const all = (rate: number, samples: Float32Array, cut = samples.length) => {
  const resampler = new Resampler();
  return Float32Array.from(
    [samples.subarray(0, cut), samples.subarray(cut)].flatMap((part) =>
      Array.from(resampler.push({ channels: [part], sampleRate: rate })),
    ),
  );
};

describe("Resampler", () => {
  it.each([8000, 22_050, 44_100, 48_000])("keeps length and voice of sound at %s samples a second", (rate) => {
    const output = all(rate, tone(rate, 440, 1));
    expect(Math.abs(output.length - 16_000)).toBeLessThan(60);
    expect(loudness(output.subarray(100, -100))).toBeCloseTo(Math.SQRT1_2, 2);
  });

  it("takes away what would come back as another tone", () => {
    expect(loudness(all(48_000, tone(48_000, 11_000, 0.5)).subarray(100, -100))).toBeLessThan(0.02);
  });

  it("leaves no seam where pieces meet", () => {
    const samples = tone(44_100, 300, 0.1);
    const whole = all(44_100, samples);
    fc.assert(
      fc.property(fc.nat(samples.length), (cut) => {
        const pieces = all(44_100, samples, cut);
        expect(pieces.length).toBe(whole.length);
        for (const [index, value] of pieces.entries()) expect(Math.abs(value - (whole[index] ?? 0))).toBeLessThan(1e-4);
      }),
      { numRuns: 20 },
    );
  });

  it("mixes the channels", () => {
    const up = Float32Array.of(1, 1);
    const mixed = new Resampler().push({ channels: [up, up.map((value) => -value)], sampleRate: 16_000 });
    expect(Array.from(mixed)).toEqual([0, 0]);
  });
});
