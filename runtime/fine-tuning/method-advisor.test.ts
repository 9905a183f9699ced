import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { adviceInput, adviseMethod } from "./method-advisor";
import { methods, shapeOf, trainableParameters, trainingMemory } from "./training-memory";

const ask = (input: object) =>
  adviseMethod(
    adviceInput.parse({
      task: "write",
      rows: 5_000,
      billionParameters: 7,
      gpuGigabytes: 24,
      gpus: 1,
      contextTokens: 2_048,
      variants: 1,
      ...input,
    }),
  );
const gigabytes = (bytes: number) => bytes / 1e9;

describe("the memory of a training", () => {
  it("knows the shape of a usual model of 7 billion parameters", () => {
    const shape = shapeOf(7e9);
    expect(shape.layers).toBe(33);
    expect(shape.hidden).toBeGreaterThan(4_000);
    expect(shape.hidden).toBeLessThan(4_400);
  });

  it("is that of the papers for 7 billion parameters", () => {
    const of = (method: (typeof methods)[number]) =>
      trainingMemory(method, shapeOf(7e9), { contextTokens: 512, gpus: 1 });
    const full = of("full");
    // ZeRO, section 3.1: 16 bytes a parameter.
    expect(gigabytes(full.weights + full.gradients + full.optimizer)).toBeCloseTo(112, 0);
    expect(gigabytes(of("lora").weights)).toBeCloseTo(14, 0);
    // QLoRA, section 3: half a byte and 0.127 bits a parameter.
    expect(gigabytes(of("qlora").weights)).toBeCloseTo(3.7, 0);
    expect(trainableParameters("lora", shapeOf(7e9)) / 1e6).toBeCloseTo(42, -1);
  });

  it("grows with the context and shrinks with the GPUs that share it", () => {
    const shape = shapeOf(7e9);
    const total = (contextTokens: number, gpus: number) => trainingMemory("full", shape, { contextTokens, gpus }).total;
    expect(total(8_192, 1)).toBeGreaterThan(total(512, 1));
    expect(total(512, 8)).toBeLessThan(total(512, 1) / 4);
  });
});

describe("the advice", () => {
  it.each([
    ["labels and no GPU", { task: "classify", gpuGigabytes: 0 }, "head"],
    ["too few rows", { rows: 20 }, "prompt"],
    ["text and no GPU", { gpuGigabytes: 0 }, "prompt"],
    ["7 B on 24 GB", {}, "lora"],
    ["7 B on 12 GB", { gpuGigabytes: 12 }, "qlora"],
    ["70 B on 24 GB", { billionParameters: 70 }, "prompt"],
    ["70 B on 80 GB", { billionParameters: 70, gpuGigabytes: 80 }, "qlora"],
    ["a new field, many rows, eight large GPUs", { task: "domain", rows: 200_000, gpuGigabytes: 80, gpus: 8 }, "full"],
    [
      "the same with a hundred variants",
      { task: "domain", rows: 200_000, gpuGigabytes: 80, gpus: 8, variants: 100 },
      "lora",
    ],
    ["few rows on a large model", { rows: 300, billionParameters: 13, gpuGigabytes: 80 }, "prefix"],
  ])("for %s", (_, input, method) => {
    expect(ask(input).recommended).toBe(method);
  });

  it("says that only the 4-bit base fits where that decides", () => {
    expect(ask({ gpuGigabytes: 12 }).reasons).toContain("fits-quantised-only");
  });

  it("never recommends what does not fit, and always tells of every method with reasons", () => {
    const input = fc.record({
      task: fc.constantFrom("classify", "extract", "write", "domain"),
      rows: fc.nat(1_000_000),
      billionParameters: fc.double({ min: 0.05, max: 500, noNaN: true }),
      gpuGigabytes: fc.double({ min: 0, max: 200, noNaN: true }),
      gpus: fc.integer({ min: 1, max: 64 }),
      contextTokens: fc.integer({ min: 64, max: 100_000 }),
      variants: fc.integer({ min: 1, max: 100 }),
    });
    fc.assert(
      fc.property(input, (given) => {
        const { recommended, options } = ask(given);
        expect(options.map(({ method }) => method).sort()).toEqual([...methods].sort());
        expect(options.every(({ reasons }) => reasons.length > 0)).toBe(true);
        if (recommended !== "prompt") expect(options.find(({ method }) => method === recommended)?.fits).toBe(true);
      }),
    );
  });

  it.each([{ rows: -1 }, { gpus: 0 }, { billionParameters: 9_999 }, { contextTokens: 1 }])("refuses %j", (input) => {
    expect(() => ask(input)).toThrow();
  });
});
