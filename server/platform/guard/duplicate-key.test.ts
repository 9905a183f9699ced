import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findDuplicateKey } from "./duplicate-key";

describe("findDuplicateKey", () => {
  it.each([
    ['{"a":1,"a":2}', "a"],
    ['{"inputs":{"q":"x","r":1,"q":"y"}}', "inputs.q"],
    ['{"a":[{"b":1},{"b":1,"c":{"d":0,"d":0}}]}', "a.c.d"],
    ['{"a":1,"\\u0061":2}', "a"],
    ['{"__proto__":1,"__proto__":2}', "__proto__"],
    ['{"a\\"":1,"a\\"":2}', 'a"'],
    ['{"":1, "":2}', ""],
  ])("names the one of %s", (json, name) => expect(findDuplicateKey(json)).toBe(name));

  it("finds none where JSON.stringify wrote the text, whatever it holds", () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('"a":1', "\\", '{"a":', ",", "a"));
    const tree = fc.letrec((tie) => ({
      value: fc.oneof({ depthSize: "small" }, text, fc.double(), tie("list"), tie("object")),
      list: fc.array(tie("value"), { maxLength: 4 }),
      object: fc.dictionary(text, tie("value"), { maxKeys: 4 }),
    })).value;
    fc.assert(
      fc.property(tree, (value) => {
        expect(findDuplicateKey(JSON.stringify(value))).toBeNull();
      }),
    );
  });

  it("reads a long text in one pass", () => {
    const begun = performance.now();
    findDuplicateKey(`{"a":"${"\\\\".repeat(1_000_000)}","b":[${"{},".repeat(300_000)}0]}`);
    expect(performance.now() - begun).toBeLessThan(2_000);
  });
});
