import { describe, expect, it } from "vitest";
import { MAX_INPUT_CHARACTERS, MAX_INPUTS, parseEmbeddingRequest } from "./request";

const parse = (change: object) => parseEmbeddingRequest({ model: "m", input: "a", ...change });

describe("parseEmbeddingRequest", () => {
  it("takes one text or many", () => {
    expect(parse({})).toMatchObject({ ok: true, value: { input: ["a"], encoding: "float" } });
    expect(parse({ input: ["a", "b"], encoding_format: "base64" })).toMatchObject({
      value: { input: ["a", "b"], encoding: "base64" },
    });
  });

  it("takes as much as it says and no more", () => {
    expect(parse({ input: Array(MAX_INPUTS).fill("a") }).ok).toBe(true);
    expect(parse({ input: "a".repeat(MAX_INPUT_CHARACTERS) }).ok).toBe(true);
    expect(parse({ input: Array(MAX_INPUTS + 1).fill("a") })).toMatchObject({ error: { param: "input", status: 400 } });
    expect(parse({ input: ["a", "a".repeat(MAX_INPUT_CHARACTERS + 1)] })).toMatchObject({
      error: { param: "input[1]" },
    });
  });

  it("names the field that is wrong", () => {
    for (const [change, param] of [
      [{ input: "" }, "input"],
      [{ input: [] }, "input"],
      [{ input: undefined }, "input"],
      [{ input: [[1, 2]] }, "input[0]"],
      [{ encoding_format: "hex" }, "encoding_format"],
      [{ dimensions: 1.5 }, "dimensions"],
      [{ inputs: "a" }, "inputs"],
    ] as const)
      expect(parse(change), JSON.stringify(change)).toMatchObject({ ok: false, error: { param } });
  });
});
