import { describe, expect, it } from "vitest";
import { jsonLimits, parseJson } from "./parse-json";

const error = (result: { ok: boolean; error?: string }) => (result.ok ? "no error" : result.error);

describe("parseJson", () => {
  it("says what is wrong and where", () => {
    expect(error(parseJson("{bad"))).toMatch(/^The text is not JSON: .*position 1/);
    expect(error(parseJson("  "))).toBe("The text is empty.");
  });

  it("refuses what is too long or too deep, without exhausting the stack", () => {
    expect(error(parseJson(`"${"x".repeat(jsonLimits.length)}"`))).toMatch(/longer than/);
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(parseJson(nested(jsonLimits.depth)).ok).toBe(true);
    expect(error(parseJson(nested(jsonLimits.depth + 1)))).toMatch(/nested deeper/);
    expect(error(parseJson(nested(400_000)))).toMatch(/nested deeper|not JSON/);
  });
});
