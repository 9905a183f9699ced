import { describe, expect, it } from "vitest";
import { MAX_INPUT_CHARACTERS, MAX_INPUTS, parseModerationRequest } from "./request";

const paramOf = (input: unknown) => {
  const parsed = parseModerationRequest({ model: "m", input });
  return parsed.ok ? undefined : parsed.error.param;
};

describe("parseModerationRequest", () => {
  it("takes a text or a list, and a model by default", () => {
    expect(parseModerationRequest({ input: "a" })).toMatchObject({
      value: { model: "local-moderation", input: ["a"] },
    });
    expect(parseModerationRequest({ model: "m", input: ["a", "b"] })).toMatchObject({ value: { input: ["a", "b"] } });
  });

  it("holds its bounds", () => {
    expect(paramOf("x".repeat(MAX_INPUT_CHARACTERS))).toBeUndefined();
    expect(paramOf("x".repeat(MAX_INPUT_CHARACTERS + 1))).toBe("input");
    expect(paramOf(Array(MAX_INPUTS + 1).fill("x"))).toBe("input");
    expect(paramOf([])).toBe("input");
    expect(paramOf(["a", ""])).toBe("input[1]");
    expect(paramOf([{ type: "image_url" }])).toBe("input[0]");
    expect(parseModerationRequest({ input: "a", extra: 1 })).toMatchObject({ error: { code: "unknown_field" } });
  });
});
