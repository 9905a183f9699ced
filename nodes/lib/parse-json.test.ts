import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { extractJson, jsonLimits, parseJson } from "./parse-json";

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

describe("extractJson", () => {
  it.each([
    ['{"a": 1}', null],
    ['```json\n{"a": 1}\n```', "code fence"],
    ['```\n{"a": 1}', "code fence"],
    ['Sure! Here it is:\n{"a": 1}\nAnything else?', "surrounding text"],
    ['Use {braces} like so: {"a": 1} }', "surrounding text"],
    ['"quoted" {"a": 1}', "surrounding text"],
  ])("reads %j", (reply, repair) => {
    expect(extractJson(reply)).toEqual({ ok: true, value: { value: { a: 1 }, repair } });
  });

  it("keeps braces and quotes inside strings", () => {
    const value = { text: 'a } ] "quote" \\ {' };
    expect(extractJson(`Reply: ${JSON.stringify(value)}.`)).toMatchObject({ ok: true, value: { value } });
  });

  it.each(['{"a": 1', "no json here", "{'a': 1}", '{"a": 1,}'])("makes nothing up for %j", (reply) => {
    expect(error(extractJson(reply))).toMatch(/not JSON/);
  });

  it("finds any object between words", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), (value) => {
        const plain = JSON.parse(JSON.stringify(value)) as unknown;
        expect(extractJson(`Answer: ${JSON.stringify(value)} done`)).toMatchObject({
          ok: true,
          value: { value: plain },
        });
      }),
    );
  });
});
