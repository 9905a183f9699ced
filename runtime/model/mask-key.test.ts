import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createKeyMask } from "./mask-key";

const key = "sk-proj-4fT9xQ27LmZpR8vWcB/K+1yN=dH";
const { text: masked, stream } = createKeyMask(key);
const bytes = Buffer.from(key);

describe("an API key that the other side says again", () => {
  it.each([
    ["whole", `Incorrect API key provided: ${key}.`],
    ["in a header", `{"authorization":"Bearer ${key}"}`],
    ["URL-encoded", `https://x/v1?key=${encodeURIComponent(key)}&a=1`],
    ["as base64", bytes.toString("base64")],
    ["as base64url", bytes.toString("base64url")],
    ["as basic credentials", Buffer.from(`user:${key}`).toString("base64")],
    ["as basic credentials of another length", Buffer.from(`users:${key}`).toString("base64")],
    ["as hex", bytes.toString("hex")],
    ["its beginning", `The key ${key.slice(0, 20)} is not known`],
    ["its end", `No key ends in ${key.slice(-14)}`],
    ["a part of its middle", `near ${key.slice(9, 22)}`],
    ["shortened by asterisks", `Incorrect API key provided: ${key.slice(0, 5)}*******${key.slice(-4)}.`],
    ["shortened by dots", `key ${key.slice(0, 4)}...${key.slice(-3)}`],
    ["shortened to its end", `key ****${key.slice(-4)}`],
    ["twice", `${key} and ${key}`],
  ])("is taken out where it is said %s", (_, said) => {
    const left = masked(said);
    expect(left).toContain("[API key]");
    for (let at = 0; at + 8 <= key.length; at += 1) expect(left).not.toContain(key.slice(at, at + 8));
    expect(left).not.toContain(bytes.toString("base64").slice(8, 16));
    expect(left).not.toMatch(/\*[^[]*dH|K\+1yN/);
  });

  it("leaves everything else as it was", () => {
    const said = 'The model "qwen3-8b" does not exist... use **another**. xxxx sk-no-key-of-ours';
    expect(masked(said)).toBe(said);
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        fc.pre(!/sk-|proj|dH/.test(text));
        expect(masked(text)).toBe(text);
      }),
    );
  });

  it("is taken out of a stream, however it is cut, and nothing is lost or held back at the end", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 40 }), fc.boolean(), (cuts, encoded) => {
        const said = `My key is ${encoded ? bytes.toString("base64") : key}; sk-pro is not.`;
        const pieces: string[] = [];
        let rest = said;
        for (const cut of cuts) {
          pieces.push(rest.slice(0, cut));
          rest = rest.slice(cut);
        }
        const { push, end } = stream();
        const got = [...pieces, rest].map(push).join("") + end();
        expect(got.replace(/=;$/, ";").replace("]=", "]")).toBe("My key is [API key]; sk-pro is not.");
      }),
    );
  });

  it("of a few letters is a word, not a part of words; none is none", () => {
    expect(createKeyMask("EMPTY").text("EMPTY is not EMPTYING, 'EMPTY'")).toBe(
      "[API key] is not EMPTYING, '[API key]'",
    );
    expect(createKeyMask(null).text("as it is")).toBe("as it is");
    expect(createKeyMask("").text("as it is")).toBe("as it is");
  });

  it("takes time in proportion to what was said", () => {
    const begun = performance.now();
    masked("sk-proj-4".repeat(30_000));
    masked("*".repeat(300_000));
    masked(`${"sk-*".repeat(50_000)}`);
    expect(performance.now() - begun).toBeLessThan(3_000);
  });
});
